import type { ReactNode } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { useSession } from '@/api/session';
import { Trouble } from '@/ui/Trouble';
import { PageSkeleton } from './PageSkeleton';

/** Shows its page to whoever is signed in; sends a guest to sign in and back. */
export function RequireUser({ children }: { children: ReactNode }) {
  const { user, error, refetch } = useSession();
  const [path] = useLocation();
  const search = useSearch();
  if (user) return children;
  if (user === null)
    return (
      <Redirect
        replace
        to={`/login?next=${encodeURIComponent(search ? `${path}?${search}` : path)}`}
      />
    );
  if (error) {
    return (
      <div className="page py-12">
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return <PageSkeleton />;
}
