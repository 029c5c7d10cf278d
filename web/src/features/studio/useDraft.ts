import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { keepDraft, readDraft, type Draft } from '@/ui/draft';

/**
 * The composer's draft; a prompt in the address (the landing page's form) wins over the kept one.
 */
export function useDraft() {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('prompt');
  const [draft, setDraft] = useState<Draft>(() => ({
    ...readDraft(),
    ...(asked ? { prompt: asked } : {}),
  }));
  useEffect(() => keepDraft(draft), [draft]);
  useEffect(() => {
    if (asked !== null) setSearch('', { replace: true });
  }, [asked, setSearch]);
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  return { draft, change };
}
