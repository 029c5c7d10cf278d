export const locales = ['vi', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Everything on the site is told in Vietnam's time. */
export const timeZone = 'Asia/Ho_Chi_Minh';

/** Each language in its own words. */
export const localeNames: Record<Locale, string> = { vi: 'Tiếng Việt', en: 'English' };

export const isLocale = (text: unknown): text is Locale => locales.includes(text as Locale);

/** The language the server chose for this page. */
export const pageLocale = (): Locale => (document.documentElement.lang === 'en' ? 'en' : 'vi');

/** The language chosen on this browser before, if any. */
export function chosenLocale(): Locale | null {
  const value = /(?:^|; )lang=(\w+)/.exec(document.cookie)?.[1];
  return isLocale(value) ? value : null;
}

/** Tells the server which language to serve from now on. */
export function rememberLocale(locale: Locale): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `lang=${locale}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
