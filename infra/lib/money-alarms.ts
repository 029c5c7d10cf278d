// Alarms about payments, credits and what was bought with them.
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Watch } from './alarms';
import { sumOf } from './figures';
import type { Figures } from './figures';

const kQuarter = Duration.minutes(15);
const kHour = Duration.hours(1);

export function moneyWatches(figures: Figures): Watch[] {
  return [
    {
      name: 'bad-signatures',
      what: 'Messages are not signed with our secret',
      runbook: 'docs/runbook.md#bad-signatures',
      metric: sumOf(figures.countedEvents('payment.bad_signature', kQuarter)),
      above: 5,
    },
    {
      name: 'payments-refused',
      what: 'A signed payment does not fit its order',
      runbook: 'docs/runbook.md#payments-refused',
      metric: sumOf(figures.countedEvents('payment.refused', kQuarter)),
      above: 0,
    },
    {
      name: 'payments-stopped',
      what: 'Ten payments and more ended unpaid in six hours, and none was paid',
      runbook: 'docs/runbook.md#payments-stopped',
      metric: new cloudwatch.MathExpression({
        expression: 'IF(FILL(credited, 0) == 0, FILL(unpaid, 0), 0)',
        usingMetrics: {
          credited: figures.countedEvents('payment.credited', Duration.hours(6))[0]!,
          unpaid: figures.countedEvents('payment.not_paid', Duration.hours(6))[0]!,
        },
        label: 'unpaid in a row',
        period: Duration.hours(6),
      }),
      above: 9,
    },
    {
      name: 'stuck-orders',
      what: 'VNPAY could not say what became of an order, or knows one that the books do not',
      runbook: 'docs/runbook.md#stuck-orders',
      metric: sumOf(figures.countedEvents('order.unsettled|order.orphaned', kHour)),
      above: 0,
    },
    {
      name: 'reviews-wait',
      what: 'A case has waited for an operator for four hours',
      runbook: 'docs/runbook.md#review-cases',
      metric: figures.metric('imagify_open_reviews', 'scheduler', 'Minimum', kHour),
      above: 0,
      periods: 4,
    },
    {
      name: 'stuck-refunds',
      what: 'VNPAY refused a refund, or could not say what became of it',
      runbook: 'docs/runbook.md#stuck-refunds',
      metric: sumOf(figures.countedEvents('refund.unsettled|refund.rejected', kHour)),
      above: 0,
    },
    {
      name: 'pictures-missing',
      what: 'The bytes of a charged picture are gone',
      runbook: 'docs/runbook.md#books-disagree',
      metric: sumOf(figures.countedEvents('blob.missing', kHour)),
      above: 0,
    },
    {
      name: 'figures-stale',
      what: 'Nobody has counted the business for three hours: the schedule does not run',
      runbook: 'docs/runbook.md#figures-stale',
      metric: new cloudwatch.MathExpression({
        expression: 'IF(FILL(counted, 0) > 0, 0, 1)',
        usingMetrics: {
          counted: figures.metric('imagify_accounts', 'scheduler', 'SampleCount', kHour),
        },
        label: 'hours without figures',
        period: kHour,
      }),
      above: 0,
      periods: 3,
      silence: true,
    },
  ];
}
