import { useSearchParams } from 'wouter';

/** Filters of a list, kept in its address so that it can be sent to somebody and come back to. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return { get: (name: string) => search.get(name) ?? '', set };
}
