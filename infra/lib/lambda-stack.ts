// The program as five functions, with the API, the queue and the schedules that call them.
import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { addApi } from './api';
import { environmentOf } from './environment';
import { addFunction, kApiNames, kFunctionNames, timeoutOf } from './functions';
import type { FunctionName, FunctionNetwork } from './functions';
import { grantTo } from './grants';
import type { Estate } from './grants';
import { acknowledge } from './nag';
import { addRelease, addReleases } from './release';
import { addSchedules } from './schedules';
import type { Phase, Settings } from './settings';
import { ImagifyStack } from './stack';

export interface LambdaProps {
  estate: Omit<Estate, 'queue'>;
  userPoolId: string;
  userPoolClientId: string;
  /** ARN of the regional web ACL. */
  webAcl?: string;
  /** Phase 2: where the functions run. */
  network?: FunctionNetwork;
  /** Phase 3: another region than the settings', with its stack's id. */
  elsewhere?: { id: string; region: string };
  /** Phase 3: there, but not at work. Only one region writes: docs/failover.md. */
  standby?: boolean;
  /** More reasons to take a release back. */
  rollbackAlarms?: cloudwatch.IAlarm[];
}

/** Pictures painted at once: as many as the painter takes without refusing. */
const kPainters: Record<Phase, number> = { 1: 10, 2: 50, 3: 200 };

export class LambdaStack extends ImagifyStack {
  readonly api: apigateway.RestApi;
  readonly functions: Record<FunctionName, lambda.Function>;
  /** `live`: what everybody calls. */
  readonly aliases: Record<FunctionName, lambda.Alias>;
  readonly releaseAlarms: cloudwatch.IAlarm[] = [];
  readonly queue: sqs.Queue;
  readonly deadLetterQueue: sqs.Queue;

  constructor(app: App, settings: Settings, private readonly props: LambdaProps) {
    super(app, props.elsewhere?.id ?? 'ImagifyLambdaStack', settings, {
      region: props.elsewhere?.region,
      crossRegionReferences: settings.phase === 3,
    });
    this.deadLetterQueue = this.addDeadLetterQueue();
    this.queue = this.addQueue();
    this.functions = this.addFunctions();
    this.aliases = this.addAliases();
    this.aliases.worker.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: kPainters[settings.phase],
        enabled: !props.standby,
      }),
    );
    addSchedules(this, {
      settings,
      scheduler: this.aliases.scheduler,
      enabled: !props.standby,
    });
    this.api = addApi(this, { settings, targets: this.aliases, webAcl: props.webAcl });
    new CfnOutput(this, 'ApiUrl', { value: this.api.url });
  }

  private addDeadLetterQueue() {
    const queue = new sqs.Queue(this, 'DeadLetters', {
      queueName: this.named('imagify-work-dead'),
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, { 'AwsSolutions-SQS3': 'This is the queue of dead letters.' });
    return queue;
  }

  private addQueue() {
    return new sqs.Queue(this, 'Work', {
      queueName: this.named('imagify-work'),
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Longer than a worker may take, or two would paint the same picture. AWS advises six times
      // as much for functions that are throttled; `maxConcurrency` keeps ours from being that, and
      // whoever waits for a picture has the credit back after a minute and a half.
      visibilityTimeout: timeoutOf('worker').plus(Duration.seconds(10)),
      // Work older than that has been given up by the reaper long ago.
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: 3 },
    });
  }

  private addFunctions() {
    const { estate, userPoolId, userPoolClientId, network, standby } = this.props;
    const { secrets } = estate;
    const surroundings = {
      tables: {
        users: estate.users.tableName,
        transactions: estate.transactions.tableName,
        images: estate.images.tableName,
      },
      imagesBucket: estate.bucketName,
      queueUrl: this.queue.queueUrl,
      userPoolId,
      userPoolClientId,
      secretArns: {
        jwt: secrets.jwt.secretArn,
        vnpayHash: secrets.vnpayHash.secretArn,
        clipdrop: secrets.clipdrop.secretArn,
        redisUrl: secrets.redisUrl?.secretArn,
      },
    };
    return each((name) => {
      const environment = environmentOf(name, this.settings, surroundings);
      const own = addFunction(this, {
        name,
        settings: this.settings,
        environment,
        // The others count nothing: outside they need no NAT gateway for their bytes.
        network: kApiNames.some((one) => one === name) ? network : undefined,
        standby,
      });
      grantTo(name, own, { ...estate, queue: this.queue });
      return own;
    });
  }

  private addAliases() {
    const application = addReleases(this, this.settings);
    return each((name) => {
      const { alias, alarms } = addRelease(this, {
        name,
        settings: this.settings,
        own: this.functions[name],
        application,
        alarms: this.props.rollbackAlarms,
      });
      this.releaseAlarms.push(...alarms);
      return alias;
    });
  }
}

function each<T>(make: (name: FunctionName) => T) {
  return Object.fromEntries(kFunctionNames.map((name) => [name, make(name)])) as Record<
    FunctionName,
    T
  >;
}
