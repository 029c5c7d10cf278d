import { ClipboardList, LogOut, UserRound } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useLogout, useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { localeNames, locales, rememberLocale } from '@/i18n/locale';
import { buttonClass } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { ThemeChoice } from './ThemeChoice';
import { useLocaleSwitch } from './useLocaleSwitch';

/** What is inside the account menu. */
export default function MenuContent() {
  const { t } = useLanguage();
  const { user } = useSession();
  const logout = useLogout();
  return (
    <div className="grid gap-4 p-4">
      {user ? (
        <div className="border-b border-line pb-3">
          <p className="truncate text-sm text-ink-2">{user.email}</p>
          <Link
            to="/account"
            className="-mx-2 mt-1 flex min-h-11 items-center gap-2 rounded px-2 font-semibold text-ink no-underline hover:bg-wash"
          >
            <UserRound aria-hidden="true" className="size-5" />
            {t('menu.account')}
          </Link>
          {user.role === 'admin' && (
            <Link
              to="/console"
              className="-mx-2 flex min-h-11 items-center gap-2 rounded px-2 font-semibold text-ink no-underline hover:bg-wash"
            >
              <ClipboardList aria-hidden="true" className="size-5" />
              {t('menu.console')}
            </Link>
          )}
        </div>
      ) : (
        <Link to="/signup" className={buttonClass('primary', 'sm:hidden!')}>
          {t('nav.signup')}
        </Link>
      )}
      <LanguageLinks />
      <ThemeChoice />
      {user && (
        <button
          type="button"
          className="-mx-2 flex min-h-11 items-center gap-2 rounded px-2 hover:bg-wash"
          onClick={() => logout.mutate('here', { onSuccess: () => location.assign('/') })}
        >
          <LogOut aria-hidden="true" className="size-5" />
          {t('menu.logout')}
        </button>
      )}
    </div>
  );
}

/** On the landing pages the language is the address; elsewhere it is the visitor's choice. */
function LanguageLinks() {
  const { t, locale } = useLanguage();
  const [pathname] = useLocation();
  const switchTo = useLocaleSwitch();
  if (pathname !== '/' && pathname !== '/en') {
    return (
      <Choice
        legend={t('menu.language')}
        name="menu-language"
        itemClass="flex-1"
        options={locales.map((value) => ({ value, label: localeNames[value] }))}
        value={locale}
        onChange={(next) => void switchTo(next)}
      />
    );
  }
  return (
    <div>
      <p className="mb-2 font-semibold">{t('menu.language')}</p>
      <div className="flex gap-2">
        {locales.map((value) => (
          <a
            key={value}
            href={value === 'en' ? '/en' : '/'}
            lang={value}
            aria-current={value === locale ? 'page' : undefined}
            onClick={() => rememberLocale(value)}
            className={buttonClass(
              'secondary',
              'flex-1 aria-[current]:border-cobalt aria-[current]:bg-wash aria-[current]:text-cobalt',
            )}
          >
            {localeNames[value]}
          </a>
        ))}
      </div>
    </div>
  );
}
