import { useState } from 'react';
import { useCloseRefund } from '@/api/admin';
import type { AdminOrder, RefundOutcome } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Choice } from '@/ui/Choice';
import { Notice } from '@/ui/Notice';
import { useValidForm } from '@/ui/useValidForm';
import { ActDialog } from './ActDialog';
import { noted } from './money';

interface Props {
  order: AdminOrder;
  onClose: () => void;
  onDone: (text: string) => void;
}

/** Ends a refund on a person's word. */
export function CloseRefundDialog({ order, onClose, onDone }: Props) {
  const { t, vnd } = useLanguage();
  const [outcome, choose] = useState<RefundOutcome>('done');
  const close = useCloseRefund(order.id);
  const form = useValidForm(noted, ({ note }) =>
    close.mutate({ outcome, note }, { onSuccess: () => onDone(t(`closed.${outcome}`)) }),
  );
  const refund = order.refund;
  return (
    <ActDialog
      title={t('console.toClose')}
      verb={t('console.toClose')}
      look={outcome === 'rejected' ? 'danger' : 'primary'}
      onClose={onClose}
      form={form}
      act={close}
    >
      <p className="text-ink-2">{t('console.closeText')}</p>
      <Choice
        legend={t('console.outcome')}
        name="outcome"
        itemClass="flex-1"
        options={[
          { value: 'done', label: t('outcome.done') },
          { value: 'rejected', label: t('outcome.rejected') },
        ]}
        value={outcome}
        onChange={choose}
      />
      <div role="status">
        <Notice tone={outcome === 'done' ? 'info' : 'warning'}>
          {t(`closing.${outcome}`, {
            email: order.email,
            amount: vnd(refund?.amountVnd ?? order.amountVnd),
            count: refund?.credits ?? order.credits,
          })}
        </Notice>
      </div>
    </ActDialog>
  );
}
