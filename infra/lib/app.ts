// All stacks and what they give each other.
import type { App } from 'aws-cdk-lib';
import { AuthStack } from './auth-stack';
import { BackupStack } from './backup-stack';
import { CopiesStack } from './copies-stack';
import { DatabaseStack } from './database-stack';
import { EdgeSecurityStack } from './edge-security-stack';
import { FrontendStack } from './frontend-stack';
import { LambdaStack } from './lambda-stack';
import { MonitoringStack } from './monitoring-stack';
import { NetworkStack } from './network-stack';
import { addSecondRegion } from './second-region';
import type { SecondRegion } from './second-region';
import { SecurityStack } from './security-stack';
import type { Settings } from './settings';
import { imagesBucketName, StorageStack } from './storage-stack';

/** What phases 2 and 3 add is not there before. */
export interface ImagifyStacks extends Partial<SecondRegion> {
  database: DatabaseStack;
  auth: AuthStack;
  storage: StorageStack;
  security: SecurityStack;
  lambda: LambdaStack;
  edgeSecurity: EdgeSecurityStack;
  frontend: FrontendStack;
  copies: CopiesStack;
  backup: BackupStack;
  monitoring: MonitoringStack;
  network?: NetworkStack;
}

/** Used by bin/imagify.ts and by the tests. */
export function buildImagify(app: App, settings: Settings): ImagifyStacks {
  const database = new DatabaseStack(app, settings);
  const auth = new AuthStack(app, settings);
  const copies = new CopiesStack(app, settings);
  const storage = new StorageStack(app, settings);
  storage.addStackDependency(copies); // S3 copies only into a bucket that is there.
  const security = new SecurityStack(app, settings);
  const network = settings.phase >= 2 ? new NetworkStack(app, settings) : undefined;
  const lambda = new LambdaStack(app, settings, {
    estate: {
      users: database.usersTable,
      transactions: database.transactionsTable,
      images: database.imagesTable,
      bucketName: imagesBucketName(settings),
      userPoolArn: auth.userPool.userPoolArn,
      senderArn: auth.sender.emailIdentityArn,
      secrets: { ...security.secrets, redisUrl: network?.redisUrlSecret },
    },
    userPoolId: auth.userPool.userPoolId,
    userPoolClientId: auth.userPoolClient.userPoolClientId,
    webAcl: security.apiAcl,
    network,
    standby: settings.activeRegion !== settings.region,
  });
  lambda.addStackDependency(storage);
  const second = settings.phase === 3 ? addSecondRegion(app, settings, auth) : undefined;
  // Secrets, tables and pictures have to be there before their copies are.
  for (const first of [security, database, copies]) second?.replica.addStackDependency(first);
  const edgeSecurity = new EdgeSecurityStack(app, settings);
  const atWork = second && settings.activeRegion !== settings.region ? second.replicaLambda : lambda;
  const frontend = new FrontendStack(app, settings, {
    api: atWork.api,
    originSecret: security.originSecret,
    accessLogs: security.accessLogs,
    siteAcl: edgeSecurity.siteAcl,
  });
  if (second) frontend.addStackDependency(second.replica);
  const backup = new BackupStack(app, settings, { tables: database.tables });
  backup.addStackDependency(copies);
  const monitoring = new MonitoringStack(app, settings, {
    standby: settings.activeRegion !== settings.region,
  });
  return {
    database,
    auth,
    storage,
    security,
    lambda,
    edgeSecurity,
    frontend,
    copies,
    backup,
    monitoring,
    ...(network && { network }),
    ...second,
  };
}
