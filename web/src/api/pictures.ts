import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { call } from './client';
import { creditsKey } from './credits';
import type { GenerateRequest, Picture } from './types';

export const picturesKey = ['pictures'] as const;
export const pictureKey = (id: string) => ['picture', id] as const;

export const fetchPicture = (id: string): Promise<Picture> =>
  call('get', '/image/{id}', { path: { id } });

/** Ready pictures, newest first; `q` searches their prompts. */
export function useGallery(q: string, limit = 24) {
  return useInfiniteQuery({
    queryKey: [...picturesKey, 'gallery', q, limit],
    queryFn: ({ pageParam }) =>
      call('get', '/image', {
        query: { status: 'ready', limit, cursor: pageParam, q: q === '' ? undefined : q },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** The last pictures, for the strip under the easel. */
export function useRecentPictures(enabled: boolean) {
  return useQuery({
    queryKey: [...picturesKey, 'recent'],
    queryFn: () =>
      call('get', '/image', { query: { status: 'ready', limit: 12 } }).then((page) => page.items),
    enabled,
  });
}

/** Pictures still being painted: what a refresh interrupted. */
export function usePendingPictures(enabled: boolean) {
  return useQuery({
    queryKey: [...picturesKey, 'pending'],
    queryFn: () =>
      call('get', '/image', { query: { status: 'pending', limit: 20 } }).then((page) => page.items),
    enabled,
    staleTime: Infinity,
  });
}

export function usePicture(id: string) {
  return useQuery({ queryKey: pictureKey(id), queryFn: () => fetchPicture(id) });
}

/**
 * How often a picture in work is asked for: seldom while events arrive, often while they do not.
 */
const askEveryMs = { live: 5_000, alone: 1_200 };

/** A picture in work, asked for until it settles. */
export function useWatchedPicture(id: string, live: boolean) {
  return useQuery({
    queryKey: pictureKey(id),
    queryFn: () => fetchPicture(id),
    staleTime: 1_000,
    refetchInterval: ({ state }) => {
      if (state.status === 'error' || (state.data && state.data.status !== 'pending')) return false;
      return live ? askEveryMs.live : askEveryMs.alone;
    },
  });
}

/** A picture came to its end: the balance and the lists of pictures have changed. */
export function useSettled() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: creditsKey });
    void cache.invalidateQueries({ queryKey: [...picturesKey, 'recent'] });
    void cache.invalidateQueries({ queryKey: [...picturesKey, 'gallery'] });
  };
}

/** Asks for a picture. The answer is at once; the picture comes by event or by asking again. */
export const generate = (body: GenerateRequest, key: string) =>
  call('post', '/image/generate-image', {
    body,
    headers: { 'Idempotency-Key': key, Prefer: 'respond-async' },
  });

export function useCancelPicture() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('post', '/image/{id}/cancel', { path: { id } }),
    onSuccess: (picture) => keepPicture(cache, picture),
  });
}

export function useDeletePicture() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('delete', '/image/{id}', { path: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: picturesKey }),
  });
}

/** Takes in what an event or an answer said about a picture. */
export function keepPicture(cache: QueryClient, picture: Picture): void {
  cache.setQueryData(pictureKey(picture.imageId), picture);
}
