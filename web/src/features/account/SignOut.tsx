import { useState } from 'react';
import { useLogout } from '@/api/session';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Trouble } from '@/ui/Trouble';

/** Out of this browser at once; out of every device after a question. */
export function SignOut() {
  const { t } = useLanguage();
  const logout = useLogout();
  const [asking, setAsking] = useState(false);
  const leave = (where: 'here' | 'everywhere') =>
    logout.mutate(where, { onSuccess: () => location.assign('/login') });
  return (
    <div className="flex flex-wrap gap-2 border-t border-line pt-6">
      <Button busy={logout.isPending} onClick={() => leave('here')}>
        {t('menu.logout')}
      </Button>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t('account.everywhere')}
      </Button>
      {logout.error && <Trouble error={logout.error} className="w-full" />}
      {asking && (
        <Dialog title={t('account.everywhere')} onClose={() => setAsking(false)}>
          <p className="mt-2 text-ink-2">{t('account.everywhereText')}</p>
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{t('account.stay')}</Button>
            <Button look="danger" busy={logout.isPending} onClick={() => leave('everywhere')}>
              {t('account.everywhere')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
