import { lazy, Suspense } from 'react';
import { useLanguage } from '@/i18n';
import { Skeleton } from '@/ui/Skeleton';
import { Part } from './Part';

// Knows hundreds of browsers by name; nothing above it on the page has to wait for that.
const Devices = lazy(() => import('./Devices'));

export function Sessions() {
  const { t } = useLanguage();
  return (
    <Part title={t('security.sessions')} state={t('security.sessionsText')}>
      <Suspense fallback={<Skeleton className="h-32" />}>
        <Devices />
      </Suspense>
    </Part>
  );
}
