import type { AspectRatio, GenerateRequest, Picture } from '@/api/types';
import { keepStored, readStored } from './stored';

/** A picture somebody is still putting into words. Survives a refresh, a sign-in and a purchase. */
export interface Draft {
  prompt: string;
  aspectRatio: AspectRatio;
  style: string;
  /** Digits, or empty for a new one each time. */
  seed: string;
  negativePrompt: string;
}

export const emptyDraft: Draft = {
  prompt: '',
  aspectRatio: '1:1',
  style: 'none',
  seed: '',
  negativePrompt: '',
};

const name = 'draft';

export function readDraft(): Draft {
  const kept = readStored(name);
  return typeof kept === 'object' && kept !== null ? { ...emptyDraft, ...kept } : emptyDraft;
}

export const keepDraft = (draft: Draft): void => keepStored(name, draft);

/** The settings a picture was painted with, to start from again. */
export const draftOf = (picture: Picture): Draft => ({
  prompt: picture.prompt,
  aspectRatio: picture.aspectRatio,
  style: picture.style || 'none',
  seed: '',
  negativePrompt: '',
});

/** The request a draft stands for: only what the engine takes. */
export function requestOf(
  draft: Draft,
  engine: { seed: boolean; negativePrompt: boolean } | undefined,
): GenerateRequest {
  return {
    prompt: draft.prompt.trim(),
    aspectRatio: draft.aspectRatio,
    style: draft.style,
    ...(engine?.seed && draft.seed !== '' ? { seed: Number(draft.seed) } : {}),
    ...(engine?.negativePrompt && draft.negativePrompt.trim() !== ''
      ? { negativePrompt: draft.negativePrompt.trim() }
      : {}),
  };
}
