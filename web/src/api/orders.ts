import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from './client';
import { creditsKey } from './credits';

/** How a pending order is watched: 20 looks, 1.5 s apart. */
export const orderWatch = { everyMs: 1_500, times: 20 };

export function useOrders(limit = 10) {
  return useInfiniteQuery({
    queryKey: ['orders', limit],
    queryFn: ({ pageParam }) =>
      call('get', '/user/transactions', { query: { limit, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** One order. While it is pending it is asked for again and again, up to orderWatch.times. */
export function useOrder(id: string) {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: ['order', id],
    queryFn: () => call('get', '/user/transactions/{id}', { path: { id } }),
    refetchInterval: ({ state }) =>
      state.data?.status === 'pending' && state.dataUpdateCount < orderWatch.times
        ? orderWatch.everyMs
        : false,
  });
  const paid = query.data?.status === 'paid';
  useEffect(() => {
    if (paid) void cache.invalidateQueries({ queryKey: creditsKey });
  }, [paid, cache]);
  return query;
}
