import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

const look = 'inline-flex min-h-6 items-center py-1 break-all font-semibold text-cobalt';

export function OrderLink({ id, children }: { id: string; children?: ReactNode }) {
  return (
    <Link
      to={`/console/orders/${encodeURIComponent(id)}`}
      className={clsx(look, !children && 'text-sm')}
    >
      {children ?? id}
    </Link>
  );
}

export function UserLink({ id, children }: { id: string; children?: ReactNode }) {
  return (
    <Link
      to={`/console/users/${encodeURIComponent(id)}`}
      className={clsx(look, !children && 'text-sm')}
    >
      {children ?? id}
    </Link>
  );
}
