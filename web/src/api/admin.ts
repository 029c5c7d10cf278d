import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useState } from 'react';
import { call } from './client';
import { newKey } from './idempotency';
import type { AdminOrderDetail, OrderStatus, Page, RefundOutcome, ReviewAction } from './types';

const adminKey = ['admin'] as const;
const orderKey = (id: string) => [...adminKey, 'order', id] as const;
const pageSize = 20;

interface Cut {
  limit: number;
  cursor: string | undefined;
}

/**
 * A list of the operators, page by page. A list that is `searched` stays in sight while the next
 * one is on its way.
 */
function usePaged<T>(
  name: readonly unknown[],
  fetchPage: (cut: Cut) => Promise<Page<T>>,
  searched = false,
) {
  return useInfiniteQuery({
    queryKey: [...adminKey, ...name],
    queryFn: ({ pageParam }) => fetchPage({ limit: pageSize, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: searched ? keepPreviousData : undefined,
  });
}

export const useAdminSummary = () =>
  useQuery({ queryKey: [...adminKey, 'summary'], queryFn: () => call('get', '/admin/summary') });

export const useAdminUsers = (q: string) =>
  usePaged(
    ['users', q],
    (cut) => call('get', '/admin/users', { query: { ...cut, q: q === '' ? undefined : q } }),
    true,
  );

export const useAdminUser = (id: string) =>
  useQuery({
    queryKey: [...adminKey, 'user', id],
    queryFn: () => call('get', '/admin/users/{id}', { path: { id } }),
  });

export const useAdminLedger = (id: string) =>
  usePaged(['ledger', id], (query) =>
    call('get', '/admin/users/{id}/ledger', { path: { id }, query }),
  );

export const useAdminOrders = (q: string, status: OrderStatus | undefined) =>
  usePaged(
    ['orders', q, status ?? ''],
    (cut) =>
      call('get', '/admin/orders', { query: { ...cut, status, q: q === '' ? undefined : q } }),
    true,
  );

export const useAdminOrder = (id: string) =>
  useQuery({
    queryKey: orderKey(id),
    queryFn: () => call('get', '/admin/orders/{id}', { path: { id } }),
  });

export const useAdminReviews = (open: boolean) =>
  usePaged(['reviews', open], (cut) => call('get', '/admin/reviews', { query: { ...cut, open } }));

export const useAdminAudit = () =>
  usePaged(['audit'], (query) => call('get', '/admin/audit', { query }));

/** An act on an order: its answer is the order as it is now, and every list may have changed. */
function useOrderAct<Body>(id: string, act: (body: Body) => Promise<AdminOrderDetail>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    // Nothing here is waited for: what the caller says must not come after what it says it about.
    onSuccess: (detail) => {
      cache.setQueryData(orderKey(id), detail);
      void cache.invalidateQueries({
        queryKey: adminKey,
        predicate: ({ queryKey }) => queryKey[1] !== 'order' || queryKey[2] !== id,
      });
    },
    // A refusal tells that the order is no longer what the page shows.
    onError: () => void cache.invalidateQueries({ queryKey: orderKey(id) }),
  });
}

/** Asks the gateway about the order, or about its refund, now. */
export const useCheckOrder = (id: string) =>
  useOrderAct(id, () => call('post', '/admin/orders/{id}/check', { path: { id } }));

export interface RefundWish {
  /** Left out: all of the order. */
  credits?: number;
  note: string;
}

export const useRefundOrder = (id: string) =>
  useOrderAct(id, (body: RefundWish) =>
    call('post', '/admin/orders/{id}/refund', { path: { id }, body }),
  );

/** Ends a refund on the word of somebody who looked in the gateway's portal. */
export const useCloseRefund = (id: string) =>
  useOrderAct(id, (body: { outcome: RefundOutcome; note: string }) =>
    call('post', '/admin/orders/{id}/refund/close', { path: { id }, body }),
  );

/** Asks again for whatever the operators' pages show. */
export function useAdminRefresh() {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: adminKey });
}

/**
 * Settles a case. After a refusal only the order is asked for again: the case stays in sight, with
 * the reason, until whoever asked has read it.
 */
export function useSettleReview(id: string, orderId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { action: ReviewAction; note: string }) =>
      call('post', '/admin/reviews/{id}/settle', { path: { id }, body }),
    onSuccess: useAdminRefresh(),
    onError: () => void cache.invalidateQueries({ queryKey: orderKey(orderId) }),
  });
}

/** Gives credits. The key is made once: whatever is sent again from one dialog is given once. */
export function useGrant(id: string) {
  const [key] = useState(newKey);
  return useMutation({
    mutationFn: (body: { credits: number; note: string }) =>
      call('post', '/admin/users/{id}/grants', {
        path: { id },
        body,
        headers: { 'Idempotency-Key': key },
      }),
    onSettled: useAdminRefresh(),
  });
}
