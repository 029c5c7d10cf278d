import { useState } from 'react';
import { useAdminUser } from '@/api/admin';
import type { AdminUser } from '@/api/types';
import { useLanguage } from '@/i18n';
import { localeNames } from '@/i18n/locale';
import { Button, ButtonLink } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { ConsoleTrouble } from './ConsoleTrouble';
import { Done } from './Done';
import { Facts } from './Facts';
import { GrantDialog } from './GrantDialog';
import { UserLedger } from './UserLedger';

/** One account, its credit book, and a way to give credits. */
export function UserPage({ id }: { id: string }) {
  const { t } = useLanguage();
  const { data: user, error, refetch } = useAdminUser(id);
  if (user) return <Detail user={user} />;
  return (
    <section aria-labelledby="user-title">
      <div className="rim" />
      <h2 id="user-title" className="mt-4 text-2xl break-all">
        {t('console.user', { id })}
      </h2>
      {error ? (
        <>
          <ConsoleTrouble error={error} onRetry={() => void refetch()} className="mt-4" />
          <ButtonLink to="/console/users" className="mt-4">
            {t('console.toUsers')}
          </ButtonLink>
        </>
      ) : (
        <Skeleton className="mt-4 h-96" />
      )}
    </section>
  );
}

function Detail({ user }: { user: AdminUser }) {
  const { t, number, moment } = useLanguage();
  const [granting, setGranting] = useState(false);
  const [done, setDone] = useState<{ text: string; serial: number } | null>(null);
  return (
    <div className="grid gap-10">
      <section aria-labelledby="user-title">
        {done && <Done key={done.serial}>{done.text}</Done>}
        <div className="rim" />
        <h2 id="user-title" className="mt-4 text-2xl break-all">
          {user.email}
        </h2>
        <div className="mt-4 max-w-2xl">
          <Facts
            facts={[
              [t('console.credits'), number(user.credits)],
              [t('console.held'), number(user.held)],
              [t('console.name'), user.name],
              [t('console.role'), t(`role.${user.role}`)],
              [t('console.language'), localeNames[user.locale]],
              [t('console.since'), moment(user.createdAt)],
              [t('console.id'), user.id],
            ]}
          />
          <Button className="mt-6" onClick={() => setGranting(true)}>
            {t('console.toGrant')}
          </Button>
        </div>
      </section>
      <UserLedger id={user.id} />
      {granting && (
        <GrantDialog
          user={user}
          onClose={() => setGranting(false)}
          onDone={(text) => {
            setGranting(false);
            setDone((last) => ({ text, serial: (last?.serial ?? 0) + 1 }));
          }}
        />
      )}
    </div>
  );
}
