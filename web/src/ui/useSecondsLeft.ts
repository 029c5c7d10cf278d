import { useEffect, useState } from 'react';
import type { Problem } from '@/api/problem';

/** Seconds until a refused request may be sent again; counts down to 0. */
export function useSecondsLeft(problem: Problem | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const wait = problem?.retryAfterSeconds ?? 0;
    const until = Date.now() + wait * 1000;
    const look = () => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) clearInterval(clock);
    };
    const clock = setInterval(look, 1000);
    look();
    return () => clearInterval(clock);
  }, [problem]);
  return left;
}
