import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { components } from './schema';
import type { User } from './types';

type Registration = components['schemas']['RegisterRequest'];
type Credentials = components['schemas']['LoginRequest'];
type ProfileChange = components['schemas']['ProfileChange'];

export const sessionKey = ['session'] as const;

type Session = components['schemas']['Session'];

/** The session with another user; what the server is like stays as it was. */
export const knowing =
  (user: User | null) =>
  (before?: Session): Session => ({
    mailProof: before?.mailProof ?? 'link',
    user,
  });

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: () => call('get', '/auth/session'),
  staleTime: 60_000,
});

/** Whether letters to an address carry codes to type, not links to follow. */
export function useMailedCodes(): boolean {
  return useQuery(sessionQuery).data?.mailProof === 'code';
}

/** Who is signed in: undefined while asking, null for a guest. */
export function useSession() {
  const query = useQuery(sessionQuery);
  return { user: query.data?.user, error: query.error, refetch: query.refetch };
}

function useSignedIn() {
  const cache = useQueryClient();
  return ({ user }: { user: User }) => {
    // What an earlier session of this tab knew belongs to somebody else.
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    cache.setQueryData(sessionKey, knowing(user));
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

/** Forgets what this tab kept, drafts above all: it is not for whoever sits here next. */
export function forgetTab(): void {
  try {
    sessionStorage.clear();
  } catch {
    // A browser that refuses has kept nothing either.
  }
}

/**
 * Signs out of this browser, or of every device. The caller leaves by a full load, so that nothing
 * stays in memory.
 */
export function useLogout() {
  return useMutation({
    mutationFn: (where: 'here' | 'everywhere') =>
      call('post', where === 'here' ? '/auth/logout' : '/auth/logout-all'),
    onSuccess: forgetTab,
  });
}

/** Changes the name or the language. */
export function useUpdateProfile() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ProfileChange) => call('patch', '/user/me', { body }),
    onSuccess: (user) => cache.setQueryData(sessionKey, knowing(user)),
  });
}
