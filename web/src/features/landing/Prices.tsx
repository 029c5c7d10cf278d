import { usePlans } from '@/api/plans';
import type { Plan } from '@/api/types';
import { useLanguage } from '@/i18n';
import { ButtonLink } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { Trouble } from '@/ui/Trouble';

/** The price list, from the API alone. */
export function Prices() {
  const { t } = useLanguage();
  const { data, error, refetch } = usePlans();
  return (
    <section id="prices" aria-labelledby="prices-title" className="bg-surface">
      <div className="rim" />
      <div className="page py-16 lg:py-24">
        <h2 id="prices-title" className="text-3xl sm:text-4xl">
          {t('prices.title')}
        </h2>
        <p className="mt-3 max-w-xl text-lg text-ink-2">{t('prices.text')}</p>
        {error ? (
          <Trouble error={error} onRetry={() => void refetch()} className="mt-8" />
        ) : (
          <ul className="mt-8 border-b border-line">
            {data ? data.map((plan) => <PriceRow key={plan.id} plan={plan} />) : <Waiting />}
          </ul>
        )}
      </div>
    </section>
  );
}

function PriceRow({ plan }: { plan: Plan }) {
  const { t, vnd, number } = useLanguage();
  return (
    <li className="figures grid min-h-38 grid-cols-[1fr_auto] items-center gap-x-6 gap-y-1 border-t border-line py-5 sm:min-h-28 sm:grid-cols-[1.2fr_1fr_1fr_auto]">
      <p className="font-display text-3xl font-semibold">
        {number(plan.credits)}{' '}
        <span className="font-text text-lg font-normal text-ink-2">{t('prices.pictures')}</span>
      </p>
      <p className="order-3 text-ink-2 sm:order-none">
        {t('prices.each', { price: vnd(plan.amountVnd / plan.credits) })}
      </p>
      <p className="text-right text-xl font-semibold sm:text-left">{vnd(plan.amountVnd)}</p>
      <ButtonLink
        to={`/billing?plan=${plan.id}`}
        className="order-4 col-span-2 mt-2 sm:order-none sm:col-span-1 sm:mt-0"
      >
        {t('prices.choose')}
        <span className="sr-only">{t('credits.count', { count: plan.credits })}</span>
      </ButtonLink>
    </li>
  );
}

function Waiting() {
  const { t } = useLanguage();
  return (
    <>
      {[1, 2, 3].map((row) => (
        <li key={row} className="flex min-h-38 items-center border-t border-line sm:min-h-28">
          <Skeleton className="h-8 w-full max-w-lg" />
        </li>
      ))}
      <noscript>
        <li className="py-4">{t('prices.noscript')}</li>
      </noscript>
    </>
  );
}
