import type { MessageKey, Text } from '@/i18n';

const words: Record<string, MessageKey> = {
  'email:required': 'auth.email.required',
  'email:invalid': 'auth.email.invalid',
  'email:taken': 'error.emailTaken',
  'email:unchanged': 'auth.email.unchanged',
  'password:required': 'auth.password.required',
  'password:wrong': 'auth.password.wrong',
  'password:too_short': 'auth.password.short',
  'password:too_long': 'auth.password.long',
  'password:too_common': 'auth.password.common',
  'password:same_as_email': 'auth.password.sameAsEmail',
  'password:needs_upper': 'auth.password.upper',
  'password:needs_lower': 'auth.password.lower',
  'password:needs_digit': 'auth.password.digit',
  'password:refused': 'auth.password.common',
  'password:unchanged': 'auth.password.unchanged',
  'code:required': 'auth.otp.required',
  'code:wrong': 'auth.code.wrong',
  'otp:required': 'auth.otp.required',
  'otp:wrong': 'auth.otp.wrong',
};

/** What is wrong with a field, in words; undefined when nothing is. */
export function fieldText(t: Text, field: string, code: string | undefined): string | undefined {
  const kind = field === 'newPassword' ? 'password' : field;
  return code === undefined ? undefined : t(words[`${kind}:${code}`] ?? 'auth.invalid');
}
