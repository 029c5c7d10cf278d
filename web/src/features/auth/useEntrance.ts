import { useEffect } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useSession } from '@/api/session';
import { chosenLocale, rememberLocale } from '@/i18n/locale';
import { activate } from '@/i18n/words';
import { safeNext } from './next';

/**
 * Once somebody is signed in: their language, unless one was chosen on this browser, and on to
 * where they were going.
 */
export function useEntrance() {
  const { user } = useSession();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const next = search.get('next');
  useEffect(() => {
    if (!user) return;
    if (chosenLocale() === null) {
      rememberLocale(user.locale);
      void activate(user.locale);
    }
    navigate(safeNext(next), { replace: true });
  }, [user, next, navigate]);
  return { query: next ? `?next=${encodeURIComponent(next)}` : '' };
}
