import { useSession } from '@/api/session';
import { ThemeChoice } from '@/app/ThemeChoice';
import { useLanguage } from '@/i18n';
import { ButtonLink } from '@/ui/Button';
import { usePageTitle } from '@/ui/usePageTitle';
import { History } from './History';
import { LanguageChoice } from './LanguageChoice';
import { Orders } from './Orders';
import { Profile } from './Profile';
import { SignOut } from './SignOut';
import { YourData } from './YourData';

/** The person, their orders, and every credit that came or went. */
export default function Account() {
  const { t, day } = useLanguage();
  usePageTitle(t('account.title'));
  const { user } = useSession();
  if (!user) return null;
  return (
    <div className="page grid gap-10 py-6 lg:grid-cols-[22rem_minmax(0,1fr)] lg:gap-14 lg:py-8">
      <div className="grid content-start gap-8">
        <div>
          <h1 className="text-3xl">{t('account.title')}</h1>
          <p className="mt-1 break-words text-ink-2">{user.email}</p>
          <p className="text-sm text-ink-2">{t('account.since', { day: day(user.createdAt) })}</p>
        </div>
        <Profile user={user} />
        <LanguageChoice />
        <ThemeChoice />
        <div className="flex flex-wrap gap-2 border-t border-line pt-6">
          <ButtonLink to="/account/security">{t('account.security')}</ButtonLink>
          <SignOut />
          <YourData />
        </div>
      </div>
      <div className="grid min-w-0 content-start gap-12">
        <Orders />
        <History />
      </div>
    </div>
  );
}
