import clsx from 'clsx';
import type { ReactNode } from 'react';

export interface Option<T extends string> {
  value: T;
  label: string;
  /** Drawn above or before the label. */
  picture?: ReactNode;
}

interface Props<T extends string> {
  legend: string;
  name: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
  className?: string;
  itemClass?: string;
  hideLegend?: boolean;
}

/**
 * One of a few, all in sight: native radio buttons under the drawn cards, so that arrow keys work.
 */
export function Choice<T extends string>(props: Props<T>) {
  const { legend, name, options, value, onChange, className, itemClass, hideLegend } = props;
  return (
    <fieldset className="min-w-0">
      <legend className={hideLegend ? 'sr-only' : 'mb-2 font-semibold'}>{legend}</legend>
      <div className={clsx('flex flex-wrap gap-2', className)}>
        {options.map((option) => (
          <label
            key={option.value}
            className={clsx(
              'relative flex min-h-11 items-center justify-center gap-2 rounded border px-3 py-1.5 text-center transition-colors duration-120',
              'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-cobalt',
              option.value === value
                ? 'border-cobalt bg-wash font-semibold text-cobalt shadow-[inset_0_0_0_1px_var(--color-cobalt)]'
                : 'border-edge bg-surface hover:border-cobalt',
              itemClass,
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 size-full cursor-pointer opacity-0"
            />
            {option.picture}
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
