import clsx from 'clsx';
import { useLedger } from '@/api/ledger';
import type { LedgerEntry } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Ledgered } from '@/ui/Ledgered';

/** The credit book: every movement with its reason and the balance after it. */
export function History() {
  const { t } = useLanguage();
  const query = useLedger();
  const entries = query.data?.pages.flatMap((page) => page.items as LedgerEntry[]) ?? [];
  return (
    <Ledgered
      id="history"
      title={t('ledger.title')}
      empty={t('ledger.empty')}
      count={entries.length}
      query={query}
    >
      <table className="figures w-full">
        <caption className="sr-only">{t('ledger.title')}</caption>
        <thead>
          <tr className="border-b border-line text-left text-sm text-ink-2">
            <th scope="col" className="px-2 py-2 font-normal">
              {t('ledger.what')}
            </th>
            <th scope="col" className="px-2 py-2 text-right font-normal">
              {t('ledger.delta')}
            </th>
            <th scope="col" className="px-2 py-2 text-right font-normal">
              {t('ledger.balance')}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </Ledgered>
  );
}

function Row({ entry }: { entry: LedgerEntry }) {
  const { t, signed, number, moment } = useLanguage();
  return (
    <tr className="border-b border-line">
      <td className="px-2 py-3">
        <span className="block">{t(`ledger.${entry.kind}`)}</span>
        <span className="block text-sm text-ink-2">
          {entry.note ? `${moment(entry.createdAt)} · ${entry.note}` : moment(entry.createdAt)}
        </span>
      </td>
      <td className={clsx('px-2 py-3 text-right font-semibold', entry.delta > 0 && 'text-celadon')}>
        {signed(entry.delta)}
      </td>
      <td className="px-2 py-3 text-right">{number(entry.balanceAfter)}</td>
    </tr>
  );
}
