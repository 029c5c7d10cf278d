// The dashboard Imagify-Metrics: what customers see, what carries it, what comes in.
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { largestOf, sumOf } from './figures';
import type { Figures } from './figures';

const kHour = Duration.hours(1);
const kWidth = 8;

function graph(title: string, left: cloudwatch.IMetric[], right?: cloudwatch.IMetric[]) {
  return new cloudwatch.GraphWidget({ title, left, right, width: kWidth, height: 6 });
}

function heading(text: string) {
  return new cloudwatch.TextWidget({ markdown: `## ${text}`, width: 24, height: 1 });
}

/** A number as it is now. */
function number(title: string, metric: cloudwatch.IMetric) {
  return new cloudwatch.SingleValueWidget({ title, metrics: [metric], width: 4, height: 3 });
}

function customers(figures: Figures) {
  return [
    graph('Answers, ms', [
      figures.api('Latency', 'p50').with({ label: 'p50' }),
      figures.api('Latency', 'p95').with({ label: 'p95' }),
      figures.api('Latency', 'p99').with({ label: 'p99' }),
    ]),
    graph(
      'Requests and refusals',
      [
        figures.api('Count', 'Sum').with({ label: 'requests' }),
        figures.api('4XXError', 'Sum').with({ label: '4xx' }),
      ],
      [figures.api('5XXError', 'Sum').with({ label: '5xx' })],
    ),
    graph('Turned away by the firewalls', [
      figures.blocked('imagify-api'),
      figures.blocked('imagify-site'),
    ]),
  ];
}

function functions(figures: Figures) {
  return [
    graph('Invocations', figures.lambdas('Invocations', 'Sum')),
    graph('Errors and throttles', [
      sumOf(figures.lambdas('Errors', 'Sum'), 'errors'),
      sumOf(figures.lambdas('Throttles', 'Sum'), 'throttles'),
    ]),
    graph('Duration p95, ms', figures.lambdas('Duration', 'p95')),
    graph('At the same time', figures.lambdas('ConcurrentExecutions', 'Maximum')),
    graph(
      'Cold starts',
      [sumOf(figures.apiMetrics('imagify_cold_starts_total', 'Sum'), 'cold starts')],
      [largestOf(figures.apiMetrics('imagify_cold_start_seconds', 'Maximum'), 'longest, s')],
    ),
    graph(
      'Pictures that wait',
      [figures.queue('ApproximateNumberOfMessagesVisible', 'imagify-work', 'Maximum')],
      [figures.queue('ApproximateAgeOfOldestMessage', 'imagify-work', 'Maximum')],
    ),
  ];
}

function store(figures: Figures) {
  return [
    graph('Read units', figures.tables('ConsumedReadCapacityUnits', 'Sum')),
    graph('Write units', figures.tables('ConsumedWriteCapacityUnits', 'Sum')),
    graph('Throttled and given up', [
      sumOf(figures.tables('ReadThrottleEvents', 'Sum'), 'reads throttled'),
      sumOf(figures.tables('WriteThrottleEvents', 'Sum'), 'writes throttled'),
      sumOf(figures.metrics('imagify_store_busy_total', 'Sum'), 'writes given up'),
    ]),
  ];
}

function business(figures: Figures) {
  const told = (name: string) => figures.metric(name, 'scheduler', 'Maximum', kHour);
  return [
    number('Accounts', told('imagify_accounts')),
    number('Active in 30 days', told('imagify_active_accounts')),
    number('Pictures', told('imagify_pictures')),
    number('Paid orders', told('imagify_paid_orders')),
    number('Revenue, VND', told('imagify_revenue_vnd')),
    number('Credits owed', told('imagify_credits_outstanding')),
    graph('Accounts and active ones', [
      told('imagify_accounts').with({ label: 'accounts' }),
      told('imagify_active_accounts').with({ label: 'active' }),
    ]),
    graph('Payments', figures.countedEvents('payment.credited|payment.not_paid', kHour)),
    graph('For an operator', [
      told('imagify_open_orders').with({ label: 'open orders' }),
      told('imagify_open_reviews').with({ label: 'cases' }),
      told('imagify_open_refunds').with({ label: 'refunds' }),
    ]),
    graph('Pictures that failed', figures.countedEvents('painter.failed|painter.timeout', kHour)),
  ];
}

export function addDashboard(
  scope: Construct,
  dashboardName: string,
  figures: Figures,
  alarms: cloudwatch.IAlarm[],
) {
  return new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName,
    defaultInterval: Duration.days(1),
    widgets: [
      [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 4 })],
      [heading('What customers see')],
      customers(figures),
      [heading('Functions and their queue')],
      functions(figures),
      [heading('Tables')],
      store(figures),
      [heading('Business')],
      business(figures),
    ],
  });
}
