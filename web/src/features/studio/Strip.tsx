import clsx from 'clsx';
import { CircleAlert } from 'lucide-react';
import { useLanguage } from '@/i18n';
import type { Tile } from './useTiles';

interface Props {
  tiles: Tile[];
  current: string;
  onChoose: (key: string) => void;
}

/** The latest pictures; the one on the easel wears the double rim. */
export function Strip({ tiles, current, onChoose }: Props) {
  const { t } = useLanguage();
  return (
    <nav aria-label={t('studio.latest')} className="mt-8">
      <h2 className="text-xl">{t('studio.latest')}</h2>
      <ul className="mt-4 grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-3">
        {tiles.slice(0, 12).map((tile) => (
          <li key={tile.key}>
            <button
              type="button"
              aria-current={tile.key === current || undefined}
              onClick={() => onChoose(tile.key)}
              className={clsx(
                'block aspect-square w-full overflow-hidden bg-sunk',
                tile.key === current && 'framed',
              )}
            >
              <Thumb tile={tile} />
              <span className="sr-only">
                {tile.prompt}, {t(`tile.${tile.state}`)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Thumb({ tile }: { tile: Tile }) {
  if (tile.picture?.thumbUrl) {
    return (
      <img
        src={tile.picture.thumbUrl}
        alt=""
        loading="lazy"
        className="block size-full object-cover"
        style={{ backgroundColor: tile.picture.color }}
      />
    );
  }
  if (tile.state === 'sending' || tile.state === 'pending')
    return <span className="kiln block size-full" />;
  return (
    <span className="grid size-full place-items-center bg-coral-wash text-coral">
      <CircleAlert aria-hidden="true" className="size-6" />
    </span>
  );
}
