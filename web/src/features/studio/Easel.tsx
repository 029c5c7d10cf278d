import { Download, Images, RotateCw, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useCancelPicture } from '@/api/pictures';
import type { Picture } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Button, ButtonLink, buttonClass } from '@/ui/Button';
import { draftOf, type Draft } from '@/ui/draft';
import { Notice } from '@/ui/Notice';
import { codeText } from '@/ui/problemText';
import { ratioOf } from '@/ui/ratio';
import type { Tile } from './useTiles';

interface Props {
  tile: Tile;
  onAgain: () => void;
  onDrop: () => void;
  onReuse: (draft: Draft) => void;
}

/** The picture in work, or the one chosen from the strip. */
export function Easel({ tile, onAgain, onDrop, onReuse }: Props) {
  const { t } = useLanguage();
  const working = tile.state === 'sending' || tile.state === 'pending';
  const broken = tile.state === 'failed' || tile.state === 'refused' || tile.state === 'cancelled';
  return (
    <div data-testid="easel" data-state={tile.state}>
      <p role="status" className="sr-only">
        {t(`tile.${tile.state}`)}
      </p>
      {broken ? (
        <Fault tile={tile} onAgain={onAgain} onDrop={onDrop} />
      ) : (
        <figure>
          <div className="grid place-items-center bg-sunk px-3 py-6 sm:p-8">
            <Canvas tile={tile} />
          </div>
          <figcaption className="mt-4 grid gap-4">
            <p className="border-l-3 border-cobalt pl-3">{tile.prompt}</p>
            {working ? (
              <Working tile={tile} />
            ) : (
              tile.picture && <Done picture={tile.picture} onAgain={onAgain} onReuse={onReuse} />
            )}
          </figcaption>
        </figure>
      )}
    </div>
  );
}

/**
 * The frame, of the picture's shape from the first moment: kiln while painted, then the picture.
 */
function Canvas({ tile }: { tile: Tile }) {
  const { t } = useLanguage();
  const picture = tile.picture;
  const ratio = ratioOf(tile.aspectRatio);
  return (
    <div
      className="framed w-full"
      style={{ aspectRatio: ratio, maxWidth: `calc(min(38rem, 70dvh) * ${Math.min(ratio, 1.6)})` }}
    >
      {picture?.imageUrl ? (
        <img
          key={picture.imageId}
          src={picture.imageUrl}
          width={picture.width}
          height={picture.height}
          alt={tile.prompt}
          data-testid="result"
          className="reveal block size-full object-cover"
          style={{ backgroundColor: picture.color }}
        />
      ) : (
        <div className="kiln grid size-full place-items-center">
          <p aria-hidden="true" className="bg-[#3c2320]/70 px-3 py-1 text-sm text-on-glaze">
            {t('tile.pending')}
          </p>
        </div>
      )}
    </div>
  );
}

function Working({ tile }: { tile: Tile }) {
  const { t } = useLanguage();
  const cancel = useCancelPicture();
  const seconds = useSeconds();
  const id = tile.submission?.imageId ?? tile.picture?.imageId;
  return (
    <div className="flex items-center gap-3">
      <span aria-hidden="true" className="figures text-ink-2">
        {t('studio.seconds', { seconds })}
      </span>
      {id && (
        <Button busy={cancel.isPending} onClick={() => cancel.mutate(id)}>
          {t('studio.cancel')}
        </Button>
      )}
    </div>
  );
}

function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((known) => known + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

function Done({
  picture,
  onAgain,
  onReuse,
}: {
  picture: Picture;
  onAgain: () => void;
  onReuse: (draft: Draft) => void;
}) {
  const { t } = useLanguage();
  return (
    <div className="flex flex-wrap gap-2">
      <a
        href={picture.imageUrl}
        download={`imagify-${picture.imageId}`}
        className={buttonClass('primary')}
      >
        <Download aria-hidden="true" className="size-5" />
        {t('picture.download')}
      </a>
      <Button onClick={onAgain}>
        <RotateCw aria-hidden="true" className="size-5" />
        {t('studio.again')}
      </Button>
      <Button look="quiet" className="px-2!" onClick={() => onReuse(draftOf(picture))}>
        <Undo2 aria-hidden="true" className="size-5" />
        {t('picture.reuse')}
      </Button>
      <ButtonLink look="quiet" className="px-2!" to={`/gallery/${picture.imageId}`}>
        <Images aria-hidden="true" className="size-5" />
        {t('studio.inGallery')}
      </ButtonLink>
    </div>
  );
}

/** Why there is no picture, that the credit is back, and what to do now. */
function Fault({ tile, onAgain, onDrop }: Omit<Props, 'onReuse'>) {
  const { t } = useLanguage();
  const lastPlace = tile.problem === 'credits.insufficient';
  const cancelled = tile.state === 'cancelled';
  return (
    <Notice
      tone={cancelled ? 'info' : 'bad'}
      title={t(cancelled ? 'studio.cancelledTitle' : 'studio.failedTitle')}
      actions={
        <>
          {lastPlace ? (
            <ButtonLink look="primary" to="/billing">
              {t('studio.topUp')}
            </ButtonLink>
          ) : (
            <Button look="primary" onClick={onAgain}>
              {t('studio.retry')}
            </Button>
          )}
          {tile.submission && (
            <Button look="quiet" onClick={onDrop}>
              {t('studio.dismiss')}
            </Button>
          )}
        </>
      }
    >
      {!cancelled && <p>{codeText(t, tile.problem ?? 'server.internal')}</p>}
      {tile.state !== 'refused' && (
        <p className="mt-1 font-semibold text-celadon">{t('studio.returned')}</p>
      )}
      <p className="mt-2 text-ink-2">{tile.prompt}</p>
    </Notice>
  );
}
