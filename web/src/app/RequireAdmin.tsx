import type { ReactNode } from 'react';
import { useSession } from '@/api/session';

interface Props {
  otherwise: ReactNode;
  children: ReactNode;
}

/**
 * Shows its page to operators; to any other user there is no such page. What it shows is guarded by
 * the API, this only keeps it out of sight.
 */
export function RequireAdmin({ otherwise, children }: Props) {
  const { user } = useSession();
  return user?.role === 'admin' ? children : otherwise;
}
