import { useSession, useUpdateProfile } from '@/api/session';
import { rememberLocale, type Locale } from '@/i18n/locale';
import { activate } from '@/i18n/words';

/**
 * Changes the language at once, for the next visits, and on the account of whoever is signed in.
 */
export function useLocaleSwitch() {
  const { user } = useSession();
  const update = useUpdateProfile();
  return async (locale: Locale) => {
    rememberLocale(locale);
    await activate(locale);
    if (user) update.mutate({ locale });
  };
}
