// Figures that CloudWatch has of what this product runs, and those that the program tells by itself
// (namespace Imagify, docs/metrics.md). By name: watching a stack must not tie it down.
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { kApiStage } from './api';
import { kApiNames, kFunctionNames } from './functions';
import type { FunctionName } from './functions';
import { nameOf } from './settings';
import type { Settings } from './settings';
import { imagesBucketName, kCopiesRule } from './storage-stack';

const kTables = ['users', 'transactions', 'images'] as const;

type Statistic = 'Sum' | 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'p50' | 'p95' | 'p99';

export class Figures {
  constructor(
    private readonly settings: Settings,
    private readonly region = settings.region,
  ) {}

  private of(
    namespace: string,
    metricName: string,
    dimensionsMap: Record<string, string>,
    statistic: Statistic,
    period = Duration.minutes(5),
  ) {
    const { region } = this;
    const label = Object.values(dimensionsMap).at(-1);
    return new cloudwatch.Metric({
      namespace,
      metricName,
      dimensionsMap,
      statistic,
      period,
      label,
      region,
    });
  }

  private named(name: string) {
    return nameOf(this.settings, name);
  }

  /** Of the API as a whole: Count, Latency, 4XXError, 5XXError. */
  api(metricName: string, statistic: Statistic, period?: Duration) {
    const dimensions = { ApiName: this.named('imagify-api'), Stage: kApiStage };
    return this.of('AWS/ApiGateway', metricName, dimensions, statistic, period);
  }

  lambda(metricName: string, name: FunctionName, statistic: Statistic) {
    const dimensions = { FunctionName: this.named(`imagify-${name}-function`) };
    return this.of('AWS/Lambda', metricName, dimensions, statistic);
  }

  lambdas(metricName: string, statistic: Statistic) {
    return kFunctionNames.map((name) => this.lambda(metricName, name, statistic));
  }

  /** Told by the program, in one of its functions. */
  metric(metricName: string, name: FunctionName, statistic: Statistic, period?: Duration) {
    const dimensions = { function: this.named(`imagify-${name}-function`) };
    return this.of('Imagify', metricName, dimensions, statistic, period);
  }

  metrics(metricName: string, statistic: Statistic, period?: Duration) {
    return kFunctionNames.map((name) => this.metric(metricName, name, statistic, period));
  }

  /** Of the functions that a customer waits for. */
  apiMetrics(metricName: string, statistic: Statistic, period?: Duration) {
    return kApiNames.map((name) => this.metric(metricName, name, statistic, period));
  }

  /** Lines of the log of any of the events "one.thing|another.thing", wherever they happen. */
  countedEvents(events: string, period?: Duration) {
    return events
      .split('|')
      .map((event) => this.of('Imagify', 'imagify_events_total', { event }, 'Sum', period));
  }

  queue(metricName: string, name: 'imagify-work' | 'imagify-work-dead', statistic: Statistic) {
    return this.of('AWS/SQS', metricName, { QueueName: this.named(name) }, statistic);
  }

  tables(metricName: string, statistic: Statistic) {
    return kTables.map((table) =>
      this.of('AWS/DynamoDB', metricName, { TableName: this.named(`imagify-${table}`) }, statistic),
    );
  }

  /** Requests that a firewall turned away. */
  blocked(acl: 'imagify-api' | 'imagify-site') {
    const global = acl === 'imagify-site';
    const region = global ? 'us-east-1' : this.region;
    return new Figures(this.settings, region).of(
      'AWS/WAFV2',
      'BlockedRequests',
      { ...(global ? {} : { Region: region }), Rule: 'ALL', WebACL: this.named(acl) },
      'Sum',
    );
  }

  /** Of pictures on their way to the bucket of copies. */
  replication(metricName: string, statistic: Statistic) {
    const { settings } = this;
    const dimensions = {
      SourceBucket: imagesBucketName(settings),
      DestinationBucket: imagesBucketName(settings, settings.secondRegion),
      RuleId: kCopiesRule,
    };
    return this.of('AWS/S3', metricName, dimensions, statistic, Duration.minutes(15));
  }

  backups(metricName: string) {
    const dimensions = { BackupVaultName: this.named('imagify') };
    return this.of('AWS/Backup', metricName, dimensions, 'Sum', Duration.hours(1));
  }
}

/** The sum of several; those without a value count nothing. */
export function sumOf(metrics: cloudwatch.IMetric[], label?: string) {
  return combine('SUM', metrics, label);
}

export function largestOf(metrics: cloudwatch.IMetric[], label?: string) {
  return combine('MAX', metrics, label);
}

/** One graph may show several sums: each figure in it needs a name of its own. */
function idOf({ metricName, dimensions = {} }: cloudwatch.Metric) {
  return ['m', metricName, ...Object.values(dimensions)].join('_').replace(/\W/g, '_').toLowerCase();
}

function combine(how: 'SUM' | 'MAX', metrics: cloudwatch.IMetric[], label?: string) {
  if (metrics.length === 1) return metrics[0]!;
  const using = Object.fromEntries(metrics.map((metric) => [idOf(metric as cloudwatch.Metric), metric]));
  const names = Object.keys(using).join(', ');
  return new cloudwatch.MathExpression({
    expression: `${how}([${names}])`,
    usingMetrics: using,
    label,
    period: (metrics[0] as cloudwatch.Metric).period,
  });
}
