import { describe, expect, it } from 'vitest';
import type { Picture } from '@/api/types';
import {
  isSubmissions,
  remembered,
  submissionsAfter,
  type Submission,
} from '@/features/studio/submissions';

const request = { prompt: 'bay' };
const picture = {
  imageId: 'i1',
  status: 'pending',
  prompt: 'bay',
  aspectRatio: '1:1',
  style: 'none',
} as Picture;

describe('submissions', () => {
  it('puts the newest first and forgets the oldest', () => {
    let known: Submission[] = [];
    for (let index = 0; index < remembered + 3; index += 1)
      known = submissionsAfter(known, { kind: 'sent', key: `k${index}`, request });
    expect(known).toHaveLength(remembered);
    expect(known[0]?.key).toBe(`k${remembered + 2}`);
  });

  it('keeps the key across a refused try, so that the retry cannot be paid twice', () => {
    const sent = submissionsAfter([], { kind: 'sent', key: 'k', request });
    const refused = submissionsAfter(sent, {
      kind: 'refused',
      key: 'k',
      problem: 'network.unreachable',
    });
    expect(refused[0]?.problem).toBe('network.unreachable');
    expect(submissionsAfter(refused, { kind: 'retried', key: 'k' })).toEqual(sent);
  });

  it('takes up a pending picture once, even when this tab asked for it', () => {
    const accepted = submissionsAfter(submissionsAfter([], { kind: 'sent', key: 'k', request }), {
      kind: 'accepted',
      key: 'k',
      imageId: 'i1',
    });
    expect(submissionsAfter(accepted, { kind: 'resumed', pictures: [picture] })).toEqual(accepted);
    expect(submissionsAfter([], { kind: 'resumed', pictures: [picture] })[0]?.imageId).toBe('i1');
  });

  it('does not trust what it finds in storage', () => {
    expect(isSubmissions([{ key: 'k', request }])).toBe(true);
    expect(isSubmissions([{ key: 'k' }])).toBe(false);
    expect(isSubmissions('k')).toBe(false);
  });
});
