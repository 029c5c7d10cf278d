// Who is told, and of what: alarms with a runbook each, a dashboard, a budget. Traces (X-Ray) are
// switched on with each function and the API, how long logs stay is said with each log group.
import { CfnOutput } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { backupWatches, watchesOf } from './alarms';
import type { Watch } from './alarms';
import { addDashboard } from './dashboard';
import { Figures } from './figures';
import { acknowledge } from './nag';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';

export interface MonitoringProps {
  /** Phase 3: another region than the settings', with its stack's id. */
  elsewhere?: { id: string; region: string };
  /** Phase 3: nothing is at work here, so that nothing being told is no reason to ring. */
  standby?: boolean;
}

/** In percent of the month's budget: so much is spent, or the month will end with that. */
const kBudgetMarks = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
];

export class MonitoringStack extends ImagifyStack {
  readonly alarms: cloudwatch.Alarm[];
  readonly topic: sns.Topic;

  constructor(app: App, settings: Settings, { elsewhere, standby }: MonitoringProps = {}) {
    const region = elsewhere?.region ?? settings.region;
    super(app, elsewhere?.id ?? 'ImagifyMonitoringStack', settings, { region });
    this.topic = this.addTopic();
    const figures = new Figures(settings, region);
    const watches = watchesOf(figures, settings.phase);
    if (!elsewhere) watches.push(...backupWatches(figures));
    this.alarms = watches
      .filter(({ silence }) => !(silence && standby))
      .map((watch) => this.addAlarm(watch));
    // Dashboards are of the whole account.
    const name = elsewhere ? `Imagify-Metrics-${region}` : 'Imagify-Metrics';
    addDashboard(this, this.named(name), figures, this.alarms);
    if (!elsewhere) this.addBudget();
    new CfnOutput(this, 'AlarmTopic', { value: this.topic.topicArn });
  }

  private addTopic() {
    const topic = new sns.Topic(this, 'Alarms', {
      topicName: this.named('imagify-alarms'),
      enforceSSL: true,
    });
    acknowledge(topic, { 'AwsSolutions-SNS3': 'The policy asks for TLS.' });
    const { alarmEmail } = this.settings;
    if (alarmEmail) topic.addSubscription(new EmailSubscription(alarmEmail));
    for (const service of ['cloudwatch', 'budgets'])
      topic.addToResourcePolicy(
        new iam.PolicyStatement({
          principals: [new iam.ServicePrincipal(`${service}.amazonaws.com`)],
          actions: ['sns:Publish'],
          resources: [topic.topicArn],
          conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
        }),
      );
    return topic;
  }

  private addAlarm({ name, what, runbook, metric, above, periods = 1, silence }: Watch) {
    const id = name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmName: this.named(`imagify-${name}`),
      alarmDescription: `${what}: ${runbook}`,
      metric,
      threshold: above,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: silence
        ? cloudwatch.TreatMissingData.BREACHING
        : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    return alarm;
  }

  /** What to do about it: docs/runbook.md#bill. */
  private addBudget() {
    const { monthlyBudgetUsd } = this.settings;
    const budget = new budgets.CfnBudget(this, 'Budget', {
      budget: {
        budgetName: this.named('imagify'),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyBudgetUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: kBudgetMarks.map((mark) => ({
        notification: { ...mark, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
        subscribers: [{ subscriptionType: 'SNS', address: this.topic.topicArn }],
      })),
    });
    budget.node.addDependency(this.topic);
  }
}
