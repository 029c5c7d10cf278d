import { useState } from 'react';
import { useRefundOrder } from '@/api/admin';
import { problemOf } from '@/api/problem';
import type { AdminOrder } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Choice } from '@/ui/Choice';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { useValidForm } from '@/ui/useValidForm';
import { ActDialog } from './ActDialog';
import { noted, partialRefund, refundAmount } from './money';

interface Props {
  order: AdminOrder;
  onClose: () => void;
  onDone: (text: string) => void;
}

/** Pays an order back, wholly or for some of its credits; the amount is shown before it is sent. */
export function RefundDialog({ order, onClose, onDone }: Props) {
  const { t, vnd, number } = useLanguage();
  const [part, choosePart] = useState<'all' | 'some'>('all');
  const [typed, setTyped] = useState('');
  const refund = useRefundOrder(order.id);
  const credits = part === 'all' ? order.credits : Number(typed);
  const sound = Number.isInteger(credits) && credits >= 1 && credits <= order.credits;
  const amount = sound ? vnd(refundAmount(order, credits)) : '–';
  const form = useValidForm(part === 'all' ? noted : partialRefund(order), (wish) =>
    refund.mutate(wish, { onSuccess: () => onDone(t('console.refundAsked', { amount })) }),
  );
  const creditsError = form.errors['credits'] ?? problemOf(refund.error).fields['credits'];
  return (
    <ActDialog
      title={t('console.toRefund')}
      verb={t('console.sendRefund', { amount })}
      look="danger"
      onClose={onClose}
      form={form}
      act={refund}
    >
      <Choice
        legend={t('console.howMuch')}
        name="part"
        itemClass="flex-1"
        options={[
          { value: 'all', label: t('console.wholeOrder') },
          { value: 'some', label: t('console.someCredits') },
        ]}
        value={part}
        onChange={choosePart}
      />
      {part === 'some' && (
        <Field
          label={t('console.refundCredits')}
          name="credits"
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value.replace(/\D/g, ''))}
          hint={t('console.refundHint', { most: number(order.credits) })}
          error={creditsError && t('console.creditsWrong', { most: number(order.credits) })}
        />
      )}
      <div role="status">
        <Notice tone="info">
          {sound
            ? t('console.refundEffect', { email: order.email, amount, count: credits })
            : t('console.refundMissing')}
        </Notice>
      </div>
    </ActDialog>
  );
}
