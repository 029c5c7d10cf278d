import { useState } from 'react';
import type { Review, ReviewAction } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { EvidenceTable } from './EvidenceTable';
import { OrderLink } from './links';
import { SettleDialog } from './SettleDialog';

interface Props {
  item: Review;
  /** Told what was decided once it is done. */
  onSettled: (text: string) => void;
  /** On the order's own page its number says nothing new. */
  hideOrder?: boolean;
}

/** One case: why it is here, what the gateway said, and what can be decided. */
export function ReviewCase({ item, onSettled, hideOrder = false }: Props) {
  const { t, moment } = useLanguage();
  const [asking, ask] = useState<ReviewAction | null>(null);
  const why = t(`why.${item.reason}`);
  return (
    <article aria-label={`${why}, ${item.orderId}`} className="border border-line bg-surface p-4">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="text-lg font-semibold">{why}</h3>
        <p className="text-sm text-ink-2">{moment(item.createdAt)}</p>
      </header>
      {!hideOrder && (
        <p>
          {t('orders.id')} <OrderLink id={item.orderId} />
        </p>
      )}
      <details className="mt-2" open={item.settledAt === undefined}>
        <summary className="min-h-8 py-1 font-semibold text-cobalt">
          {t('console.evidence')}
        </summary>
        <EvidenceTable text={item.evidence} />
      </details>
      {item.settledAt === undefined ? (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button look="primary" onClick={() => ask('approve')}>
            {t('review.approve')}
          </Button>
          <Button look="danger" onClick={() => ask('reject')}>
            {t('review.reject')}
          </Button>
          <Button onClick={() => ask('dismiss')}>{t('review.dismiss')}</Button>
        </div>
      ) : (
        <p className="mt-3 border-l-3 border-celadon pl-3">
          <span className="font-semibold">
            {t('console.settled', {
              decision: t(`settled.${item.resolution ?? 'dismiss'}`),
              moment: moment(item.settledAt),
            })}
          </span>
          {item.note && <span className="block break-words">{item.note}</span>}
        </p>
      )}
      {asking && (
        <SettleDialog
          item={item}
          action={asking}
          onClose={() => ask(null)}
          onSettled={(text) => {
            ask(null);
            onSettled(text);
          }}
        />
      )}
    </article>
  );
}
