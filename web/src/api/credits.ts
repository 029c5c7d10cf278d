import { useQuery } from '@tanstack/react-query';
import { call } from './client';
import { useSession } from './session';

export const creditsKey = ['credits'] as const;

/** The signed-in user's balance; never asked for a guest. */
export function useCredits() {
  const { user } = useSession();
  return useQuery({
    queryKey: creditsKey,
    queryFn: () => call('get', '/user/credits'),
    enabled: Boolean(user),
    staleTime: 10_000,
  });
}
