import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { components } from './schema';
import { sessionKey } from './session';

type Schemas = components['schemas'];
export type SessionItem = Schemas['SessionItem'];
/** The password, and a one-time password where the account asks for one. */
export type Confirmation = Schemas['Confirmation'];

const sessionsKey = ['sessions'] as const;

/** Changes the password. Every other session ends; this one goes on. */
export function useChangePassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['PasswordChange']) =>
      call('post', '/auth/change-password', { body }),
    onSuccess: ({ user }) => {
      cache.setQueryData(sessionKey, { user });
      return cache.invalidateQueries({ queryKey: sessionsKey });
    },
  });
}

/** Asks for a letter to another address; the account moves when its link is followed. */
export function useChangeEmail() {
  return useMutation({
    mutationFn: (body: Schemas['EmailChange']) => call('post', '/auth/change-email', { body }),
  });
}

/** A new secret for one-time passwords. It does not count until a first code is given. */
export function useSetUpMfa() {
  return useMutation({
    mutationFn: (body: { password: string }) => call('post', '/auth/mfa/setup', { body }),
  });
}

/** Gives the first code; from now on signing in needs one. Answers with the recovery codes, once. */
export function useEnableMfa() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { otp: string }) => call('post', '/auth/mfa/enable', { body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionKey }),
  });
}

export function useDisableMfa() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Confirmation) => call('post', '/auth/mfa/disable', { body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionKey }),
  });
}

/** Where the person is signed in, newest first. */
export function useSessions() {
  return useQuery({ queryKey: sessionsKey, queryFn: () => call('get', '/user/sessions') });
}

/** Signs out another device; the list is read anew also when there was nothing left to end. */
export function useEndSession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('delete', '/user/sessions/{id}', { path: { id } }),
    onSettled: () => cache.invalidateQueries({ queryKey: sessionsKey }),
  });
}

/** Deletes the account for good. The caller leaves by a full load. */
export function useDeleteAccount() {
  return useMutation({
    mutationFn: (body: Confirmation) => call('delete', '/user/me', { body }),
  });
}
