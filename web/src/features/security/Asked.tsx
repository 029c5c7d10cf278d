import { useEffect, useRef, useState, type ComponentProps } from 'react';
import { Button, type Look } from '@/ui/Button';
import { ChangeForm } from './ChangeForm';

type FormProps<Values, Answer> = ComponentProps<typeof ChangeForm<Values, Answer>>;

interface Props<Values, Answer> extends Omit<FormProps<Values, Answer>, 'onDone' | 'onCancel'> {
  opener: string;
  look?: Look;
  onDone?: (answer: Answer) => void;
}

/**
 * A button, and the form that it opens, with the focus in its first field. Giving up gives the
 * focus back to the button; what comes of success takes the focus itself.
 */
export function Asked<Values, Answer>(props: Props<Values, Answer>) {
  const { opener, look = 'secondary', onDone, ...form } = props;
  const [state, setState] = useState<'closed' | 'open' | 'given up'>('closed');
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state === 'given up') button.current?.focus();
    if (state === 'open')
      panel.current?.querySelector<HTMLInputElement>('input:not([hidden])')?.focus();
  }, [state]);
  if (state === 'open')
    return (
      <div ref={panel}>
        <ChangeForm
          {...form}
          onDone={(answer) => {
            setState('closed');
            onDone?.(answer);
          }}
          onCancel={() => setState('given up')}
        />
      </div>
    );
  return (
    <Button ref={button} look={look} onClick={() => setState('open')}>
      {opener}
    </Button>
  );
}
