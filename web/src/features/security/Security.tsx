import { ChevronLeft } from 'lucide-react';
import { Link } from 'wouter';
import { useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { usePageTitle } from '@/ui/usePageTitle';
import { EmailChange } from './EmailChange';
import { PasswordChange } from './PasswordChange';
import { Sessions } from './Sessions';
import { TwoStep } from './TwoStep';

/** What keeps the account its owner's: the password, the address, the second step, the devices. */
export default function Security() {
  const { t } = useLanguage();
  usePageTitle(t('security.title'));
  const { user } = useSession();
  if (!user) return null;
  return (
    <div className="page group max-w-3xl py-6 lg:py-8">
      <Link
        to="/account"
        className="-ml-1 inline-flex min-h-11 items-center gap-1 font-semibold text-cobalt print:hidden"
      >
        <ChevronLeft aria-hidden="true" className="size-5" />
        {t('nav.account')}
      </Link>
      <h1 className="text-3xl">{t('security.title')}</h1>
      <div className="mt-8 grid gap-10">
        <PasswordChange />
        <EmailChange user={user} />
        <TwoStep user={user} />
        <Sessions />
      </div>
    </div>
  );
}
