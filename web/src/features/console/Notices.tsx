import type { GatewayNotice } from '@/api/types';
import { useLanguage, type MessageKey } from '@/i18n';
import { EvidenceTable } from './EvidenceTable';

const verdicts: Record<string, MessageKey> = {
  paid: 'verdict.paid',
  pending: 'verdict.pending',
  failed: 'verdict.failed',
  expired: 'verdict.expired',
  review: 'verdict.review',
  refunded: 'verdict.refunded',
  refund_rejected: 'verdict.refundRejected',
};

/** What the gateway said about an order, oldest first. */
export function Notices({ notices }: { notices: readonly GatewayNotice[] }) {
  const { t, moment } = useLanguage();
  return (
    <ol className="grid gap-3">
      {notices.map(({ verdict, evidence, createdAt }) => {
        const key = verdicts[verdict];
        return (
          <li key={`${createdAt} ${evidence}`} className="border border-line bg-surface p-4">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-semibold">{key ? t(key) : verdict}</span>
              <span className="text-sm text-ink-2">{moment(createdAt)}</span>
            </p>
            <details className="mt-1">
              <summary className="min-h-8 py-1 font-semibold text-cobalt">
                {t('console.evidence')}
              </summary>
              <EvidenceTable text={evidence} />
            </details>
          </li>
        );
      })}
    </ol>
  );
}
