import clsx from 'clsx';
import { useEffect, useRef, type ComponentProps } from 'react';
import { Notice } from './Notice';

/**
 * What came of something just done. Takes the focus, so that it is read out and the keyboard goes
 * on from there: the button that was pressed is often gone by now.
 */
export function Outcome({
  title,
  className,
  ...rest
}: ComponentProps<typeof Notice> & { title: string }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.focus(), []);
  return (
    <div
      ref={element}
      role="group"
      aria-label={title}
      tabIndex={-1}
      className={clsx('outline-none', className)}
    >
      <Notice title={title} {...rest} />
    </div>
  );
}
