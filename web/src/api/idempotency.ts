import { useCallback, useRef } from 'react';

/** A new key for one thing somebody wants done once. */
export const newKey = (): string => crypto.randomUUID();

/**
 * A key that retries of one wish share. `keyFor` gives the same key until the wish changes or is
 * `settled`.
 */
export function useIdempotencyKey() {
  const held = useRef<{ wish: string; key: string } | null>(null);
  const keyFor = useCallback((wish: string) => {
    if (held.current?.wish !== wish) held.current = { wish, key: newKey() };
    return held.current.key;
  }, []);
  const settled = useCallback(() => {
    held.current = null;
  }, []);
  return { keyFor, settled };
}
