import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { creditsKey } from '@/api/credits';
import { newKey } from '@/api/idempotency';
import { generate, usePendingPictures } from '@/api/pictures';
import { problemOf } from '@/api/problem';
import { sessionKey } from '@/api/session';
import type { Credits, GenerateRequest, Picture } from '@/api/types';
import { keepStored, readStored } from '@/ui/stored';
import { isSubmissions, submissionsAfter, type Change, type Submission } from './submissions';

/**
 * What this tab has asked for. Kept across a refresh: a submission whose answer was lost is sent
 * again under its own key, and pictures the server still paints are taken up again.
 */
export function useSubmissions(userId: string | undefined) {
  const cache = useQueryClient();
  const [submissions, change] = useReducer(submissionsAfter, []);
  const send = useCallback(
    async ({ key, request }: Submission) => {
      try {
        const answer = await generate(request, key);
        cache.setQueryData<Credits>(
          creditsKey,
          (known) => known && { ...known, credits: answer.credits },
        );
        change({ kind: 'accepted', key, imageId: answer.imageId });
      } catch (error) {
        const problem = problemOf(error);
        change({ kind: 'refused', key, problem: problem.code });
        if (problem.status === 401) cache.setQueryData(sessionKey, { user: null });
        void cache.invalidateQueries({ queryKey: creditsKey });
      }
    },
    [cache],
  );

  const submit = (request: GenerateRequest) => {
    const key = newKey();
    change({ kind: 'sent', key, request });
    void send({ key, request });
    return key;
  };
  const retry = (submission: Submission) => {
    change({ kind: 'retried', key: submission.key });
    void send(submission);
  };

  useKept(userId, submissions, send, change);
  const drop = (key: string) => change({ kind: 'dropped', key });
  const seen = (key: string, picture: Picture) => change({ kind: 'seen', key, picture });
  return { submissions, submit, retry, drop, seen };
}

type Dispatch = (change: Change) => void;
type Send = (submission: Submission) => Promise<void>;

/**
 * Keeps the submissions in this tab; on load asks again for what got no answer and takes up what is
 * still painted.
 */
function useKept(
  userId: string | undefined,
  submissions: Submission[],
  send: Send,
  change: Dispatch,
) {
  const loadedFor = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (userId === undefined) return;
    if (loadedFor.current === userId) {
      keepStored(storeOf(userId), submissions);
      return;
    }
    loadedFor.current = userId;
    const kept = readStored(storeOf(userId));
    if (!isSubmissions(kept)) return;
    change({ kind: 'loaded', submissions: kept });
    for (const one of kept) if (!one.imageId && !one.problem) void send(one);
  }, [userId, submissions, send, change]);

  const { data: pending } = usePendingPictures(userId !== undefined);
  useEffect(() => {
    if (pending?.length) change({ kind: 'resumed', pictures: pending });
  }, [pending, change]);
}

const storeOf = (userId: string) => `submissions:${userId}`;
