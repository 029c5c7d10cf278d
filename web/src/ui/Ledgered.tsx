import type { ComponentProps, ReactNode } from 'react';
import { useLanguage } from '@/i18n';
import { Button } from './Button';
import { Skeleton } from './Skeleton';
import { Trouble } from './Trouble';

interface Query {
  isPending: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

interface Props {
  id: string;
  title: string;
  /** Said in place of the table when there is nothing. */
  empty: ReactNode;
  count: number;
  query: Query;
  /** Between the title and the list: filters, a search. */
  tools?: ReactNode;
  /** A room's own words for what went wrong. */
  say?: ComponentProps<typeof Trouble>['say'];
  children: ReactNode;
}

/** A titled list out of the books, page by page. */
export function Ledgered({ id, title, empty, count, query, tools, say, children }: Props) {
  const { t } = useLanguage();
  return (
    <section aria-labelledby={`${id}-title`} id={id}>
      <div className="rim" />
      <h2 id={`${id}-title`} className="mt-4 text-2xl">
        {title}
      </h2>
      {tools && <div className="mt-4">{tools}</div>}
      <div className="mt-4">
        {query.isPending && <Skeleton className="h-40" />}
        {query.error ? (
          <Trouble
            error={query.error}
            {...(say ? { say } : {})}
            onRetry={() => void query.refetch()}
          />
        ) : null}
        {!query.isPending && !query.error && count === 0 && <p className="text-ink-2">{empty}</p>}
        {count > 0 && children}
        {query.hasNextPage && (
          <Button
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
            className="mt-4"
          >
            {t('action.more')}
          </Button>
        )}
      </div>
    </section>
  );
}
