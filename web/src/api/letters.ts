import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import { creditsKey } from './credits';
import { problemOf } from './problem';
import type { components } from './schema';
import { sessionKey } from './session';

type EmailProof = components['schemas']['EmailProof'];
type PasswordReset = components['schemas']['PasswordReset'];

/** Follows the link of a letter to an address, or gives the code in it. What the session knew about the person is stale. */
export function useVerifyEmail() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: EmailProof) => call('post', '/auth/verify-email', { body }),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: sessionKey }),
        cache.invalidateQueries({ queryKey: creditsKey }),
      ]),
  });
}

/** Sends the letter to the own address once more, unless it has been answered meanwhile. */
export function useResendVerification() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call('post', '/auth/resend-verification'),
    onError: (error) =>
      problemOf(error).code === 'account.already_verified'
        ? cache.invalidateQueries({ queryKey: sessionKey })
        : undefined,
  });
}

/** Asks for a link to choose a new password. The answer never tells whether there is an account. */
export function useForgotPassword() {
  return useMutation({
    mutationFn: (body: { email: string }) => call('post', '/auth/forgot-password', { body }),
  });
}

/** Chooses a new password with the token or the code of a letter; every session ends, this browser's too. */
export function useResetPassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: PasswordReset) => call('post', '/auth/reset-password', { body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionKey }),
  });
}
