import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import type { Picture } from '@/api/types';

/** Ways from one picture of the wall: to its neighbours, where there are any, and back to the wall. */
export function useWalk(id: string, pictures: Picture[]) {
  const [, navigate] = useLocation();
  const state = useHistoryState<{ fromWall?: boolean } | null>();
  const query = useSearch();
  const search = query ? `?${query}` : '';
  const place = pictures.findIndex(({ imageId }) => imageId === id);
  const to = (picture: Picture | undefined) =>
    place >= 0 && picture
      ? () => navigate(`/gallery/${picture.imageId}${search}`, { replace: true, state })
      : undefined;
  const close = () =>
    state?.fromWall ? history.back() : navigate(`/gallery${search}`, { replace: true });
  return { previous: to(pictures[place - 1]), next: to(pictures[place + 1]), close };
}

/** Keys that work wherever on the page the focus is. */
export function useKeys(actions: Record<string, (() => void) | undefined>): void {
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => actions[key]?.();
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
}
