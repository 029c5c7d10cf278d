import clsx from 'clsx';
import { ReceiptText } from 'lucide-react';
import { Link } from 'wouter';
import { useOrders } from '@/api/orders';
import type { Order } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Ledgered } from '@/ui/Ledgered';
import { hasReceipt, stateInk } from '@/ui/orderState';
import { planName } from '@/ui/planName';
import { reasonText } from '@/ui/reasonText';
import { refundText } from '@/ui/refundText';

export function Orders() {
  const { t } = useLanguage();
  const query = useOrders();
  const orders = query.data?.pages.flatMap((page) => page.items as Order[]) ?? [];
  return (
    <Ledgered
      id="orders"
      title={t('orders.title')}
      empty={t('orders.empty')}
      count={orders.length}
      query={query}
    >
      <ul className="border-b border-line">
        {orders.map((order) => (
          <Row key={order.id} order={order} />
        ))}
      </ul>
    </Ledgered>
  );
}

function Row({ order }: { order: Order }) {
  const { t, vnd, moment } = useLanguage();
  return (
    <li className="border-t border-line">
      <Link
        to={`/billing/result/${order.id}`}
        className="figures grid min-h-16 grid-cols-[1fr_auto] items-center gap-x-4 px-2 py-3 text-ink no-underline hover:bg-wash sm:grid-cols-[1fr_9rem_8rem]"
      >
        <span>
          <span className="block font-semibold">
            {planName(t, order.planId)} · {t('credits.count', { count: order.credits })}
          </span>
          <span className="block text-sm text-ink-2">{moment(order.createdAt)}</span>
        </span>
        <span className="order-3 col-span-2 text-sm sm:order-2 sm:col-span-1">
          <span className={clsx('font-semibold', stateInk[order.status])}>
            {t(`order.${order.status}`)}
          </span>
          {order.reason && <span className="sr-only">: {reasonText(t, order.reason)}</span>}
        </span>
        <span className="order-2 text-right font-semibold sm:order-3">{vnd(order.amountVnd)}</span>
      </Link>
      <Afterwards order={order} />
    </li>
  );
}

/** What came after the payment: its receipt, and a refund. */
function Afterwards({ order }: { order: Order }) {
  const language = useLanguage();
  const { t, moment } = language;
  if (!hasReceipt(order.status)) return null;
  return (
    <div className="figures -mt-2 flex flex-wrap items-center gap-x-6 px-2 pb-1">
      <Link
        to={`/billing/receipt/${order.id}`}
        className="inline-flex min-h-11 items-center gap-2 font-semibold text-cobalt"
      >
        <ReceiptText aria-hidden="true" className="size-5" />
        {t('orders.receipt')}
        <span className="sr-only"> {moment(order.createdAt)}</span>
      </Link>
      {order.refund && (
        <p className="pb-2 text-sm text-ink-2 sm:pb-0">{refundText(language, order.refund)}</p>
      )}
    </div>
  );
}
