import type { OrderStatus } from '@/api/types';

/** The colour of an order's state in lists. */
export const stateInk: Record<OrderStatus, string> = {
  paid: 'text-celadon',
  pending: 'text-cobalt',
  failed: 'text-coral',
  expired: 'text-ink-2',
  review: 'text-iron',
  refunding: 'text-cobalt',
  refunded: 'text-ink-2',
};

/** Only an order that was paid has a receipt; a refund is told on it and does not take it away. */
export const hasReceipt = (status: OrderStatus): boolean =>
  status === 'paid' || status === 'refunding' || status === 'refunded';
