import type { ProblemCode } from '@/api/problem';
import type { GenerateRequest, Picture } from '@/api/types';

/** One press of the button, from the press on: what was asked, and what came of asking. */
export interface Submission {
  /** The Idempotency-Key: a retry of this submission can never be paid twice. */
  key: string;
  request: GenerateRequest;
  imageId?: string;
  /** The picture's last known state. */
  picture?: Picture;
  problem?: ProblemCode;
}

export type Change =
  | { kind: 'loaded'; submissions: Submission[] }
  | { kind: 'sent'; key: string; request: GenerateRequest }
  | { kind: 'accepted'; key: string; imageId: string }
  | { kind: 'seen'; key: string; picture: Picture }
  | { kind: 'refused'; key: string; problem: ProblemCode }
  | { kind: 'retried'; key: string }
  | { kind: 'dropped'; key: string }
  | { kind: 'resumed'; pictures: Picture[] };

/** How many are remembered in this tab. */
export const remembered = 12;

/** Newest first. */
export function submissionsAfter(known: Submission[], change: Change): Submission[] {
  switch (change.kind) {
    case 'loaded':
      return change.submissions;
    case 'sent':
      return [{ key: change.key, request: change.request }, ...known].slice(0, remembered);
    case 'accepted':
      return known.map((one) =>
        one.key === change.key
          ? { key: one.key, request: one.request, imageId: change.imageId }
          : one,
      );
    case 'seen':
      return known.map((one) =>
        one.key === change.key ? { ...one, picture: change.picture } : one,
      );
    case 'refused':
      return known.map((one) =>
        one.key === change.key ? { ...one, problem: change.problem } : one,
      );
    case 'retried':
      return known.map((one) =>
        one.key === change.key ? { key: one.key, request: one.request } : one,
      );
    case 'dropped':
      return known.filter((one) => one.key !== change.key);
    case 'resumed':
      return [
        ...change.pictures
          .filter((picture) => !known.some((one) => one.imageId === picture.imageId))
          .map(resumed),
        ...known,
      ];
  }
}

const resumed = (picture: Picture): Submission => ({
  key: picture.imageId,
  imageId: picture.imageId,
  picture,
  request: { prompt: picture.prompt, aspectRatio: picture.aspectRatio, style: picture.style },
});

export function isSubmissions(value: unknown): value is Submission[] {
  return (
    Array.isArray(value) &&
    value.every((one) => typeof one?.key === 'string' && typeof one?.request?.prompt === 'string')
  );
}
