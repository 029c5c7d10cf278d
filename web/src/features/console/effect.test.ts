import { describe, expect, it } from 'vitest';
import { effectOf } from './effect';

describe('what settling a case does', () => {
  it.each([
    ['approve', 'amount_mismatch', 'review', 'pays'],
    ['approve', 'paid_late', 'expired', 'pays'],
    ['approve', 'paid_late', 'paid', 'order_settled'],
    ['approve', 'paid_twice', 'paid', 'pays_again'],
    ['approve', 'paid_twice', 'refunded', 'pays_again'],
    ['reject', 'suspected_fraud', 'review', 'fails'],
    ['reject', 'unsettled', 'failed', 'nothing'],
    ['reject', 'reversed', 'paid', 'order_settled'],
    ['reject', 'paid_twice', 'paid', 'fails_second'],
    ['dismiss', 'reversed', 'paid', 'nothing'],
    ['dismiss', 'unsettled', 'review', 'needs_decision'],
  ] as const)('%s of %s while the order is %s: %s', (action, reason, status, effect) => {
    expect(effectOf(action, reason, status)).toBe(effect);
  });
});
