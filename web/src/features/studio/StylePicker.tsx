import type { Engine } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Choice } from '@/ui/Choice';
import { styleName } from '@/ui/styleName';

interface Props {
  engine: Engine | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** The styles an engine knows. */
export function StylePicker({ engine, value, onChange }: Props) {
  const { t } = useLanguage();
  const offered = engine?.styles ?? ['none'];
  if (engine && offered.length < 2) return null;
  return (
    <Choice
      legend={t('studio.style')}
      name="style"
      className="min-h-24 content-start"
      options={offered.map((style) => ({ value: style, label: styleName(t, style) }))}
      value={offered.includes(value) ? value : (offered[0] ?? 'none')}
      onChange={onChange}
    />
  );
}
