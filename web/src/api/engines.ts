import { useQuery } from '@tanstack/react-query';
import { call } from './client';

/** What each painter can do. */
export function useEngines() {
  return useQuery({
    queryKey: ['engines'],
    queryFn: () => call('get', '/image/engines').then((engines) => engines.items),
    staleTime: 600_000,
  });
}
