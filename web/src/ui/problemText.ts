import type { Problem, ProblemCode } from '@/api/problem';
import type { MessageKey, Text } from '@/i18n';

const known: Partial<Record<ProblemCode, MessageKey>> = {
  'network.unreachable': 'error.network',
  'auth.required': 'error.signIn',
  'auth.token_invalid': 'error.signIn',
  'auth.bad_credentials': 'error.badCredentials',
  'auth.email_unverified': 'error.emailUnverified',
  'account.email_invalid': 'error.validation',
  'auth.password_expired': 'error.passwordExpired',
  'identity.unavailable': 'error.overloaded',
  'identity.refused': 'error.overloaded',
  'csrf.rejected': 'error.csrf',
  'account.email_taken': 'error.emailTaken',
  'credits.insufficient': 'error.noCredits',
  'idempotency.in_flight': 'error.inFlight',
  'idempotency.mismatch': 'error.inFlight',
  'image.not_found': 'error.imageNotFound',
  'order.not_found': 'error.orderNotFound',
  'plan.not_found': 'error.planNotFound',
  'prompt.refused': 'error.promptRefused',
  'painter.unavailable': 'error.painterUnavailable',
  'painter.rate_limited': 'error.painterBusy',
  'rate.limited': 'error.rateLimited',
  'request.too_large': 'error.tooLarge',
  'validation.failed': 'error.validation',
  'painter.timeout': 'error.painterTimeout',
  'painter.interrupted': 'error.painterTimeout',
  'server.overloaded': 'error.overloaded',
  'server.unavailable': 'error.overloaded',
};

/** What a problem's code means to the person in front of the screen. */
export function codeText(t: Text, code: ProblemCode): string {
  const painter = code.startsWith('painter.') ? 'error.painterUnavailable' : undefined;
  return t(known[code] ?? painter ?? 'error.server');
}

/** The same with what the answer adds, as the seconds to wait. */
export function problemText(t: Text, problem: Problem): string {
  if (problem.code === 'rate.limited' && problem.retryAfterSeconds !== undefined) {
    return t('error.rateLimitedFor', { time: timeText(t, problem.retryAfterSeconds) });
  }
  return codeText(t, problem.code);
}

/** How long to wait: in seconds while somebody may be watching them go. */
export const timeText = (t: Text, seconds: number): string =>
  seconds <= 120
    ? t('time.seconds', { count: seconds })
    : t('time.minutes', { count: Math.ceil(seconds / 60) });
