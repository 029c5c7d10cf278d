// Phase 2: a Redis that counts for all functions, and the network in which it is reached.
//
// Only functions that answer customers count uses, so only they live here. The worker and the
// scheduler stay outside: pictures would pay for each byte that passes the NAT gateway.
//
// S3 and DynamoDB have gateway endpoints, which cost nothing. Everything else (SQS, Secrets
// Manager, Cognito, SES, VNPAY) goes through the NAT gateway, which VNPAY needs anyway: an interface
// endpoint costs $9.50 a month in each zone here, more than all the bytes that it would save.
import { CfnOutput, RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { FunctionNetwork } from './functions';
import { acknowledge } from './nag';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';
import type { Place } from './stack';

const kPort = 6379;

export interface NetworkProps extends Place {
  /** The stack's id, where it is not the first one. */
  id?: string;
}

export class NetworkStack extends ImagifyStack implements FunctionNetwork {
  readonly vpc: ec2.Vpc;
  /** Of the functions. */
  readonly securityGroup: ec2.SecurityGroup;
  readonly cache: elasticache.CfnReplicationGroup;
  /** `rediss://...`, with the password. */
  readonly redisUrlSecret: secretsmanager.Secret;

  constructor(app: App, settings: Settings, { id, ...place }: NetworkProps = {}) {
    super(app, id ?? 'ImagifyNetworkStack', settings, place);
    this.vpc = this.addVpc();
    this.securityGroup = new ec2.SecurityGroup(this, 'Functions', {
      vpc: this.vpc,
      description: 'Functions: nobody calls them here',
    });
    const password = this.addPassword();
    this.cache = this.addCache(password);
    this.redisUrlSecret = this.addUrl(password);
    new CfnOutput(this, 'CacheId', { value: this.cache.ref });
  }

  private addVpc() {
    const { phase } = this.settings;
    const vpc = new ec2.Vpc(this, 'Vpc', {
      vpcName: this.named('imagify'),
      ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16'),
      maxAzs: 2,
      // In phase 3 a zone may fail without anybody paying a second time for its absence.
      natGateways: phase === 3 ? 2 : 1,
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'functions', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
        { name: 'cache', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDB: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    vpc.addFlowLog('Refused', {
      trafficType: ec2.FlowLogTrafficType.REJECT,
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        new logs.LogGroup(this, 'RefusedLog', {
          logGroupName: `/imagify/${this.named('imagify-network')}`,
          retention: logs.RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      ),
    });
    return vpc;
  }

  private addPassword() {
    const secret = new secretsmanager.Secret(this, 'CachePassword', {
      secretName: this.named('imagify/redis-password'),
      description: "Redis's password.",
      // Goes into a URL: letters and digits only.
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, { 'AwsSolutions-SMG4': kNoRotation });
    return secret;
  }

  /**
   * Two small nodes: the program speaks to one server, so no cluster mode, and the counts of some
   * minutes are lost when it fails, so no snapshots.
   */
  private addCache(password: secretsmanager.Secret) {
    const securityGroup = new ec2.SecurityGroup(this, 'Cache', {
      vpc: this.vpc,
      description: 'Redis: functions only',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(this.securityGroup, ec2.Port.tcp(kPort), 'functions');
    const subnets = new elasticache.CfnSubnetGroup(this, 'CacheSubnets', {
      cacheSubnetGroupName: this.named('imagify'),
      description: 'Where Redis is',
      subnetIds: this.vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
    });
    const cache = new elasticache.CfnReplicationGroup(this, 'Redis', {
      replicationGroupId: this.named('imagify'),
      replicationGroupDescription: 'Counts uses for all functions',
      engine: 'valkey',
      engineVersion: '8.0',
      cacheNodeType: 'cache.t4g.micro',
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      port: kPort,
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [securityGroup.securityGroupId],
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: true,
      authToken: password.secretValue.unsafeUnwrap(),
      autoMinorVersionUpgrade: true,
      snapshotRetentionLimit: 0,
    });
    acknowledge(cache, {
      'AwsSolutions-AEC5':
        'Nobody but the functions reaches it, by TLS and password; another port would hide nothing.',
    });
    return cache;
  }

  private addUrl(password: secretsmanager.Secret) {
    const { attrPrimaryEndPointAddress: host } = this.cache;
    const url = `rediss://:${password.secretValue.unsafeUnwrap()}@${host}:${kPort}`;
    const secret = new secretsmanager.Secret(this, 'RedisUrl', {
      secretName: this.named('imagify/redis-url'),
      description: 'Where Redis is, with its password.',
      // A reference that CloudFormation resolves: the template has no password in it.
      secretStringValue: SecretValue.unsafePlainText(url),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(secret, { 'AwsSolutions-SMG4': kNoRotation });
    return secret;
  }
}

const kNoRotation =
  'Redis only counts, and only functions of this network reach it; docs/deploy.md says how to change ' +
  'the password: both secrets and the cache learn of it in one deployment.';
