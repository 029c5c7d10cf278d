import { ChevronDown, UserRound } from 'lucide-react';
import { lazy, Suspense, useRef, useState, type MouseEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { buttonClass } from '@/ui/Button';

// Opened by few visits: its code comes when it is first reached for.
const loadContent = () => import('./MenuContent');
const MenuContent = lazy(loadContent);

/** Everything about the person and the look of the site, behind one button. */
export function AccountMenu() {
  const { user } = useSession();
  const [pathname] = useLocation();
  // The landing pages are prerendered for guests; elsewhere nothing is shown until the answer is
  // there.
  const guest = user === null || (user === undefined && (pathname === '/' || pathname === '/en'));
  return (
    <>
      {guest && <GuestLinks />}
      <MenuButton name={user?.name || user?.email} />
    </>
  );
}

function GuestLinks() {
  const { t } = useLanguage();
  const [pathname] = useLocation();
  return (
    <>
      {pathname !== '/login' && (
        <Link
          to="/login"
          className="flex min-h-11 items-center rounded px-2 font-semibold text-cobalt no-underline hover:bg-wash sm:px-3"
        >
          {t('nav.login')}
        </Link>
      )}
      {pathname !== '/signup' && (
        <Link to="/signup" className={buttonClass('primary', 'hidden! sm:inline-flex!')}>
          {t('nav.signup')}
        </Link>
      )}
    </>
  );
}

function MenuButton({ name }: { name: string | undefined }) {
  const { t } = useLanguage();
  const panel = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);
  // A link inside leads away: the menu has done its work.
  const closeOnLink = (event: MouseEvent) => {
    if ((event.target as Element).closest('a,button')) panel.current?.hidePopover();
  };
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        onPointerEnter={() => void loadContent()}
        onFocus={() => void loadContent()}
        className="flex min-h-11 min-w-11 items-center justify-center gap-1.5 rounded px-2 hover:bg-wash"
      >
        <UserRound aria-hidden="true" className="size-5" />
        <span className={name ? 'hidden max-w-32 truncate lg:inline' : 'sr-only'}>
          {name ?? t('menu.open')}
        </span>
        <span className="sr-only">{name && t('menu.open')}</span>
        <ChevronDown aria-hidden="true" className="hidden size-4 sm:block" />
      </button>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- only listens to its buttons and links */}
      <div
        id="account-menu"
        ref={panel}
        popover="auto"
        className="menu"
        onClick={closeOnLink}
        onToggle={() => setOpened(true)}
      >
        <Suspense fallback={null}>{opened && <MenuContent />}</Suspense>
      </div>
    </>
  );
}
