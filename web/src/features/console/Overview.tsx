import clsx from 'clsx';
import { Link } from 'wouter';
import { useAdminSummary } from '@/api/admin';
import type { AdminSummary } from '@/api/types';
import { useLanguage, type MessageKey } from '@/i18n';
import { Skeleton } from '@/ui/Skeleton';
import { ConsoleTrouble } from './ConsoleTrouble';

const waiting = [
  { figure: 'openReviews', key: 'console.openReviews', to: '/console/reviews' },
  { figure: 'openRefunds', key: 'console.openRefunds', to: '/console/orders?status=refunding' },
  { figure: 'openOrders', key: 'console.openOrders', to: '/console/orders?status=pending' },
] as const;

const counts = [
  ['paidOrders', 'console.paidOrders'],
  ['accounts', 'console.accounts'],
  ['pictures', 'console.pictures'],
  ['creditsOutstanding', 'console.outstanding'],
] as const satisfies [keyof AdminSummary, MessageKey][];

/** How the business does; first what waits for a person. */
export function Overview() {
  const { t, number, vnd } = useLanguage();
  const { data, error, refetch } = useAdminSummary();
  if (!data) {
    return error ? (
      <ConsoleTrouble error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton className="h-72" />
    );
  }
  return (
    <div className="figures grid gap-10">
      <section aria-labelledby="waiting">
        <div className="rim" />
        <h2 id="waiting" className="mt-4 text-2xl">
          {t('console.waiting')}
        </h2>
        <ul className="mt-4 grid gap-3 sm:grid-cols-3">
          {waiting.map(({ figure, key, to }) => (
            <li key={figure}>
              <Waiting count={data[figure]} name={t(key)} to={to} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="figures">
        <div className="rim" />
        <h2 id="figures" className="mt-4 text-2xl">
          {t('console.figures')}
        </h2>
        <dl className="mt-4 grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
          <Figure name={t('console.revenue')} value={vnd(data.revenueVnd)} />
          <Figure name={t('console.refunded')} value={vnd(data.refundedVnd)} />
          {counts.map(([figure, key]) => (
            <Figure key={figure} name={t(key)} value={number(data[figure])} />
          ))}
        </dl>
        <p className="mt-6 text-sm text-ink-2">{t('console.figuresHint')}</p>
      </section>
    </div>
  );
}

function Waiting({ count, name, to }: { count: number; name: string; to: string }) {
  const { number } = useLanguage();
  const calls = count > 0;
  return (
    <Link
      to={to}
      className={clsx(
        'flex h-full flex-col border-l-3 p-4 text-ink no-underline hover:bg-wash',
        calls ? 'border-iron bg-iron-wash' : 'border-line bg-surface',
      )}
    >
      <span className={clsx('font-display text-3xl font-semibold', calls && 'text-iron')}>
        {number(count)}
      </span>
      <span>{name}</span>
    </Link>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="border-l-3 border-line pl-4">
      <dt className="text-ink-2">{name}</dt>
      <dd className="font-display text-2xl font-semibold">{value}</dd>
    </div>
  );
}
