import { useState } from 'react';
import { useAdminReviews } from '@/api/admin';
import { useLanguage } from '@/i18n';
import { Choice } from '@/ui/Choice';
import { Ledgered } from '@/ui/Ledgered';
import { Done } from './Done';
import { useErrorWords } from './errorWords';
import { ReviewCase } from './ReviewCase';
import { useFilters } from './useFilters';

/** What a person has to look at; only open cases unless all are asked for. */
export function Reviews() {
  const { t } = useLanguage();
  const { get, set } = useFilters();
  const all = get('show') === 'all';
  const query = useAdminReviews(!all);
  const cases = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [done, setDone] = useState<{ id: string; text: string } | null>(null);
  return (
    <>
      {done && <Done key={done.id}>{done.text}</Done>}
      <Ledgered
        id="reviews"
        title={t('console.reviews')}
        empty={t(all ? 'console.noReviews' : 'console.noOpenReviews')}
        count={cases.length}
        query={query}
        say={useErrorWords()}
        tools={
          <Choice
            legend={t('console.which')}
            hideLegend
            name="which"
            options={[
              { value: 'open', label: t('console.openOnly') },
              { value: 'all', label: t('console.all') },
            ]}
            value={all ? 'all' : 'open'}
            onChange={(value) => set('show', value === 'all' ? 'all' : '')}
          />
        }
      >
        <ul className="grid gap-4 lg:grid-cols-2">
          {cases.map((item) => (
            <li key={item.id}>
              <ReviewCase item={item} onSettled={(text) => setDone({ id: item.id, text })} />
            </li>
          ))}
        </ul>
      </Ledgered>
    </>
  );
}
