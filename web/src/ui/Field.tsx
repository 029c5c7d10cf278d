import clsx from 'clsx';
import { useId, type ComponentProps, type ReactNode } from 'react';

interface Props extends ComponentProps<'input'> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Stands inside the field's right end. */
  end?: ReactNode;
}

/** A labelled input with its hint and its error, joined for screen readers. */
export function Field({ label, hint, error, end, className, id, ...rest }: Props) {
  const own = useId();
  const input = id ?? own;
  const notes = [hint && `${input}-hint`, error && `${input}-error`].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label htmlFor={input} className="mb-1.5 block font-semibold">
        {label}
      </label>
      <div className="relative">
        <input
          {...rest}
          id={input}
          aria-invalid={error ? true : undefined}
          aria-describedby={notes || undefined}
          className={clsx('field', end !== undefined && 'pr-24')}
        />
        {end !== undefined && (
          <div className="absolute inset-y-0 right-0 flex items-center">{end}</div>
        )}
      </div>
      {hint && (
        <p id={`${input}-hint`} className="mt-1 text-sm text-ink-2">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${input}-error`} className="mt-1 text-sm font-semibold text-coral">
          {error}
        </p>
      )}
    </div>
  );
}
