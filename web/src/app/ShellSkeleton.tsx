import { useLanguage } from '@/i18n';
import { Skeleton } from '@/ui/Skeleton';
import { PageSkeleton } from './PageSkeleton';

/**
 * What the prerendered app shells show until the code is there: the head of the studio where the
 * address is the studio's (the boot script names the page on the root element), a plain skeleton
 * elsewhere.
 */
export function ShellSkeleton() {
  return (
    <>
      <div data-shell="studio">
        <StudioHead />
      </div>
      <div data-shell="other">
        <PageSkeleton />
      </div>
    </>
  );
}

/** Laid out as features/studio/Composer, but still: nothing typed here could be kept. */
function StudioHead() {
  const { t } = useLanguage();
  return (
    <div
      className="page grid grid-cols-[minmax(0,1fr)] gap-8 py-6 lg:grid-cols-[24rem_minmax(0,1fr)] lg:gap-12 lg:py-8"
      aria-busy="true"
    >
      <div className="grid content-start gap-6">
        <div>
          <h1 className="text-3xl">{t('studio.heading')}</h1>
          <p className="mt-1 min-h-6 text-sm" />
        </div>
        <div>
          <p className="mb-2 font-semibold">{t('studio.prompt')}</p>
          <p className="field min-h-34 text-lg text-ink-2">{t('studio.placeholder')}</p>
        </div>
        <Skeleton className="h-11" />
        <Skeleton className="h-21" />
      </div>
      <Skeleton className="hidden aspect-video lg:block" />
    </div>
  );
}
