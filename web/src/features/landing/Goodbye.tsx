import { useEffect } from 'react';
import { useLanguage } from '@/i18n';
import { Outcome } from '@/ui/Outcome';
import { forgetLeaving } from './leaving';

/** Said once, to somebody whose account was deleted a moment ago. */
export default function Goodbye() {
  const { t } = useLanguage();
  useEffect(() => forgetLeaving, []);
  return (
    <div className="page py-4">
      <Outcome tone="good" title={t('leave.goodbye')}>
        {t('leave.goodbyeText')}
      </Outcome>
    </div>
  );
}
