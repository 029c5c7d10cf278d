import { useState } from 'react';
import { useLogout } from '@/api/session';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Trouble } from '@/ui/Trouble';

/** Out of every device, this one too, after a question. */
export function Everywhere() {
  const { t } = useLanguage();
  const logout = useLogout();
  const [asking, setAsking] = useState(false);
  return (
    <div className="mt-4">
      <Button look="danger" onClick={() => setAsking(true)}>
        {t('security.everywhere')}
      </Button>
      {asking && (
        <Dialog title={t('security.everywhere')} onClose={() => setAsking(false)}>
          <p className="mt-2 text-ink-2">{t('security.everywhereText')}</p>
          {logout.error && <Trouble error={logout.error} className="mt-4" />}
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{t('security.stay')}</Button>
            <Button
              look="danger"
              busy={logout.isPending}
              onClick={() =>
                logout.mutate('everywhere', { onSuccess: () => location.assign('/login') })
              }
            >
              {t('security.everywhere')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
