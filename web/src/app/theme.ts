import { useCallback, useSyncExternalStore } from 'react';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'theme';
const listeners = new Set<() => void>();

function current(): Theme {
  try {
    const saved = localStorage.getItem(storageKey);
    return saved === 'light' || saved === 'dark' ? saved : 'auto';
  } catch {
    return 'auto';
  }
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/**
 * The colours chosen on this browser; the boot script (index.html) applies them before the first
 * paint.
 */
export function useTheme() {
  const theme = useSyncExternalStore<Theme>(subscribe, current, () => 'auto');
  const choose = useCallback((next: Theme) => {
    if (next === 'auto') {
      localStorage.removeItem(storageKey);
      delete document.documentElement.dataset['theme'];
    } else {
      localStorage.setItem(storageKey, next);
      document.documentElement.dataset['theme'] = next;
    }
    for (const listener of listeners) listener();
  }, []);
  return { theme, choose };
}
