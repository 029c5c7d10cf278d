import { useRef } from 'react';
import { useEndSession, useSessions } from '@/api/security';
import { useLanguage } from '@/i18n';
import { Skeleton } from '@/ui/Skeleton';
import { Trouble } from '@/ui/Trouble';
import { useErrorWords } from './errorWords';
import { Everywhere } from './Everywhere';
import { SessionList } from './SessionList';

/** Every browser that is signed in; any but this one can be signed out from here. */
export default function Devices() {
  const { t } = useLanguage();
  const say = useErrorWords();
  const { data, error, refetch } = useSessions();
  const end = useEndSession();
  const status = useRef<HTMLParagraphElement>(null);
  // The pressed button goes with its row.
  const finish = (id: string) =>
    end.mutate(id, { onSuccess: () => status.current?.focus({ preventScroll: true }) });
  return (
    <>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {data && (
        <SessionList
          items={data.items}
          ending={end.isPending ? end.variables : undefined}
          onEnd={finish}
        />
      )}
      {!data && !error && <Skeleton className="h-32" />}
      <p
        ref={status}
        role="status"
        tabIndex={-1}
        className="mt-3 font-semibold text-celadon outline-none"
      >
        {end.isSuccess && t('security.ended')}
      </p>
      {end.error && <Trouble error={end.error} say={say} className="mt-3" />}
      <Everywhere />
    </>
  );
}
