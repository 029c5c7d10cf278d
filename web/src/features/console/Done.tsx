import { useEffect, useRef, type ReactNode } from 'react';
import { Notice } from '@/ui/Notice';

/**
 * What an act came to. Takes the focus, because the button that asked for it may be gone with what
 * it settled.
 */
export function Done({ children }: { children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.focus(), []);
  return (
    <div ref={element} tabIndex={-1} data-testid="done" className="mb-6 outline-none">
      <Notice live tone="good">
        {children}
      </Notice>
    </div>
  );
}
