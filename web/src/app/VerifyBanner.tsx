import { MailOpen } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useMailedCodes } from '@/api/session';
import type { User } from '@/api/types';
import { useLanguage } from '@/i18n';
import { ResendLetter } from './ResendLetter';

/** Stands over every page until the letter to the own address has been answered. */
export default function VerifyBanner({ user }: { user: User }) {
  const { t } = useLanguage();
  const [path] = useLocation();
  const codes = useMailedCodes();
  const look = 'inline-flex min-h-11 items-center font-semibold text-cobalt';
  return (
    <section aria-label={t('verify.title')} className="border-b border-line bg-wash print:hidden">
      <div className="page flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
        <div className="flex min-w-0 flex-1 basis-72 items-start gap-2 text-sm">
          <MailOpen aria-hidden="true" className="size-5 shrink-0 text-cobalt" />
          <div className="min-w-0 break-words">
            <p>{t(codes ? 'verify.bannerCode' : 'verify.banner', { email: user.email })}</p>
            {user.giftPending > 0 && (
              <p className="font-semibold">{t('verify.waiting', { count: user.giftPending })}</p>
            )}
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-x-3">
          {codes && path !== '/verify-email' && (
            <Link to="/verify-email" className={look}>
              {t('verify.code')}
            </Link>
          )}
          <ResendLetter />
          {path !== '/account/security' && (
            <Link to="/account/security" className={look}>
              {t('verify.other')}
            </Link>
          )}
        </div>
      </div>
    </section>
  );
}
