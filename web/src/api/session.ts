import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { components } from './schema';
import type { User } from './types';

type Registration = components['schemas']['RegisterRequest'];
type Credentials = components['schemas']['LoginRequest'];
type ProfileChange = components['schemas']['ProfileChange'];

export const sessionKey = ['session'] as const;

/** Who is signed in: undefined while asking, null for a guest. */
export function useSession() {
  const query = useQuery({
    queryKey: sessionKey,
    queryFn: () => call('get', '/auth/session'),
    staleTime: 60_000,
  });
  return { user: query.data?.user, error: query.error, refetch: query.refetch };
}

function useSignedIn() {
  const cache = useQueryClient();
  return ({ user }: { user: User }) => {
    // What an earlier session of this tab knew belongs to somebody else.
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    cache.setQueryData(sessionKey, { user });
  };
}

export function useRegister() {
  return useMutation({
    mutationFn: (body: Registration) => call('post', '/auth/register', { body }),
    onSuccess: useSignedIn(),
  });
}

export function useLogin() {
  return useMutation({
    mutationFn: (body: Credentials) => call('post', '/auth/login', { body }),
    onSuccess: useSignedIn(),
  });
}

/**
 * Signs out of this browser, or of every device. The caller leaves by a full load, so that nothing
 * stays in memory.
 */
export function useLogout() {
  return useMutation({
    mutationFn: (where: 'here' | 'everywhere') =>
      call('post', where === 'here' ? '/auth/logout' : '/auth/logout-all'),
  });
}

/** Changes the name or the language. */
export function useUpdateProfile() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ProfileChange) => call('patch', '/user/me', { body }),
    onSuccess: (user) => cache.setQueryData(sessionKey, { user }),
  });
}
