import { useLogout } from '@/api/session';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { Trouble } from '@/ui/Trouble';

/** Out of this browser. */
export function SignOut() {
  const { t } = useLanguage();
  const logout = useLogout();
  return (
    <>
      <Button
        busy={logout.isPending}
        onClick={() => logout.mutate('here', { onSuccess: () => location.assign('/login') })}
      >
        {t('menu.logout')}
      </Button>
      {logout.error && <Trouble error={logout.error} className="w-full" />}
    </>
  );
}
