import { useQuery } from '@tanstack/react-query';
import { call } from './client';

/** What can be bought: the only source of prices. */
export function usePlans() {
  return useQuery({
    queryKey: ['plans'],
    queryFn: () => call('get', '/plans').then((plans) => plans.items),
    staleTime: 600_000,
  });
}
