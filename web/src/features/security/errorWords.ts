import type { ProblemCode } from '@/api/problem';
import { useLanguage, type MessageKey } from '@/i18n';

const words: Partial<Record<ProblemCode, MessageKey>> = {
  'mfa.already_enabled': 'security.error.alreadyOn',
  'mfa.not_enabled': 'security.error.alreadyOff',
  'mfa.not_set_up': 'security.error.notSetUp',
  'session.not_found': 'security.error.noSession',
};

/** What a refusal means on this page; undefined where everybody's words will do. */
export function useErrorWords() {
  const { t } = useLanguage();
  return (code: ProblemCode): string | undefined => {
    const key = words[code];
    return key && t(key);
  };
}
