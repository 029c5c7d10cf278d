import { useLocaleSwitch } from '@/app/useLocaleSwitch';
import { useLanguage } from '@/i18n';
import { localeNames, locales } from '@/i18n/locale';
import { Choice } from '@/ui/Choice';

export function LanguageChoice() {
  const { t, locale } = useLanguage();
  const switchTo = useLocaleSwitch();
  return (
    <Choice
      legend={t('menu.language')}
      name="language"
      itemClass="flex-1"
      options={locales.map((value) => ({ value, label: localeNames[value] }))}
      value={locale}
      onChange={(next) => void switchTo(next)}
    />
  );
}
