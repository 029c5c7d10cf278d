// What wakes somebody, and what waits for the morning. Thresholds are those of
// ops/prometheus/alerts.yml; docs/runbook.md has a section for each.
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { largestOf, sumOf } from './figures';
import type { Figures } from './figures';
import { moneyWatches } from './money-alarms';
import type { Phase } from './settings';

export interface Watch {
  /** The alarm's name, without "imagify-". */
  name: string;
  what: string;
  /** A section of the runbook. */
  runbook: string;
  metric: cloudwatch.IMetric;
  /** It rings above this. */
  above: number;
  /** So many periods one after the other; 1. */
  periods?: number;
  /** No figure at all is a reason to ring, too. */
  silence?: boolean;
}

const kQuarter = Duration.minutes(15);
const kHour = Duration.hours(1);
const kDay = Duration.days(1);

/** Answers 5xx in percent of all; nothing can be said of few. */
function errorPercent(figures: Figures, period: Duration, least: number) {
  return new cloudwatch.MathExpression({
    expression: `IF(requests >= ${least}, 100 * errors / requests, 0)`,
    usingMetrics: {
      errors: figures.api('5XXError', 'Sum', period),
      requests: figures.api('Count', 'Sum', period),
    },
    label: 'errors in percent',
    period,
  });
}

/** The report's technical KPIs: uptime > 99.9 %, p95 < 500 ms, errors < 0.1 %, cold start < 3 s. */
function goals(figures: Figures): Watch[] {
  return [
    {
      name: 'down',
      what: 'Most requests fail',
      runbook: 'docs/runbook.md#site-down',
      metric: errorPercent(figures, Duration.minutes(1), 5),
      above: 50,
      periods: 3,
    },
    {
      name: 'errors',
      what: 'An hour of errors that would use up two days of the budget',
      runbook: 'docs/runbook.md#error-budget',
      metric: errorPercent(figures, kHour, 100),
      above: 1.44,
    },
    {
      name: 'error-rate',
      what: 'More than 0.1 % of the requests of a day failed',
      runbook: 'docs/runbook.md#error-budget',
      metric: errorPercent(figures, kDay, 100),
      above: 0.1,
    },
    {
      name: 'slow',
      what: 'One answer in twenty took longer than 500 ms',
      runbook: 'docs/runbook.md#slow-answers',
      metric: figures.api('Latency', 'p95'),
      above: 500,
      periods: 3,
    },
    {
      name: 'cold-starts',
      what: 'A new process took longer than 3 s to start',
      runbook: 'docs/runbook.md#cold-starts',
      metric: largestOf(figures.apiMetrics('imagify_cold_start_seconds', 'Maximum')),
      above: 3,
    },
  ];
}

function services(figures: Figures): Watch[] {
  return [
    {
      name: 'function-errors',
      what: 'Invocations failed as a whole',
      runbook: 'docs/runbook.md#function-errors',
      metric: sumOf(figures.lambdas('Errors', 'Sum')),
      above: 2,
    },
    {
      name: 'function-throttles',
      what: 'Lambda refuses invocations',
      runbook: 'docs/runbook.md#function-throttles',
      metric: sumOf(figures.lambdas('Throttles', 'Sum')),
      above: 0,
      periods: 2,
    },
    {
      name: 'dead-letters',
      what: 'A picture failed as often as its queue allows',
      runbook: 'docs/runbook.md#dead-letters',
      metric: figures.queue('ApproximateNumberOfMessagesVisible', 'imagify-work-dead', 'Maximum'),
      above: 0,
    },
    {
      name: 'pictures-wait',
      what: 'A picture has waited for a worker for more than a minute',
      runbook: 'docs/runbook.md#pictures-wait',
      metric: figures.queue('ApproximateAgeOfOldestMessage', 'imagify-work', 'Maximum'),
      above: 60,
    },
    {
      name: 'store-throttled',
      what: 'DynamoDB throttles',
      runbook: 'docs/runbook.md#store-throttled',
      metric: sumOf([
        ...figures.tables('ReadThrottleEvents', 'Sum'),
        ...figures.tables('WriteThrottleEvents', 'Sum'),
      ]),
      above: 50,
    },
    {
      name: 'flood',
      what: 'The firewall of the API turns many away',
      runbook: 'docs/runbook.md#abuse',
      metric: figures.blocked('imagify-api'),
      above: 3000,
      periods: 2,
    },
  ];
}

function program(figures: Figures, phase: Phase): Watch[] {
  const internal = 'server.internal|http.handler_threw|background.failed|invocation.failed';
  const store = 'store.write_failed|store.read_failed|store.no_heartbeat|store.bad_request';
  const watches: Watch[] = [
    {
      name: 'painter-failing',
      what: 'Pictures fail',
      runbook: 'docs/runbook.md#painter-failing',
      metric: sumOf(figures.countedEvents('painter.failed|painter.timeout', kQuarter)),
      above: 5,
    },
    {
      name: 'painter-account',
      what: 'The painter refuses our account: paid up?',
      runbook: 'docs/runbook.md#painter-failing',
      metric: sumOf(figures.countedEvents('painter.account_refused', kQuarter)),
      above: 0,
    },
    {
      name: 'holds-overdue',
      what: 'A picture was neither made nor given back in its time',
      runbook: 'docs/runbook.md#holds-overdue',
      metric: sumOf(figures.countedEvents('hold.overdue', kQuarter)),
      above: 0,
    },
    {
      name: 'work-failing',
      what: 'Work from the queue fails, or the queue does not answer',
      runbook: 'docs/runbook.md#work-failing',
      metric: sumOf(
        figures.countedEvents('work.failed|queue.unavailable|queue.bad_message', kQuarter),
      ),
      above: 0,
    },
    {
      name: 'internal-errors',
      what: 'The program met something that it did not expect',
      runbook: 'docs/runbook.md#internal-errors',
      metric: sumOf(figures.countedEvents(internal, kQuarter)),
      above: 0,
    },
    {
      name: 'store-failing',
      what: 'The tables cannot be read or written',
      runbook: 'docs/runbook.md#store-failing',
      metric: sumOf(figures.countedEvents(store, kQuarter)),
      above: 0,
    },
    {
      name: 'store-busy',
      what: 'Writes were given up since others were faster',
      runbook: 'docs/runbook.md#store-busy',
      metric: sumOf(figures.metrics('imagify_store_busy_total', 'Sum', kQuarter)),
      above: 5,
    },
    {
      name: 'letters-failing',
      what: 'Letters will never be sent',
      runbook: 'docs/runbook.md#letters-failing',
      metric: sumOf(figures.metrics('imagify_mails_given_up_total', 'Sum', kHour)),
      above: 0,
    },
    {
      name: 'secrets-unreadable',
      what: 'Secrets, credentials or keys of the user pool cannot be read',
      runbook: 'docs/runbook.md#secrets-unreadable',
      metric: sumOf(
        figures.countedEvents(
          'secrets.unreadable|aws.no_credentials|identity.keys_not_fetched',
          kQuarter,
        ),
      ),
      above: 0,
    },
  ];
  if (phase === 1) return watches;
  return [
    ...watches,
    {
      name: 'limits-alone',
      what: 'Limits are counted by each process alone: Redis does not answer',
      runbook: 'docs/runbook.md#limits-alone',
      metric: sumOf(figures.apiMetrics('imagify_limits_alone_total', 'Sum', kQuarter)),
      above: 0,
    },
  ];
}

/** What is watched wherever the program runs. */
export function watchesOf(figures: Figures, phase: Phase): Watch[] {
  return [
    ...goals(figures),
    ...services(figures),
    ...moneyWatches(figures),
    ...program(figures, phase),
  ];
}

/** What is watched where the tables are. */
export function backupWatches(figures: Figures): Watch[] {
  return [
    {
      name: 'backup-failed',
      what: 'A daily backup, or its copy in the other region, did not end well',
      runbook: 'docs/runbook.md#backup-failed',
      metric: sumOf([
        figures.backups('NumberOfBackupJobsFailed'),
        figures.backups('NumberOfCopyJobsFailed'),
      ]),
      above: 0,
    },
    {
      name: 'copies-late',
      what: 'Pictures reach the other region more than 15 minutes late',
      runbook: 'docs/runbook.md#backup-failed',
      metric: figures.replication('ReplicationLatency', 'Maximum'),
      above: 900,
      periods: 2,
    },
  ];
}
