import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf } from '@/api/problem';
import { knowing, sessionKey } from '@/api/session';
import { Messages } from '@/i18n';

/**
 * Reads that failed for a passing reason are tried twice more; a lost session is noticed once,
 * everywhere.
 */
export function newCache(): QueryClient {
  const cache = new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => problemOf(error).passing && count < 2,
        refetchOnWindowFocus: 'always',
      },
    },
  });
  cache.getQueryCache().subscribe(({ type, query }) => {
    if (
      type === 'updated' &&
      query.state.status === 'error' &&
      problemOf(query.state.error).status === 401
    ) {
      cache.setQueryData(sessionKey, knowing(null));
    }
  });
  return cache;
}

export function Providers({ cache, children }: { cache: QueryClient; children: ReactNode }) {
  return (
    <QueryClientProvider client={cache}>
      <Messages>{children}</Messages>
    </QueryClientProvider>
  );
}
