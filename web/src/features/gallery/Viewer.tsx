import clsx from 'clsx';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { usePicture } from '@/api/pictures';
import type { Picture } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Trouble } from '@/ui/Trouble';
import { ratioOf } from '@/ui/ratio';
import { DeleteQuestion } from './DeleteQuestion';
import { Details } from './Details';
import { useKeys, useWalk } from './useWalk';

interface Props {
  id: string;
  pictures: Picture[];
}

/** One picture over the wall. Back and Escape close it; the arrow keys walk along the wall. */
export function Viewer({ id, pictures }: Props) {
  const { t } = useLanguage();
  const { previous, next, close } = useWalk(id, pictures);
  const [deleting, setDeleting] = useState(false);
  const { data, error, refetch } = usePicture(id);
  const picture = data ?? pictures.find(({ imageId }) => imageId === id);
  useKeys(
    deleting ? {} : { ArrowLeft: previous, ArrowRight: next, Delete: () => setDeleting(true) },
  );
  return (
    <FullScreen title={t('viewer.title')} onClose={close}>
      <div className="relative grid min-h-64 place-items-center bg-sunk p-4 lg:p-10">
        {picture && <FullPicture picture={picture} />}
        <Arrow side="left" label={t('viewer.previous')} onClick={previous} />
        <Arrow side="right" label={t('viewer.next')} onClick={next} />
      </div>
      <div className="relative overflow-y-auto bg-surface p-6 lg:border-l lg:border-line lg:pt-20">
        <button
          type="button"
          onClick={close}
          className="fixed top-3 right-3 grid size-11 place-items-center rounded border border-line bg-surface hover:border-cobalt hover:text-cobalt"
        >
          <X aria-hidden="true" className="size-6" />
          <span className="sr-only">{t('action.close')}</span>
        </button>
        {error && !picture && <Trouble error={error} onRetry={() => void refetch()} />}
        {picture && <Details picture={picture} onDelete={() => setDeleting(true)} />}
      </div>
      {deleting && <DeleteQuestion id={id} onClose={() => setDeleting(false)} onDeleted={close} />}
    </FullScreen>
  );
}

interface FullScreenProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

function FullScreen({ title, onClose, children }: FullScreenProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      className="viewer"
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="grid min-h-full grid-rows-[auto_1fr] lg:h-full lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-1">
        {children}
      </div>
    </dialog>
  );
}

/** As large as fits, in its own shape from the start; the small picture stands in for the large one. */
function FullPicture({ picture }: { picture: Picture }) {
  const ratio = ratioOf(picture.aspectRatio);
  const standIn = picture.thumbUrl ? `center / cover url("${encodeURI(picture.thumbUrl)}")` : '';
  return (
    <img
      key={picture.imageId}
      src={picture.imageUrl}
      alt={picture.prompt}
      className="w-[min(100%,calc(60dvh*var(--ratio)))] lg:w-[min(100%,calc((100dvh-5rem)*var(--ratio)))]"
      style={
        {
          '--ratio': ratio,
          aspectRatio: ratio,
          background: `${standIn} ${picture.color ?? ''}`,
        } as CSSProperties
      }
    />
  );
}

interface ArrowProps {
  side: 'left' | 'right';
  label: string;
  /** Undefined at the end of the wall. */
  onClick: (() => void) | undefined;
}

function Arrow({ side, label, onClick }: ArrowProps) {
  const Icon = side === 'left' ? ChevronLeft : ChevronRight;
  const place = side === 'left' ? 'left-3' : 'right-3';
  return (
    <button
      type="button"
      onClick={onClick}
      aria-disabled={!onClick || undefined}
      className={clsx(
        'absolute top-1/2 size-12 -translate-y-1/2 rounded border border-line bg-surface hover:border-cobalt hover:text-cobalt',
        place,
        !onClick && 'opacity-35',
      )}
    >
      <Icon aria-hidden="true" className="mx-auto size-6" />
      <span className="sr-only">{label}</span>
    </button>
  );
}
