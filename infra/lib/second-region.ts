// Phase 3: the second Imagify, in another region. Its tables and pictures are copies that follow;
// it is there and asleep, because only one region may write (docs/failover.md).
import type { App } from 'aws-cdk-lib';
import type { AuthStack } from './auth-stack';
import { HealthStack } from './health-stack';
import { LambdaStack } from './lambda-stack';
import { MonitoringStack } from './monitoring-stack';
import { NetworkStack } from './network-stack';
import { ReplicaStack } from './replica-stack';
import type { Settings } from './settings';

export interface SecondRegion {
  replica: ReplicaStack;
  replicaNetwork: NetworkStack;
  replicaLambda: LambdaStack;
  replicaMonitoring: MonitoringStack;
  /** With a domain only. */
  health?: HealthStack;
}

export function addSecondRegion(app: App, settings: Settings, auth: AuthStack): SecondRegion {
  const { secondRegion: region, activeRegion, domain } = settings;
  const replica = new ReplicaStack(app, settings);
  const replicaNetwork = new NetworkStack(app, settings, { id: 'ImagifyReplicaNetworkStack', region });
  const { estate } = replica;
  const replicaLambda = new LambdaStack(app, settings, {
    elsewhere: { id: 'ImagifyReplicaLambdaStack', region },
    standby: activeRegion !== region,
    estate: {
      ...estate,
      userPoolArn: auth.userPool.userPoolArn,
      secrets: { ...estate.secrets, redisUrl: replicaNetwork.redisUrlSecret },
    },
    userPoolId: auth.userPool.userPoolId,
    userPoolClientId: auth.userPoolClient.userPoolClientId,
    webAcl: replica.apiAcl,
    network: replicaNetwork,
  });
  return {
    replica,
    replicaNetwork,
    replicaLambda,
    replicaMonitoring: new MonitoringStack(app, settings, {
      elsewhere: { id: 'ImagifyReplicaMonitoringStack', region },
      standby: activeRegion !== region,
    }),
    ...(domain && { health: new HealthStack(app, settings) }),
  };
}
