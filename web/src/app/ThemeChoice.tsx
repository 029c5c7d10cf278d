import { useLanguage } from '@/i18n';
import { Choice } from '@/ui/Choice';
import { themes, useTheme } from './theme';

export function ThemeChoice() {
  const { t } = useLanguage();
  const { theme, choose } = useTheme();
  return (
    <Choice
      legend={t('menu.theme')}
      name="theme"
      itemClass="flex-1"
      options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
      value={theme}
      onChange={choose}
    />
  );
}
