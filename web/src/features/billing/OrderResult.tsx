import { useEffect, useState } from 'react';
import { useParams } from 'wouter';
import { useCredits } from '@/api/credits';
import { orderWatch, useOrder } from '@/api/orders';
import type { Order } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Button, ButtonLink } from '@/ui/Button';
import { hasReceipt } from '@/ui/orderState';
import { planName } from '@/ui/planName';
import { reasonText } from '@/ui/reasonText';
import { refundText } from '@/ui/refundText';
import { Skeleton } from '@/ui/Skeleton';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { goToPayment } from './goToPayment';
import { ResultFrame } from './ResultFrame';
import { usePay } from './usePay';

/** What became of an order; a pending one is watched until it settles. */
export default function OrderResult() {
  const { t } = useLanguage();
  usePageTitle(t('result.title'));
  const { id = '' } = useParams<'/billing/result/:id'>();
  const { data: order, error, refetch, dataUpdatedAt } = useOrder(id);
  if (order) return <Result order={order} refetch={() => void refetch()} seen={dataUpdatedAt} />;
  return (
    <div className="page max-w-2xl! py-12">
      {error ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton className="h-96" />
      )}
      {error && (
        <ButtonLink to="/billing" className="mt-4">
          {t('result.toBilling')}
        </ButtonLink>
      )}
    </div>
  );
}

function Result({ order, refetch, seen }: { order: Order; refetch: () => void; seen: number }) {
  const { t } = useLanguage();
  const { data: credits, refetch: askBalance } = useCredits();
  const { status } = order;
  useEffect(() => {
    if (status === 'paid') void askBalance();
  }, [status, askBalance]);
  const [opened] = useState(() => Date.now());
  const long = status === 'pending' && seen - opened > orderWatch.everyMs * (orderWatch.times - 2);
  const text: Record<Order['status'], string> = {
    paid: t('result.paidText', {
      count: order.credits,
      balance: credits?.credits ?? order.credits,
    }),
    pending: t(long ? 'result.pendingLong' : 'result.pendingText'),
    failed: reasonText(t, order.reason),
    expired: t('result.expiredText'),
    refunding: t('result.refundingText'),
    refunded: t('result.refundedText'),
    review: order.reason ? reasonText(t, order.reason) : t('result.reviewText'),
  };
  return (
    <ResultFrame
      state={status}
      title={t(`result.${status}`)}
      text={text[status]}
      actions={<Actions order={order} refetch={refetch} />}
    >
      <Summary order={order} />
    </ResultFrame>
  );
}

function Summary({ order }: { order: Order }) {
  const language = useLanguage();
  const { t, vnd, moment } = language;
  const rows: [string, string][] = [
    [
      t('billing.plan'),
      `${planName(t, order.planId)} · ${t('credits.count', { count: order.credits })}`,
    ],
    [t('billing.total'), vnd(order.amountVnd)],
    [t('orders.when'), moment(order.paidAt ?? order.createdAt)],
    [t('orders.id'), order.id],
  ];
  if (order.refund) rows.push([t('result.refund'), refundText(language, order.refund)]);
  if (order.vnpTransactionNo) rows.push([t('orders.vnpay'), order.vnpTransactionNo]);
  return (
    <dl className="figures mt-8 border-b border-line">
      {rows.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-6 border-t border-line py-2.5">
          <dt className="shrink-0 text-ink-2">{name}</dt>
          <dd className="min-w-0 text-right break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Actions({ order, refetch }: { order: Order; refetch: () => void }) {
  const { t, vnd } = useLanguage();
  const { pay, busy, error } = usePay();
  if (hasReceipt(order.status)) {
    return (
      <>
        <ButtonLink look="primary" to="/studio">
          {t('result.toStudio')}
        </ButtonLink>
        <ButtonLink to={`/billing/receipt/${order.id}`}>{t('result.receipt')}</ButtonLink>
        <ButtonLink to="/account">{t('result.toOrders')}</ButtonLink>
      </>
    );
  }
  if (order.status === 'pending' || order.status === 'review') {
    const { paymentUrl } = order;
    return (
      <>
        {paymentUrl && (
          <Button look="primary" onClick={() => goToPayment(paymentUrl)}>
            {t('open.finish')}
          </Button>
        )}
        <Button onClick={refetch}>{t('result.askAgain')}</Button>
        <ButtonLink look="quiet" to="/studio">
          {t('result.toStudio')}
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      {error !== null && <Trouble error={error} className="w-full" />}
      <Button look="primary" busy={busy} data-testid="pay-again" onClick={() => pay(order.planId)}>
        {t('result.again', { amount: vnd(order.amountVnd) })}
      </Button>
      <ButtonLink to={`/billing?plan=${order.planId}`}>{t('result.otherPlan')}</ButtonLink>
      <ButtonLink look="quiet" to="/studio">
        {t('result.toStudio')}
      </ButtonLink>
    </>
  );
}
