import { Search } from 'lucide-react';
import { useLanguage } from '@/i18n';

export function SearchBox({
  value,
  onChange,
}: {
  value: string;
  onChange: (text: string) => void;
}) {
  const { t } = useLanguage();
  return (
    <search className="relative w-full sm:w-72">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-3 left-3 size-5 text-ink-2"
      />
      <input
        type="search"
        value={value}
        maxLength={200}
        aria-label={t('gallery.search')}
        placeholder={t('gallery.search')}
        onChange={(event) => onChange(event.target.value)}
        className="field pl-10!"
      />
    </search>
  );
}
