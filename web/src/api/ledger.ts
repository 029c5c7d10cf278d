import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from './client';

/** Every movement of credits, newest first. */
export function useLedger(limit = 10) {
  return useInfiniteQuery({
    queryKey: ['ledger', limit],
    queryFn: ({ pageParam }) =>
      call('get', '/user/ledger', { query: { limit, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
