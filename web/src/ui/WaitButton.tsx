import type { ComponentProps } from 'react';
import type { Problem } from '@/api/problem';
import { useLanguage } from '@/i18n';
import { Button } from './Button';
import { timeText } from './problemText';
import { useSecondsLeft } from './useSecondsLeft';

interface Props extends ComponentProps<typeof Button> {
  /** What the last press was answered with. */
  after: Problem | null;
}

/** A button that, when the server asks for patience, counts down and does nothing until then. */
export function WaitButton({ after, busy = false, children, ...rest }: Props) {
  const { t } = useLanguage();
  const left = useSecondsLeft(after);
  return (
    <Button {...rest} busy={busy || left > 0}>
      {left > 0 ? t('action.retryIn', { time: timeText(t, left) }) : children}
    </Button>
  );
}
