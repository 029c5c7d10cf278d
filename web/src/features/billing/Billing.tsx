import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useCredits } from '@/api/credits';
import { usePlans } from '@/api/plans';
import type { BankCode, PlanId } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { OpenOrder } from './OpenOrder';
import { PayMethod } from './PayMethod';
import { PlanPicker } from './PlanPicker';
import { usePay } from './usePay';

/** Choose a plan and a way to pay, and go to VNPAY. */
export default function Billing() {
  const { t, number } = useLanguage();
  usePageTitle(t('billing.title'));
  const { data: credits } = useCredits();
  const { data: plans, error, refetch } = usePlans();
  const [search] = useSearchParams();
  const asked = plans?.find(({ id }) => id === search.get('plan'))?.id;
  const [chosen, choose] = useState<PlanId | null>(null);
  const [bank, setBank] = useState<BankCode | 'any'>('any');
  const plan = plans?.find(({ id }) => id === (chosen ?? asked)) ?? plans?.[0];
  return (
    <div className="page py-6 lg:py-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-3xl">{t('billing.title')}</h1>
          <p className="mt-1 text-ink-2">{t('billing.lead')}</p>
        </div>
        <p className="figures min-w-36 border-l-3 border-cobalt pl-4">
          <span className="block text-sm text-ink-2">{t('billing.balance')}</span>
          <span className="font-display text-3xl font-semibold">
            {credits ? number(credits.credits) : '–'}
          </span>
        </p>
      </div>
      <OpenOrder />
      {error && <Trouble error={error} onRetry={() => void refetch()} className="mt-8" />}
      {!error && (
        <div className="mt-8 grid gap-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid content-start gap-8">
            {plans && plan ? (
              <PlanPicker plans={plans} value={plan.id} onChange={choose} />
            ) : (
              <Skeleton className="h-102 sm:h-91" />
            )}
            <PayMethod value={bank} onChange={setBank} />
          </div>
          <Bill planId={plan?.id} bank={bank} />
        </div>
      )}
    </div>
  );
}

/** What will be paid for what, and the button that goes there. */
function Bill({ planId, bank }: { planId: PlanId | undefined; bank: BankCode | 'any' }) {
  const { t, vnd } = useLanguage();
  const { data: plans } = usePlans();
  const plan = plans?.find(({ id }) => id === planId);
  const { pay, busy, error } = usePay();
  if (!plan) return <Skeleton className="h-72" />;
  return (
    <section aria-labelledby="bill" className="framed m-1 self-start p-6 lg:sticky lg:top-24">
      <h2 id="bill" className="text-xl">
        {t('billing.order')}
      </h2>
      <dl className="figures mt-4">
        <div className="flex justify-between gap-4 border-t border-line py-2.5">
          <dt className="text-ink-2">{t('billing.youGet')}</dt>
          <dd className="font-semibold">{t('credits.count', { count: plan.credits })}</dd>
        </div>
        <div className="flex justify-between gap-4 border-t border-line py-2.5">
          <dt className="text-ink-2">{t('billing.each')}</dt>
          <dd>{vnd(plan.amountVnd / plan.credits)}</dd>
        </div>
        <div className="flex items-baseline justify-between gap-4 border-t-3 border-double border-cobalt py-3">
          <dt>{t('billing.total')}</dt>
          <dd className="font-display text-2xl font-semibold">{vnd(plan.amountVnd)}</dd>
        </div>
      </dl>
      {error !== null && <Trouble error={error} className="my-3" />}
      <Button
        look="primary"
        busy={busy}
        data-testid="pay"
        onClick={() => pay(plan.id, bank === 'any' ? undefined : bank)}
        className="w-full text-lg"
      >
        {busy ? t('billing.opening') : t('billing.pay', { amount: vnd(plan.amountVnd) })}
      </Button>
      <p className="mt-3 text-sm text-ink-2">{t('billing.safe')}</p>
    </section>
  );
}
