import { useDeferredValue, useMemo } from 'react';
import { useParams, useSearchParams } from 'wouter';
import { useGallery } from '@/api/pictures';
import type { Picture } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Button, ButtonLink } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { Skeleton } from '@/ui/Skeleton';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { SearchBox } from './SearchBox';
import { Viewer } from './Viewer';
import { Wall } from './Wall';

/** Everything painted, newest first; /gallery/:id opens a picture over it. */
export default function Gallery() {
  const { t } = useLanguage();
  usePageTitle(t('gallery.title'));
  const { id } = useParams<'/gallery/:id?'>();
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const gallery = useGallery(useDeferredValue(q));
  const pictures = useMemo(
    () => gallery.data?.pages.flatMap((page) => page.items as Picture[]) ?? [],
    [gallery.data],
  );
  const find = (text: string) => setSearch(text === '' ? {} : { q: text }, { replace: true });
  return (
    <div className="page py-6 lg:py-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 className="text-3xl">{t('gallery.title')}</h1>
        {(pictures.length > 0 || q !== '') && <SearchBox value={q} onChange={find} />}
      </div>
      <div className="mt-6">
        {gallery.isPending && <Waiting />}
        {gallery.error && <Trouble error={gallery.error} onRetry={() => void gallery.refetch()} />}
        {gallery.data && pictures.length === 0 && <Nothing q={q} onClear={() => find('')} />}
        <Wall pictures={pictures} />
        {gallery.hasNextPage && (
          <p className="mt-8 text-center">
            <Button busy={gallery.isFetchingNextPage} onClick={() => void gallery.fetchNextPage()}>
              {t('action.more')}
            </Button>
          </p>
        )}
      </div>
      {id && <Viewer id={id} pictures={pictures} />}
    </div>
  );
}

function Nothing({ q, onClear }: { q: string; onClear: () => void }) {
  const { t } = useLanguage();
  return q === '' ? (
    <Empty
      title={t('gallery.empty')}
      action={
        <ButtonLink look="primary" to="/studio">
          {t('gallery.first')}
        </ButtonLink>
      }
    >
      {t('gallery.emptyText')}
    </Empty>
  ) : (
    <Empty
      title={t('gallery.noMatch', { q })}
      action={<Button onClick={onClear}>{t('gallery.clear')}</Button>}
    />
  );
}

function Waiting() {
  return (
    <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((place) => (
        <Skeleton key={place} className="aspect-square" />
      ))}
    </div>
  );
}
