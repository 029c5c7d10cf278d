import { lazy, Suspense, useState } from 'react';
import { useLanguage } from '@/i18n';
import { withWords } from '@/i18n/words';
import { Button, buttonClass } from '@/ui/Button';

const DeleteAccount = lazy(() => withWords(['leave', 'auth'], () => import('./DeleteAccount')));

/** To take everything along, and to leave. */
export function YourData() {
  const { t } = useLanguage();
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <a href="/user/export" download className={buttonClass('secondary')}>
        {t('account.export')}
      </a>
      <Button look="danger" onClick={() => setLeaving(true)}>
        {t('account.delete')}
      </Button>
      <Suspense fallback={null}>
        {leaving && <DeleteAccount onClose={() => setLeaving(false)} />}
      </Suspense>
    </>
  );
}
