import { useSyncExternalStore } from 'react';

const query = '(width >= 52rem)';

function watch(changed: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

/** True where a table has room; cards stand where it has not. */
export const useWide = (): boolean => useSyncExternalStore(watch, () => matchMedia(query).matches);
