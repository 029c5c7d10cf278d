import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { OrderStatus } from '@/api/types';

const drawings: Record<OrderStatus, { ink: string; inside: ReactNode }> = {
  paid: { ink: 'text-celadon', inside: <path d="M33 49l11 12 22-25" strokeWidth="6" /> },
  pending: { ink: 'text-cobalt', inside: <path d="M48 30v19l13 9" strokeWidth="5" /> },
  failed: { ink: 'text-coral', inside: <path d="M36 36l24 24M60 36L36 60" strokeWidth="6" /> },
  expired: {
    ink: 'text-iron',
    inside: (
      <path d="M36 30h24M36 66h24M39 30c0 12 18 24 18 36M57 30c0 12-18 24-18 36" strokeWidth="4" />
    ),
  },
  refunding: {
    ink: 'text-cobalt',
    inside: <path d="M34 40h20a11 11 0 010 22H42M43 30L33 40l10 10" strokeWidth="5" />,
  },
  refunded: {
    ink: 'text-celadon',
    inside: <path d="M34 40h20a11 11 0 010 22H42M43 30L33 40l10 10" strokeWidth="6" />,
  },
  review: { ink: 'text-iron', inside: <path d="M48 30v22M48 62v3" strokeWidth="6" /> },
};

/** A stamped seal: the two rims, and the outcome inside. */
export function Seal({ state }: { state: OrderStatus }) {
  const { ink, inside } = drawings[state];
  return (
    <svg
      viewBox="0 0 96 96"
      fill="none"
      stroke="currentColor"
      strokeLinecap="square"
      aria-hidden="true"
      className={clsx('size-24 shrink-0 -rotate-6', ink)}
    >
      <circle cx="48" cy="48" r="46" strokeWidth="1.5" />
      <circle cx="48" cy="48" r="39" strokeWidth="4" />
      {inside}
    </svg>
  );
}
