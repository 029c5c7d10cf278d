import { useEffect } from 'react';
import { useWatchedPicture } from '@/api/pictures';
import { problemOf } from '@/api/problem';
import type { Picture } from '@/api/types';

interface Props {
  id: string;
  /** Events arrive by themselves; asking is only the safety net. */
  live: boolean;
  onSeen: (picture: Picture) => void;
  onGone: () => void;
}

/** Follows one picture until it is painted, or has failed. Draws nothing. */
export function Watch({ id, live, onSeen, onGone }: Props) {
  const { data, error } = useWatchedPicture(id, live);
  const gone = error !== null && problemOf(error).status === 404;
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the callbacks are new on every render; only news counts
  useEffect(() => (data ? onSeen(data) : undefined), [data]);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- as above
  useEffect(() => (gone ? onGone() : undefined), [gone]);
  return null;
}
