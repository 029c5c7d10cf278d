import { i18n } from '@lingui/core';
import { I18nProvider, useLingui } from '@lingui/react';
import { useMemo, type ReactNode } from 'react';
import { formatsFor, type Formats } from './formats';
import type { MessageKey } from './keys';
import { isLocale, type Locale } from './locale';

export type { MessageKey } from './keys';
export type Values = Record<string, string | number>;
export type Text = (key: MessageKey, values?: Values) => string;

/** Gives the tree below the current language. */
export function Messages({ children }: { children: ReactNode }) {
  return <I18nProvider i18n={i18n}>{children}</I18nProvider>;
}

export interface Language extends Formats {
  locale: Locale;
  /** A message in the current language. */
  t: Text;
}

/** Words, numbers, money and dates in the current language. */
export function useLanguage(): Language {
  const { i18n: current } = useLingui();
  const locale = isLocale(current.locale) ? current.locale : 'vi';
  return useMemo(
    () => ({ locale, t: (key, values) => current._(key, values), ...formatsFor(locale) }),
    [current, locale],
  );
}
