import clsx from 'clsx';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const tones = {
  info: { look: 'bg-wash text-ink border-cobalt', icon: Info, ink: 'text-cobalt' },
  good: { look: 'bg-celadon-wash text-ink border-celadon', icon: CircleCheck, ink: 'text-celadon' },
  warning: { look: 'bg-iron-wash text-ink border-iron', icon: TriangleAlert, ink: 'text-iron' },
  bad: { look: 'bg-coral-wash text-ink border-coral', icon: CircleAlert, ink: 'text-coral' },
} as const;

interface Props {
  tone: keyof typeof tones;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
  /** Read out when it appears. */
  live?: boolean;
}

/** Something to know, with what can be done about it. */
export function Notice({ tone, title, children, actions, className, live = false }: Props) {
  const { look, icon: Icon, ink } = tones[tone];
  return (
    <div
      role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
      className={clsx('border-l-3 p-4', look, className)}
    >
      <div className="flex gap-3">
        <Icon aria-hidden="true" className={clsx('mt-0.5 size-5 shrink-0', ink)} />
        <div className="min-w-0 flex-1">
          {title && <p className="font-semibold">{title}</p>}
          {children && <div className={clsx(title && 'mt-1')}>{children}</div>}
          {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
        </div>
      </div>
    </div>
  );
}
