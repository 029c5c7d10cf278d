import type { MessageKey, Text } from '@/i18n';

const words: Record<string, MessageKey> = {
  'email:required': 'auth.email.required',
  'email:invalid': 'auth.email.invalid',
  'password:required': 'auth.password.required',
  'password:too_short': 'auth.password.short',
  'password:too_long': 'auth.password.long',
  'password:too_common': 'auth.password.common',
  'password:same_as_email': 'auth.password.sameAsEmail',
};

/** What is wrong with a field, in words; undefined when nothing is. */
export function fieldText(t: Text, field: string, code: string | undefined): string | undefined {
  return code === undefined ? undefined : t(words[`${field}:${code}`] ?? 'auth.invalid');
}
