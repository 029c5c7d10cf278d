import type { AdminOrder, Review, ReviewAction } from '@/api/types';

/** What settling a case does to the customer; the last two are refused by the API. */
export type Effect =
  'pays' | 'pays_again' | 'fails' | 'fails_second' | 'nothing' | 'order_settled' | 'needs_decision';

const settled = new Set<AdminOrder['status']>(['paid', 'refunding', 'refunded']);

/** Told before the operator decides; the server decides by the same rules (ports/review_store). */
export function effectOf(
  action: ReviewAction,
  reason: Review['reason'],
  status: AdminOrder['status'],
): Effect {
  if (action === 'dismiss') return status === 'review' ? 'needs_decision' : 'nothing';
  const second = reason === 'paid_twice';
  if (action === 'approve') {
    if (second) return 'pays_again';
    return settled.has(status) ? 'order_settled' : 'pays';
  }
  if (second) return 'fails_second';
  if (settled.has(status)) return 'order_settled';
  return status === 'review' ? 'fails' : 'nothing';
}

export const isRefused = (effect: Effect): boolean =>
  effect === 'order_settled' || effect === 'needs_decision';
