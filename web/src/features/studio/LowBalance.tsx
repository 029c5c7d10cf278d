import { useState } from 'react';
import { Link } from 'wouter';
import { useCredits } from '@/api/credits';
import { useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { keepStored, readStored } from '@/ui/stored';

/** From how many credits on the studio speaks of topping up. */
const low = 2;
const name = 'low-balance-seen';

/** Few credits left: said in time, and only until it is waved away. */
export function LowBalance() {
  const { t } = useLanguage();
  const { user } = useSession();
  const { data } = useCredits();
  const [seen, setSeen] = useState(() => readStored(name) === true);
  if (!data || data.credits > low) return null;
  if (data.credits === 0) {
    const gift = user?.giftPending ?? 0;
    return (
      <p role="status" className="text-sm text-ink-2">
        {t(data.held > 0 ? 'studio.lastHeld' : 'studio.none')}{' '}
        {gift > 0 && t('studio.gift', { count: gift })}
      </p>
    );
  }
  if (seen) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 bg-iron-wash px-3 text-sm text-iron"
    >
      <span className="py-2">{t('studio.low', { count: data.credits })}</span>
      <span className="ml-auto flex">
        <Link to="/billing" className="flex min-h-11 items-center px-2 font-semibold text-iron">
          {t('studio.topUp')}
        </Link>
        <button
          type="button"
          className="min-h-11 px-2 hover:underline"
          onClick={() => {
            keepStored(name, true);
            setSeen(true);
          }}
        >
          {t('studio.later')}
        </button>
      </span>
    </div>
  );
}
