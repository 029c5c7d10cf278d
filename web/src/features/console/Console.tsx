import clsx from 'clsx';
import { useEffect, useRef } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import NotFound from '@/app/NotFound';
import { useLanguage } from '@/i18n';
import { usePageTitle } from '@/ui/usePageTitle';
import { Audit } from './Audit';
import { OrderPage } from './OrderPage';
import { Orders } from './Orders';
import { Overview } from './Overview';
import { Reviews } from './Reviews';
import { UserPage } from './UserPage';
import { Users } from './Users';

const tabs = [
  { to: '/console', key: 'console.overview' },
  { to: '/console/reviews', key: 'console.reviews' },
  { to: '/console/orders', key: 'console.orders' },
  { to: '/console/users', key: 'console.users' },
  { to: '/console/audit', key: 'console.audit' },
] as const;

const isAt = (path: string, to: string): boolean =>
  path === to || (to !== '/console' && path.startsWith(`${to}/`));

/** The operators' desk: each part has its own address. */
export default function Console() {
  const { t } = useLanguage();
  const [path] = useLocation();
  const tab = tabs.find(({ to }) => isAt(path, to));
  usePageTitle(tab ? `${t(tab.key)} · ${t('console.title')}` : t('console.title'));
  const part = useRef<HTMLDivElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    // The link that led here may be gone: the focus must not be.
    if (document.activeElement !== document.body) return;
    part.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [path]);
  if (!tab) return <NotFound />;
  return (
    <div className="page py-6 lg:py-8">
      <h1 className="text-3xl">{t('console.title')}</h1>
      <nav aria-label={t('console.title')} className="mt-4 flex flex-wrap border-b border-line">
        {tabs.map(({ to, key }) => (
          <Link
            key={to}
            to={to}
            aria-current={isAt(path, to) ? 'page' : undefined}
            className={clsx(
              'flex min-h-11 items-center border-b-3 px-3 no-underline transition-colors duration-120',
              isAt(path, to)
                ? 'border-cobalt font-semibold text-ink'
                : 'border-transparent text-ink-2 hover:text-ink',
            )}
          >
            {t(key)}
          </Link>
        ))}
      </nav>
      <div ref={part} tabIndex={-1} className="mt-8 outline-none">
        <Switch>
          <Route path="/console" component={Overview} />
          <Route path="/console/reviews" component={Reviews} />
          <Route path="/console/orders" component={Orders} />
          <Route path="/console/orders/:id">{({ id }) => <OrderPage key={id} id={id} />}</Route>
          <Route path="/console/users" component={Users} />
          <Route path="/console/users/:id">{({ id }) => <UserPage key={id} id={id} />}</Route>
          <Route path="/console/audit" component={Audit} />
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </div>
    </div>
  );
}
