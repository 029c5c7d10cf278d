import { useDeferredValue } from 'react';
import { useAdminUsers } from '@/api/admin';
import { useLanguage } from '@/i18n';
import { Ledgered } from '@/ui/Ledgered';
import { useErrorWords } from './errorWords';
import { UserLink } from './links';
import { Records, type Column } from './Records';
import { SearchField } from './SearchField';
import { useFilters } from './useFilters';

/** All accounts, newest first. */
export function Users() {
  const { t, number, day } = useLanguage();
  const { get, set } = useFilters();
  const q = get('q');
  const query = useAdminUsers(useDeferredValue(q.trim()));
  const users = query.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: Column[] = [
    { name: t('console.email') },
    { name: t('console.name') },
    { name: t('console.role'), tight: true },
    { name: t('console.credits'), right: true },
    { name: t('console.held'), right: true },
    { name: t('console.since'), tight: true },
  ];
  const rows = users.map((user) => ({
    id: user.id,
    cells: [
      <UserLink key="id" id={user.id}>
        {user.email}
      </UserLink>,
      user.name,
      t(`role.${user.role}`),
      number(user.credits),
      number(user.held),
      day(user.createdAt),
    ],
  }));
  return (
    <Ledgered
      id="users"
      title={t('console.users')}
      empty={t('console.noUsers')}
      count={users.length}
      query={query}
      say={useErrorWords()}
      tools={
        <SearchField
          label={t('console.findUser')}
          maxLength={254}
          value={q}
          onChange={(text) => set('q', text)}
        />
      }
    >
      <Records caption={t('console.users')} columns={columns} rows={rows} />
    </Ledgered>
  );
}
