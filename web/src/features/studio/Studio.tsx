import { useMemo, useRef, useState } from 'react';
import { Redirect } from 'wouter';
import { useEngines } from '@/api/engines';
import { useLiveEvents } from '@/api/events';
import { useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { draftOf, requestOf, type Draft } from '@/ui/draft';
import { usePageTitle } from '@/ui/usePageTitle';
import { Composer } from './Composer';
import { Easel } from './Easel';
import { FirstUse } from './FirstUse';
import { Strip } from './Strip';
import { useDraft } from './useDraft';
import { useSubmissions } from './useSubmissions';
import { useTiles } from './useTiles';
import { Watch } from './Watch';

/**
 * Where pictures are made. A guest may compose; painting asks them to sign up and keeps the draft.
 */
export default function Studio() {
  const { user } = useSession();
  const [hadUser, setHadUser] = useState(false);
  if (user && !hadUser) setHadUser(true);
  // The session ended while working here: sign in again and come back to the same draft.
  if (hadUser && user === null) return <Redirect replace to="/login?expired=1&next=/studio" />;
  return <Workshop userId={user?.id} />;
}

function Workshop({ userId }: { userId: string | undefined }) {
  const { t } = useLanguage();
  usePageTitle(t('studio.title'));
  const { draft, change } = useDraft();
  const engines = useEngines();
  const engine = engines.data?.[0];
  const { submissions, submit, retry, drop, seen } = useSubmissions(userId);
  const live = useLiveEvents(userId !== undefined);
  const tiles = useTiles(submissions, userId !== undefined);
  const [chosen, choose] = useState<string | null>(null);
  const current = useMemo(
    () => tiles.find((tile) => tile.key === chosen) ?? tiles[0],
    [tiles, chosen],
  );

  const canvas = useRef<HTMLElement>(null);
  const paint = (what: Draft) => {
    choose(submit(requestOf(what, engine)));
    // On a phone the canvas is below the form: bring the kiln into sight.
    if (matchMedia('(width < 64rem)').matches)
      canvas.current?.scrollIntoView({ behavior: 'smooth' });
  };
  const again = () => {
    if (!current) return;
    if (current.state === 'refused' && current.submission) retry(current.submission);
    else paint(current.picture ? draftOf(current.picture) : { ...draft, prompt: current.prompt });
  };
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-8 py-6 lg:grid-cols-[24rem_minmax(0,1fr)] lg:gap-12 lg:py-8">
      <Composer draft={draft} change={change} engine={engine} onPaint={() => paint(draft)} />
      {submissions.map(
        ({ key, imageId }) =>
          imageId && (
            <Watch
              key={key}
              id={imageId}
              live={live}
              onSeen={(picture) => seen(key, picture)}
              onGone={() => drop(key)}
            />
          ),
      )}
      <section ref={canvas} aria-label={t('studio.canvas')} className="min-w-0">
        {current ? (
          <>
            <Easel
              key={current.key}
              tile={current}
              onAgain={again}
              onDrop={() => drop(current.key)}
              onReuse={change}
            />
            <Strip tiles={tiles} current={current.key} onChoose={choose} />
          </>
        ) : (
          <FirstUse onBorrow={(prompt) => change({ prompt })} />
        )}
      </section>
    </div>
  );
}
