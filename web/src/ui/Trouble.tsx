import { problemOf, type ProblemCode } from '@/api/problem';
import { useLanguage, type Text } from '@/i18n';
import { Button } from './Button';
import { Notice } from './Notice';
import { problemText } from './problemText';

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
  className?: string;
  /** A room's own words for a code; what it leaves out is said in everybody's. */
  say?: (code: ProblemCode) => string | undefined;
}

/**
 * A request that failed: what happened, what to do, and the id that finds it in the server's log.
 */
export function Trouble({ error, onRetry, className, say }: Props) {
  const { t } = useLanguage();
  const problem = problemOf(error);
  return (
    <Notice
      live
      tone="bad"
      {...(className ? { className } : {})}
      actions={onRetry && <Button onClick={onRetry}>{t('action.retry')}</Button>}
    >
      <p>{say?.(problem.code) ?? problemText(t, problem)}</p>
      <RequestId t={t} id={problem.status >= 500 ? problem.requestId : undefined} />
    </Notice>
  );
}

function RequestId({ t, id }: { t: Text; id: string | undefined }) {
  return id ? <p className="mt-1 text-sm text-ink-2">{t('error.requestId', { id })}</p> : null;
}
