import { useState, type ReactNode } from 'react';
import { useAdminOrder, useCheckOrder } from '@/api/admin';
import type { AdminOrder, AdminOrderDetail, PlanId } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Button, ButtonLink } from '@/ui/Button';
import { planName } from '@/ui/planName';
import { refundText } from '@/ui/refundText';
import { Skeleton } from '@/ui/Skeleton';
import { CloseRefundDialog } from './CloseRefundDialog';
import { ConsoleTrouble } from './ConsoleTrouble';
import { Done } from './Done';
import { Facts, type Fact } from './Facts';
import { UserLink } from './links';
import { Notices } from './Notices';
import { OrderState } from './OrderState';
import { RefundDialog } from './RefundDialog';
import { ReviewCase } from './ReviewCase';

/** One order with all that is known of it, and what can be done about it. */
export function OrderPage({ id }: { id: string }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useAdminOrder(id);
  return (
    <section aria-labelledby="order-title">
      <div className="rim" />
      <h2 id="order-title" className="mt-4 text-2xl break-all">
        {t('console.order', { id })}
      </h2>
      {data && <Detail detail={data} />}
      {!data && error && (
        <>
          <ConsoleTrouble error={error} onRetry={() => void refetch()} className="mt-4" />
          <ButtonLink to="/console/orders" className="mt-4">
            {t('console.toOrders')}
          </ButtonLink>
        </>
      )}
      {!data && !error && <Skeleton className="mt-4 h-96" />}
    </section>
  );
}

function Detail({ detail }: { detail: AdminOrderDetail }) {
  const { t } = useLanguage();
  const { order, reviews, notices } = detail;
  const [done, setDone] = useState<{ text: string; serial: number } | null>(null);
  const tell = (text: string) => setDone((last) => ({ text, serial: (last?.serial ?? 0) + 1 }));
  return (
    <div className="mt-4">
      {done && <Done key={done.serial}>{done.text}</Done>}
      <div className="grid gap-10 lg:grid-cols-2 lg:gap-14">
        <div className="min-w-0">
          <OrderFacts order={order} />
          <Acts order={order} tell={tell} />
        </div>
        <div className="grid min-w-0 content-start gap-8">
          <Part title={t('console.reviews')} empty={reviews.length === 0 && t('console.noReviews')}>
            {reviews.map((item) => (
              <ReviewCase key={item.id} item={item} hideOrder onSettled={tell} />
            ))}
          </Part>
          <Part title={t('console.notices')} empty={notices.length === 0 && t('console.noNotices')}>
            <Notices notices={notices} />
          </Part>
        </div>
      </div>
    </div>
  );
}

interface PartProps {
  title: string;
  /** Said when there is nothing. */
  empty: string | false;
  children: ReactNode;
}

function Part({ title, empty, children }: PartProps) {
  return (
    <div className="grid gap-3">
      <h3 className="text-xl font-semibold">{title}</h3>
      {empty === false ? children : <p className="text-ink-2">{empty}</p>}
    </div>
  );
}

function OrderFacts({ order }: { order: AdminOrder }) {
  const language = useLanguage();
  const { t, vnd, moment } = language;
  const facts: Fact[] = [
    [t('console.state'), <OrderState key="state" order={order} />],
    [t('console.refund'), order.refund && refundText(language, order.refund)],
    [t('console.refundReason'), order.refund?.reason],
    [
      t('console.customer'),
      <UserLink key="user" id={order.userId}>
        {order.email}
      </UserLink>,
    ],
    [t('console.plan'), planName(t, order.planId as PlanId)],
    [t('console.credits'), t('credits.count', { count: order.credits })],
    [t('console.amount'), vnd(order.amountVnd)],
    [t('console.created'), moment(order.createdAt)],
    [t('console.expires'), moment(order.expiresAt)],
    [t('console.paid'), order.paidAt && moment(order.paidAt)],
    [t('console.bank'), order.bankCode],
    [t('orders.vnpay'), order.vnpTransactionNo],
  ];
  return <Facts facts={facts} />;
}

function Acts({ order, tell }: { order: AdminOrder; tell: (text: string) => void }) {
  const { t } = useLanguage();
  const check = useCheckOrder(order.id);
  const [asking, ask] = useState<'refund' | 'close' | null>(null);
  const finish = (text: string) => {
    ask(null);
    tell(text);
  };
  const askGateway = () =>
    check.mutate(undefined, {
      onSuccess: (after) => tell(t('console.checked', { state: t(`order.${after.order.status}`) })),
    });
  return (
    <div className="mt-6 flex flex-wrap gap-2">
      <Button busy={check.isPending} onClick={askGateway}>
        {t(check.isPending ? 'console.checking' : 'console.check')}
      </Button>
      {order.status === 'paid' && (
        <Button look="danger" onClick={() => ask('refund')}>
          {t('console.toRefund')}
        </Button>
      )}
      {order.status === 'refunding' && (
        <Button onClick={() => ask('close')}>{t('console.toClose')}</Button>
      )}
      {check.error && <ConsoleTrouble error={check.error} className="w-full" />}
      {asking === 'refund' && (
        <RefundDialog order={order} onClose={() => ask(null)} onDone={finish} />
      )}
      {asking === 'close' && (
        <CloseRefundDialog order={order} onClose={() => ask(null)} onDone={finish} />
      )}
    </div>
  );
}
