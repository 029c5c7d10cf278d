import { useState } from 'react';
import { useOrders } from '@/api/orders';
import type { Order } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { goToPayment } from './goToPayment';

/** How many of the newest orders are looked at for one still open. */
const looked = 5;

/** An order opened and not paid: finish it, or put it aside and start over. */
export function OpenOrder() {
  const { t, vnd, clock } = useLanguage();
  const { data } = useOrders(looked);
  const [aside, setAside] = useState<string | null>(null);
  const order = data?.pages[0]?.items.find(canFinish);
  if (!order || order.id === aside) return null;
  return (
    <Notice
      tone="info"
      className="mt-6"
      title={t('open.title', { amount: vnd(order.amountVnd) })}
      actions={
        <>
          <Button look="primary" onClick={() => order.paymentUrl && goToPayment(order.paymentUrl)}>
            {t('open.finish')}
          </Button>
          <Button look="quiet" onClick={() => setAside(order.id)}>
            {t('open.restart')}
          </Button>
        </>
      }
    >
      {t('open.text', { count: order.credits, time: clock(order.expiresAt) })}
    </Notice>
  );
}

const canFinish = (order: Order): boolean =>
  order.status === 'pending' &&
  order.paymentUrl !== undefined &&
  new Date(order.expiresAt) > new Date();
