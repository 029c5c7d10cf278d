import { useCredits } from '@/api/credits';
import { useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { Button, ButtonLink } from '@/ui/Button';
import { signupCredits } from '@/ui/facts';

/**
 * The one button, with its price. What it does depends on who presses it: paint, top up, or sign
 * up.
 */
export function PaintButton() {
  const { t } = useLanguage();
  const { user } = useSession();
  const { data } = useCredits();
  if (user === null) {
    return (
      <ButtonLink look="primary" to="/signup?next=/studio" className="min-h-13! text-lg">
        {t('studio.signup', { gift: signupCredits })}
      </ButtonLink>
    );
  }
  if (data?.credits === 0) {
    return (
      <ButtonLink look="primary" to="/billing" className="min-h-13! text-lg">
        {t('studio.topUp')}
      </ButtonLink>
    );
  }
  return (
    <Button look="primary" type="submit" data-testid="paint" className="min-h-13 text-lg">
      {t('studio.paint')}
    </Button>
  );
}
