import type { CSSProperties } from 'react';
import { Link, useSearch } from 'wouter';
import type { Picture } from '@/api/types';
import { ratioOf } from '@/ui/ratio';

/** How many tiles are loaded at once; the rest wait until they come near. */
const eager = 4;

/** Pictures in rows of one height, each in its own shape. */
export function Wall({ pictures }: { pictures: Picture[] }) {
  const query = useSearch();
  return (
    <ul className="wall">
      {pictures.map((picture, index) => {
        const ratio =
          picture.width && picture.height
            ? picture.width / picture.height
            : ratioOf(picture.aspectRatio);
        return (
          <li key={picture.imageId} style={{ '--ratio': ratio } as CSSProperties}>
            <Link
              to={query ? `/gallery/${picture.imageId}?${query}` : `/gallery/${picture.imageId}`}
              state={{ fromWall: true }}
              className="group relative block h-full overflow-hidden bg-sunk"
              style={{ backgroundColor: picture.color, aspectRatio: ratio }}
            >
              <img
                src={picture.thumbUrl}
                alt={picture.prompt}
                loading={index < eager ? 'eager' : 'lazy'}
                decoding="async"
                className="absolute inset-0 size-full object-cover"
              />
              <span
                aria-hidden="true"
                className="absolute inset-x-0 bottom-0 hidden translate-y-full bg-glaze/90 p-3 text-sm text-on-glaze transition-transform duration-180 group-hover:translate-y-0 group-focus-visible:translate-y-0 sm:block"
              >
                <span className="line-clamp-2">{picture.prompt}</span>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
