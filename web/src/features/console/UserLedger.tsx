import clsx from 'clsx';
import { useAdminLedger } from '@/api/admin';
import type { LedgerEntry } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Ledgered } from '@/ui/Ledgered';
import { useErrorWords } from './errorWords';
import { OrderLink } from './links';
import { Records, type Column } from './Records';

/** Every movement of somebody's credits, with what caused it. */
export function UserLedger({ id }: { id: string }) {
  const { t, signed, number, moment } = useLanguage();
  const query = useAdminLedger(id);
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: Column[] = [
    { name: t('ledger.what') },
    { name: t('ledger.delta'), right: true },
    { name: t('ledger.balance'), right: true },
    { name: t('orders.when'), tight: true },
    { name: t('console.cause') },
    { name: t('console.note') },
  ];
  const rows = entries.map((entry) => ({
    id: entry.id,
    cells: [
      t(`ledger.${entry.kind}`),
      <span key="delta" className={clsx('font-semibold', entry.delta > 0 && 'text-celadon')}>
        {signed(entry.delta)}
      </span>,
      number(entry.balanceAfter),
      moment(entry.createdAt),
      <Cause key="cause" entry={entry} />,
      entry.note,
    ],
  }));
  return (
    <Ledgered
      id="ledger"
      title={t('ledger.title')}
      empty={t('ledger.empty')}
      count={entries.length}
      query={query}
      say={useErrorWords()}
    >
      <Records caption={t('ledger.title')} columns={columns} rows={rows} />
    </Ledgered>
  );
}

function Cause({ entry }: { entry: LedgerEntry }) {
  if (entry.kind === 'purchase') return <OrderLink id={entry.ref} />;
  return <span className="text-sm break-all text-ink-2">{entry.ref}</span>;
}
