import { useAdminAudit } from '@/api/admin';
import type { Act } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Ledgered } from '@/ui/Ledgered';
import { useErrorWords } from './errorWords';
import { OrderLink, UserLink } from './links';
import { Records, type Column } from './Records';

/** What operators did, newest first. */
export function Audit() {
  const { t, moment } = useLanguage();
  const query = useAdminAudit();
  const acts = query.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: Column[] = [
    { name: t('console.act') },
    { name: t('console.subject') },
    { name: t('console.detail') },
    { name: t('console.note') },
    { name: t('console.actor') },
    { name: t('orders.when'), tight: true },
  ];
  const rows = acts.map((act) => ({
    id: act.id,
    cells: [
      <span key="act" className="font-semibold">
        {t(`act.${act.action}`)}
      </span>,
      <Subject key="subject" act={act} />,
      act.detail,
      act.note,
      act.actor === 'command' ? t('console.commandLine') : <UserLink key="actor" id={act.actor} />,
      moment(act.createdAt),
    ],
  }));
  return (
    <Ledgered
      id="audit"
      title={t('console.audit')}
      empty={t('console.noActs')}
      count={acts.length}
      query={query}
      say={useErrorWords()}
    >
      <Records caption={t('console.audit')} columns={columns} rows={rows} />
    </Ledgered>
  );
}

/** Accounts are given to, everything else is done to an order. */
function Subject({ act }: { act: Act }) {
  return act.action === 'grant' || act.action === 'make-admin' ? (
    <UserLink id={act.subject} />
  ) : (
    <OrderLink id={act.subject} />
  );
}
