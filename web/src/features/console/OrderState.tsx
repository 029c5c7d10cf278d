import clsx from 'clsx';
import type { AdminOrder } from '@/api/types';
import { useLanguage } from '@/i18n';
import { stateInk } from '@/ui/orderState';

/** An order's state and, in a few words, why. */
export function OrderState({ order }: { order: Pick<AdminOrder, 'status' | 'reason'> }) {
  const { t } = useLanguage();
  return (
    <span>
      <span className={clsx('font-semibold', stateInk[order.status])}>
        {t(`order.${order.status}`)}
      </span>
      {order.reason && <span className="block text-sm text-ink-2">{t(`why.${order.reason}`)}</span>}
    </span>
  );
}
