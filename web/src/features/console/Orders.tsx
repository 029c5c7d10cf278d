import { useDeferredValue, useId } from 'react';
import { useAdminOrders } from '@/api/admin';
import type { OrderStatus, PlanId } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Ledgered } from '@/ui/Ledgered';
import { planName } from '@/ui/planName';
import { stateInk } from '@/ui/orderState';
import { useErrorWords } from './errorWords';
import { OrderLink } from './links';
import { OrderState } from './OrderState';
import { Records, type Column } from './Records';
import { SearchField } from './SearchField';
import { useFilters } from './useFilters';

const states = Object.keys(stateInk) as OrderStatus[];

/** All orders, newest first, by state or by number. */
export function Orders() {
  const { t, vnd, moment } = useLanguage();
  const { get, set } = useFilters();
  const q = get('q');
  const status = states.find((state) => state === get('status'));
  const query = useAdminOrders(useDeferredValue(q.trim()), status);
  const orders = query.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: Column[] = [
    { name: t('orders.id') },
    { name: t('console.customer') },
    { name: t('console.bought') },
    { name: t('console.amount'), right: true, tight: true },
    { name: t('console.state') },
    { name: t('orders.when'), tight: true },
  ];
  const rows = orders.map((order) => ({
    id: order.id,
    cells: [
      <OrderLink key="id" id={order.id} />,
      order.email,
      `${planName(t, order.planId as PlanId)} · ${t('credits.count', { count: order.credits })}`,
      vnd(order.amountVnd),
      <OrderState key="state" order={order} />,
      moment(order.createdAt),
    ],
  }));
  return (
    <Ledgered
      id="orders"
      title={t('console.orders')}
      empty={t('console.noOrders')}
      count={orders.length}
      query={query}
      say={useErrorWords()}
      tools={
        <div className="flex flex-wrap items-end gap-3">
          <SearchField
            label={t('console.findOrder')}
            maxLength={64}
            value={q}
            onChange={(text) => set('q', text)}
          />
          <StateChoice value={status} onChange={(state) => set('status', state)} />
        </div>
      }
    >
      <Records caption={t('console.orders')} columns={columns} rows={rows} />
    </Ledgered>
  );
}

interface StateProps {
  value: OrderStatus | undefined;
  onChange: (state: OrderStatus | '') => void;
}

function StateChoice({ value, onChange }: StateProps) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="sr-only">
        {t('console.state')}
      </label>
      <select
        id={id}
        className="field"
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value as OrderStatus | '')}
      >
        <option value="">{t('console.allStates')}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {t(`order.${state}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
