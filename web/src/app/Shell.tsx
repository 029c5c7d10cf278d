import clsx from 'clsx';
import { CircleUser, Frame, Images, WifiOff, Wallet } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useSession } from '@/api/session';
import type { User } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Mark } from '@/ui/Mark';
import { useOnline } from '@/ui/useOnline';
import { AccountMenu } from './AccountMenu';
import { Balance } from './Balance';
import { loadVerifyBanner, pageAt } from './pages';

const places = [
  { to: '/studio', key: 'nav.studio', icon: Frame },
  { to: '/gallery', key: 'nav.gallery', icon: Images },
  { to: '/billing', key: 'nav.billing', icon: Wallet },
] as const;

/** The header, the phone's bottom bar, and what is between them. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const { user } = useSession();
  return (
    <div
      className={clsx('flex min-h-dvh flex-col', 'print:block print:p-0', user && 'pb-16 sm:pb-0')}
    >
      <a
        href="#main"
        className="sr-only z-50 bg-surface p-3 font-semibold focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('nav.skip')}
      </a>
      <Header />
      <OfflineNote />
      {user?.emailVerified === false && <AskToVerify user={user} />}
      <Main>{children}</Main>
      {user && <BottomBar />}
    </div>
  );
}

function Main({ children }: { children: ReactNode }) {
  const [pathname] = useLocation();
  const element = useRef<HTMLElement>(null);
  const page = pageAt(pathname);
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    // A new page: start at its top and let screen readers begin there.
    shown.current = page;
    scrollTo(0, 0);
    element.current?.focus({ preventScroll: true });
  }, [page]);
  return (
    <main id="main" ref={element} tabIndex={-1} className="flex-1 print:block">
      {children}
    </main>
  );
}

function Header() {
  const { t, locale } = useLanguage();
  const { user } = useSession();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-surface print:hidden">
      <div className="page flex h-15 items-center gap-2 sm:gap-6">
        <Link
          to={user ? '/studio' : locale === 'en' ? '/en' : '/'}
          className="-ml-1 flex min-h-11 items-center gap-2.5 px-1 font-display text-xl font-semibold text-ink no-underline"
        >
          <Mark className="size-7 text-cobalt" />
          <span>{t('brand')}</span>
        </Link>
        {user && <TopNav />}
        <div className="ml-auto flex min-w-40 items-center justify-end gap-1 sm:gap-2">
          {user ? <Balance /> : null}
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}

function TopNav() {
  const { t } = useLanguage();
  return (
    <nav aria-label={t('nav.main')} className="hidden gap-1 sm:flex">
      {places.map(({ to, key }) => (
        <PlaceLink
          key={to}
          to={to}
          look={(isActive) =>
            clsx(
              'flex h-15 items-center border-y-3 border-t-transparent px-3 no-underline transition-colors duration-120',
              isActive
                ? 'border-b-cobalt font-semibold text-ink'
                : 'border-b-transparent text-ink-2 hover:text-ink',
            )
          }
        >
          {t(key)}
        </PlaceLink>
      ))}
    </nav>
  );
}

function BottomBar() {
  const { t } = useLanguage();
  return (
    <nav
      aria-label={t('nav.main')}
      className="fixed inset-x-0 bottom-0 z-20 grid grid-cols-4 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden print:hidden"
    >
      {[...places, { to: '/account', key: 'nav.account', icon: CircleUser } as const].map(
        ({ to, key, icon: Icon }) => (
          <PlaceLink
            key={to}
            to={to}
            look={(isActive) =>
              clsx(
                'flex h-16 flex-col items-center justify-center gap-0.5 border-t-3 text-sm no-underline',
                isActive
                  ? 'border-cobalt font-semibold text-cobalt'
                  : 'border-transparent text-ink-2',
              )
            }
          >
            <Icon aria-hidden="true" className="size-5" />
            {t(key)}
          </PlaceLink>
        ),
      )}
    </nav>
  );
}

const VerifyBanner = lazy(loadVerifyBanner);
/** The front page is for guests, and the page of the letter says it all itself. */
const withoutBanner = new Set(['landing', 'verifyEmail']);

function AskToVerify({ user }: { user: User }) {
  const [pathname] = useLocation();
  if (withoutBanner.has(pageAt(pathname) ?? '')) return null;
  // As high as it will be for most addresses.
  const place = user.giftPending > 0 ? 'h-32' : 'h-27';
  return (
    <Suspense fallback={<div className={clsx(place, 'border-b border-line bg-wash sm:h-15')} />}>
      <VerifyBanner user={user} />
    </Suspense>
  );
}

function OfflineNote() {
  const { t } = useLanguage();
  const online = useOnline();
  return (
    <div role="status" className="print:hidden">
      {!online && (
        <p className="bg-iron-wash text-iron">
          <span className="page flex items-center gap-2 py-2 font-semibold">
            <WifiOff aria-hidden="true" className="size-5 shrink-0" />
            {t('shell.offline')}
          </span>
        </p>
      )}
    </div>
  );
}

interface PlaceProps {
  to: string;
  look: (active: boolean) => string;
  children: ReactNode;
}

/** A link that knows whether the visitor is at its place, or deeper in it. */
function PlaceLink({ to, look, children }: PlaceProps) {
  const [path] = useLocation();
  const active = path === to || path.startsWith(`${to}/`);
  return (
    <Link to={to} aria-current={active ? 'page' : undefined} className={look(active)}>
      {children}
    </Link>
  );
}
