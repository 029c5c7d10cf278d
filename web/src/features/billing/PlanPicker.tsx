import clsx from 'clsx';
import type { Plan, PlanId } from '@/api/types';
import { useLanguage } from '@/i18n';
import { planName } from '@/ui/planName';

interface Props {
  plans: Plan[];
  value: PlanId;
  onChange: (plan: PlanId) => void;
}

/**
 * The price list as one choice. What a larger plan saves is computed from the prices, never
 * claimed.
 */
export function PlanPicker({ plans, value, onChange }: Props) {
  const { t } = useLanguage();
  const dearest = Math.max(...plans.map(eachOf));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-xl font-semibold">{t('billing.plans')}</legend>
      <div className="grid gap-3">
        {plans.map((plan) => (
          <PlanRow
            key={plan.id}
            plan={plan}
            chosen={plan.id === value}
            saves={1 - eachOf(plan) / dearest}
            onChange={onChange}
          />
        ))}
      </div>
    </fieldset>
  );
}

const eachOf = (plan: Plan): number => plan.amountVnd / plan.credits;

interface RowProps {
  plan: Plan;
  chosen: boolean;
  saves: number;
  onChange: (plan: PlanId) => void;
}

function PlanRow({ plan, chosen, saves, onChange }: RowProps) {
  const { t, vnd, percent } = useLanguage();
  return (
    <label
      className={clsx(
        'figures relative grid min-h-24 grid-cols-[1.5rem_1fr_auto] items-center gap-x-4 border p-4 transition-colors duration-120',
        'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-cobalt',
        chosen
          ? 'border-cobalt bg-wash shadow-[inset_4px_0_0_var(--color-cobalt)]'
          : 'border-line bg-surface hover:border-cobalt',
      )}
    >
      <input
        type="radio"
        name="plan"
        value={plan.id}
        checked={chosen}
        onChange={() => onChange(plan.id)}
        className="size-5 accent-cobalt outline-none"
      />
      <span>
        <span className="block font-display text-2xl font-semibold">
          {t('credits.count', { count: plan.credits })}
        </span>
        <span className="block text-ink-2">
          {planName(t, plan.id)} · {t('billing.eachOf', { price: vnd(eachOf(plan)) })}
        </span>
        {saves > 0.01 && (
          <span className="block font-semibold text-celadon">
            {t('billing.saves', { share: percent(saves) })}
          </span>
        )}
      </span>
      <span className="text-right text-lg font-semibold sm:text-xl">{vnd(plan.amountVnd)}</span>
    </label>
  );
}
