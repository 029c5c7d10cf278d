import { useLanguage } from '@/i18n';
import { Skeleton } from '@/ui/Skeleton';

/**
 * What stands on a page before its code and data are there; also prerendered into the app shells.
 */
export function PageSkeleton() {
  const { t } = useLanguage();
  return (
    <div className="page py-8" aria-busy="true">
      <p className="sr-only">{t('shell.loading')}</p>
      <Skeleton className="h-9 w-56" />
      <Skeleton className="mt-6 h-36 w-full max-w-md" />
      <Skeleton className="mt-4 h-11 w-full max-w-md" />
    </div>
  );
}
