import type { ReactNode } from 'react';
import type { OrderStatus } from '@/api/types';
import { Seal } from './Seal';

interface Props {
  state: OrderStatus;
  title: string;
  text: string;
  children?: ReactNode;
  actions?: ReactNode;
}

/** A payment's outcome, laid out as a receipt with its seal. */
export function ResultFrame({ state, title, text, children, actions }: Props) {
  return (
    <div className="page max-w-2xl! py-8 lg:py-14">
      <div className="framed m-1 p-6 sm:p-10">
        <div
          role="status"
          className="flex flex-col-reverse items-start gap-5 sm:flex-row sm:justify-between"
        >
          <div>
            <h1 className="text-3xl">{title}</h1>
            <p className="mt-2 max-w-md text-lg text-ink-2">{text}</p>
          </div>
          <Seal state={state} />
        </div>
        {children}
        {actions && <div className="mt-8 flex flex-wrap gap-3">{actions}</div>}
      </div>
    </div>
  );
}
