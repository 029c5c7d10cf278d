import type { OrderReason } from '@/api/types';
import type { MessageKey, Text } from '@/i18n';

const words: Record<OrderReason, MessageKey> = {
  cancelled: 'reason.cancelled',
  timeout: 'reason.timeout',
  insufficient_funds: 'reason.funds',
  limit_exceeded: 'reason.limit',
  bank_maintenance: 'reason.maintenance',
  suspected_fraud: 'reason.fraud',
  card_locked: 'reason.locked',
  not_registered: 'reason.notRegistered',
  wrong_otp: 'reason.otp',
  too_many_attempts: 'reason.attempts',
  amount_mismatch: 'reason.amount',
  reversed: 'reason.reversed',
  paid_twice: 'reason.paidTwice',
  paid_late: 'reason.paidLate',
  unsettled: 'reason.unsettled',
  other: 'reason.other',
};

/** Why an order did not become paid, and what to do. */
export const reasonText = (t: Text, reason: OrderReason | undefined): string =>
  t(words[reason ?? 'other'] ?? 'reason.other');
