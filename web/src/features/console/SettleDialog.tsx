import { useAdminOrder, useAdminRefresh, useSettleReview } from '@/api/admin';
import type { AdminOrder, Review, ReviewAction } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Dialog } from '@/ui/Dialog';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { useValidForm } from '@/ui/useValidForm';
import { ActDialog } from './ActDialog';
import { ConsoleTrouble } from './ConsoleTrouble';
import { effectOf, isRefused } from './effect';
import { noted } from './money';

interface Props {
  item: Review;
  action: ReviewAction;
  onClose: () => void;
  onSettled: (text: string) => void;
}

/** Asks before a case is settled, in words about the customer's credits. */
export function SettleDialog(props: Props) {
  const { item, action, onClose } = props;
  const { t } = useLanguage();
  // What will happen depends on what the order is now, so it is asked for before anybody decides.
  const { data, error, refetch } = useAdminOrder(item.orderId);
  if (data) return <Question {...props} order={data.order} />;
  return (
    <Dialog title={t(`review.${action}`)} onClose={onClose}>
      {error ? (
        <ConsoleTrouble error={error} onRetry={() => void refetch()} className="mt-4" />
      ) : (
        <Skeleton className="mt-4 h-48" />
      )}
    </Dialog>
  );
}

function Question({ item, action, order, onClose, onSettled }: Props & { order: AdminOrder }) {
  const { t } = useLanguage();
  const settle = useSettleReview(item.id, item.orderId);
  const refresh = useAdminRefresh();
  const effect = effectOf(action, item.reason, order.status);
  const values = {
    email: order.email,
    count: order.credits,
    state: t(`order.${order.status}`),
  };
  const form = useValidForm(noted, ({ note }) =>
    settle.mutate({ action, note }, { onSuccess: () => onSettled(t(`settled.${action}`)) }),
  );
  return (
    <ActDialog
      title={`${t(`review.${action}`)}: ${t(`why.${item.reason}`)}`}
      verb={t(`review.${action}`)}
      look={action === 'reject' ? 'danger' : 'primary'}
      refused={isRefused(effect)}
      onClose={() => {
        onClose();
        if (settle.error) refresh();
      }}
      form={form}
      act={settle}
    >
      <Notice tone={isRefused(effect) ? 'warning' : 'info'}>{t(`effect.${effect}`, values)}</Notice>
    </ActDialog>
  );
}
