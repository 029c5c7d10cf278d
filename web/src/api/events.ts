import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { creditsKey } from './credits';
import { keepPicture } from './pictures';
import type { Balance, Credits, Picture } from './types';

/**
 * Listens to the server while `wanted`. True while the line is open; callers poll when it is not.
 */
export function useLiveEvents(wanted: boolean): boolean {
  const cache = useQueryClient();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!wanted || typeof EventSource === 'undefined') return undefined;
    const source = new EventSource('/image/events');
    source.addEventListener('open', () => setOpen(true));
    source.addEventListener('error', () => setOpen(false));
    source.addEventListener('image', (event) =>
      keepPicture(cache, JSON.parse(event.data) as Picture),
    );
    source.addEventListener('balance', (event) => {
      const balance = JSON.parse(event.data) as Balance;
      cache.setQueryData<Credits>(creditsKey, (known) => known && { ...known, ...balance });
    });
    return () => {
      source.close();
      setOpen(false);
    };
  }, [wanted, cache]);
  return open;
}
