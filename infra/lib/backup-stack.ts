// Backups beside point-in-time recovery: every day and every month, and a copy in another region.
// PITR is of this region and of the last 35 days, and it is gone with a table a day after that.
import { ArnFormat, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { copiesVaultName, kVaultLock } from './copies-stack';
import { acknowledge } from './nag';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';

export interface BackupProps {
  tables: dynamodb.ITable[];
}

interface Rule {
  id: string;
  schedule: events.Schedule;
  keep: Duration;
}

/** Midnight in Vietnam, when customers are fewest. */
const kRules: Rule[] = [
  {
    id: 'daily',
    schedule: events.Schedule.cron({ minute: '0', hour: '17' }),
    keep: Duration.days(35),
  },
  {
    id: 'monthly',
    schedule: events.Schedule.cron({ minute: '0', hour: '19', day: '1' }),
    keep: Duration.days(365),
  },
];

export class BackupStack extends ImagifyStack {
  readonly vault: backup.BackupVault;
  readonly plan: backup.BackupPlan;

  constructor(app: App, settings: Settings, { tables }: BackupProps) {
    super(app, 'ImagifyBackupStack', settings);
    this.vault = new backup.BackupVault(this, 'Vault', {
      backupVaultName: this.named('imagify'),
      lockConfiguration: kVaultLock,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.plan = new backup.BackupPlan(this, 'Plan', {
      backupPlanName: this.named('imagify'),
      backupPlanRules: this.rules(),
    });
    this.select(tables);
    new CfnOutput(this, 'VaultName', { value: this.vault.backupVaultName });
  }

  private rules() {
    const copies = backup.BackupVault.fromBackupVaultArn(
      this,
      'Copies',
      Stack.of(this).formatArn({
        service: 'backup',
        region: this.settings.secondRegion,
        resource: 'backup-vault',
        resourceName: copiesVaultName(this.settings),
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    );
    return kRules.map(
      ({ id, schedule, keep }) =>
        new backup.BackupPlanRule({
          ruleName: id,
          scheduleExpression: schedule,
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(6),
          backupVault: this.vault,
          deleteAfter: keep,
          copyActions: [{ destinationBackupVault: copies, deleteAfter: keep }],
        }),
    );
  }

  private select(tables: dynamodb.ITable[]) {
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      description: 'Makes backups of the tables, and restores them',
    });
    this.plan.addSelection('Tables', {
      role,
      allowRestores: true,
      resources: tables.map(({ tableArn }) => backup.BackupResource.fromArn(tableArn)),
    });
    const policy = 'Policy::arn:<AWS::Partition>:iam::aws:policy/service-role';
    const reason = "AWS's own policies for its backup service: they follow what the service does.";
    acknowledge(role, {
      [`AwsSolutions-IAM4[${policy}/AWSBackupServiceRolePolicyForBackup]`]: reason,
      [`AwsSolutions-IAM4[${policy}/AWSBackupServiceRolePolicyForRestores]`]: reason,
    });
  }
}
