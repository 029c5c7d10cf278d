import { Link } from 'wouter';
import { useCredits } from '@/api/credits';
import { useLanguage } from '@/i18n';

/**
 * Spendable credits; leads to where more are sold. Its place is held while the number is on its
 * way.
 */
export function Balance() {
  const { t } = useLanguage();
  const { data } = useCredits();
  return (
    <Link
      to="/billing"
      data-testid="balance"
      className="figures flex min-h-11 min-w-20 items-center justify-center rounded px-2 font-semibold text-cobalt no-underline hover:bg-wash"
    >
      {data ? (
        <span>
          <span className="sr-only">{t('balance.label')} </span>
          {t('credits.count', { count: data.credits })}
        </span>
      ) : (
        <span className="skeleton inline-block h-4 w-14">
          <span className="sr-only">{t('balance.label')}</span>
        </span>
      )}
    </Link>
  );
}
