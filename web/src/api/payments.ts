import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import { useIdempotencyKey } from './idempotency';
import type { BankCode, PlanId } from './types';
import type { Locale } from '@/i18n/locale';

export interface Purchase {
  planId: PlanId;
  bankCode?: BankCode | undefined;
  locale: Locale;
}

/**
 * Opens an order for a plan. Retries of one purchase share a key, so that the API opens one order.
 */
export function useCheckout() {
  const { keyFor, settled } = useIdempotencyKey();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (purchase: Purchase) =>
      call('post', '/user/pay-vnpay', {
        body: purchase,
        headers: { 'Idempotency-Key': keyFor(JSON.stringify(purchase)) },
      }),
    onSuccess: () => {
      settled();
      void cache.invalidateQueries({ queryKey: ['orders'] });
    },
  });
}

/** What came of a payment, told by the query VNPAY sent the browser back with, unchanged. */
export function useVnpayReturn(search: string) {
  return useQuery({
    queryKey: ['vnpay-return', search],
    queryFn: () =>
      call('get', '/user/vnpay-return', {
        // VNPAY's signature covers the query as it came, so it is passed on byte for byte.
        rawQuery: search,
      }),
    staleTime: Infinity,
  });
}
