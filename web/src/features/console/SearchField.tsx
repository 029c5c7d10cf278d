import { Search } from 'lucide-react';

interface Props {
  label: string;
  value: string;
  maxLength: number;
  onChange: (text: string) => void;
}

export function SearchField({ label, value, maxLength, onChange }: Props) {
  return (
    <search className="relative w-full sm:w-96">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-3 left-3 size-5 text-ink-2"
      />
      <input
        type="search"
        value={value}
        maxLength={maxLength}
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className="field pl-10!"
      />
    </search>
  );
}
