import type { ReactNode } from 'react';
import { Plate } from './Plate';

interface Props {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing here yet, and how to begin. */
export function Empty({ title, children, action }: Props) {
  return (
    <div className="flex flex-col items-center px-4 py-12 text-center">
      <Plate className="size-40 text-cobalt" />
      <h2 className="mt-6 text-2xl">{title}</h2>
      {children && <p className="mt-2 max-w-md text-ink-2">{children}</p>}
      {action && <div className="mt-6">{action}</div>}
    </div>
  );
}
