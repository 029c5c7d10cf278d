import clsx from 'clsx';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { usePicture } from '@/api/pictures';
import type { Picture } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Trouble } from '@/ui/Trouble';
import { ratioOf } from '@/ui/ratio';
import { DeleteQuestion } from './DeleteQuestion';
import { Details } from './Details';

interface Props {
  id: string;
  pictures: Picture[];
}

/** One picture over the wall. Back and Escape close it; the arrow keys walk along the wall. */
export function Viewer({ id, pictures }: Props) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const state = useHistoryState<{ fromWall?: boolean } | null>();
  const query = useSearch();
  const search = query ? `?${query}` : '';
  const dialog = useRef<HTMLDialogElement>(null);
  const [deleting, setDeleting] = useState(false);
  const known = pictures.find((picture) => picture.imageId === id);
  const { data, error, refetch } = usePicture(id);
  const picture = data ?? known;
  const place = pictures.findIndex((one) => one.imageId === id);
  const neighbour = (step: -1 | 1) => (place < 0 ? undefined : pictures[place + step]);

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => element?.close();
  }, []);
  const close = () => (state?.fromWall ? history.back() : navigate(`/gallery${search}`, { replace: true }));
  const walk = (step: -1 | 1) => {
    const to = neighbour(step);
    if (to) navigate(`/gallery/${to.imageId}${search}`, { replace: true, state });
  };
  useEffect(() => {
    // On the window: the keys work wherever in the viewer the focus is.
    const onKeyDown = (event: KeyboardEvent) => {
      if (deleting) return;
      if (event.key === 'ArrowLeft') walk(-1);
      else if (event.key === 'ArrowRight') walk(1);
      else if (event.key === 'Delete') setDeleting(true);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
  return (
    <dialog
      ref={dialog}
      aria-label={t('viewer.title')}
      className="viewer"
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === event.currentTarget) close();
      }}
    >
      <div className="grid min-h-full grid-rows-[auto_1fr] lg:h-full lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-1">
        <div className="relative grid min-h-64 place-items-center bg-sunk p-4 lg:p-10">
          {picture && <FullPicture picture={picture} />}
          <Arrow side="left" label={t('viewer.previous')} onClick={() => walk(-1)} off={!neighbour(-1)} />
          <Arrow side="right" label={t('viewer.next')} onClick={() => walk(1)} off={!neighbour(1)} />
        </div>
        <div className="relative overflow-y-auto bg-surface p-6 lg:border-l lg:border-line lg:pt-20">
          <button
            type="button"
            onClick={() => close()}
            className="fixed top-3 right-3 grid size-11 place-items-center rounded border border-line bg-surface hover:border-cobalt hover:text-cobalt"
          >
            <X aria-hidden="true" className="size-6" />
            <span className="sr-only">{t('action.close')}</span>
          </button>
          {error && !picture ? (
            <Trouble error={error} onRetry={() => void refetch()} />
          ) : (
            picture && <Details picture={picture} onDelete={() => setDeleting(true)} />
          )}
        </div>
      </div>
      {deleting && <DeleteQuestion id={id} onClose={() => setDeleting(false)} onDeleted={() => close()} />}
    </dialog>
  );
}

function FullPicture({ picture }: { picture: Picture }) {
  const ratio = ratioOf(picture.aspectRatio);
  return (
    <img
      key={picture.imageId}
      src={picture.imageUrl}
      alt={picture.prompt}
      width={picture.width}
      height={picture.height}
      className="reveal max-h-[60dvh] w-auto max-w-full object-contain lg:max-h-[calc(100dvh-5rem)]"
      style={{ backgroundColor: picture.color, aspectRatio: ratio }}
    />
  );
}

interface ArrowProps {
  side: 'left' | 'right';
  label: string;
  onClick: () => void;
  off: boolean;
}

function Arrow({ side, label, onClick, off }: ArrowProps) {
  const Icon = side === 'left' ? ChevronLeft : ChevronRight;
  const place = side === 'left' ? 'left-3' : 'right-3';
  return (
    <button
      type="button"
      onClick={onClick}
      aria-disabled={off || undefined}
      className={clsx(
        'absolute top-1/2 size-12 -translate-y-1/2 rounded border border-line bg-surface hover:border-cobalt hover:text-cobalt',
        place,
        off && 'opacity-35',
      )}
    >
      <Icon aria-hidden="true" className="mx-auto size-6" />
      <span className="sr-only">{label}</span>
    </button>
  );
}
