import { useEffect } from 'react';
import { useRecentPictures, useSettled } from '@/api/pictures';
import type { ProblemCode } from '@/api/problem';
import type { AspectRatio, Picture } from '@/api/types';
import type { Submission } from './submissions';

export type TileState = 'sending' | 'pending' | 'ready' | 'failed' | 'cancelled' | 'refused';

/** One picture on the studio's strip, in whatever state it is. */
export interface Tile {
  key: string;
  state: TileState;
  prompt: string;
  aspectRatio: AspectRatio;
  picture?: Picture;
  problem?: ProblemCode;
  submission?: Submission;
}

/** This tab's submissions, then the newest pictures made before. */
export function useTiles(submissions: Submission[], signedIn: boolean): Tile[] {
  const recent = useRecentPictures(signedIn);
  const settle = useSettled();
  const settled = submissions.filter(
    ({ picture }) => picture && picture.status !== 'pending',
  ).length;
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- only the count says that something ended
  useEffect(() => (settled > 0 ? settle() : undefined), [settled]);

  const shown = new Set(submissions.map(({ imageId }) => imageId));
  const older = (recent.data ?? []).filter(({ imageId }) => !shown.has(imageId)).map(tileOfPicture);
  return [...submissions.map(tileOf), ...older];
}

function tileOf(submission: Submission): Tile {
  const { key, request, imageId, picture, problem } = submission;
  const sent: TileState = imageId ? 'pending' : 'sending';
  return {
    key,
    submission,
    prompt: request.prompt,
    aspectRatio: request.aspectRatio ?? '1:1',
    state: problem ? 'refused' : (picture?.status ?? sent),
    ...(picture ? { picture } : {}),
    ...(problem ? { problem } : picture?.error ? { problem: picture.error } : {}),
  };
}

const tileOfPicture = (picture: Picture): Tile => ({
  key: picture.imageId,
  state: picture.status,
  prompt: picture.prompt,
  aspectRatio: picture.aspectRatio,
  picture,
});
