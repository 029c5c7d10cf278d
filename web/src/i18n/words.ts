import { i18n, type Messages } from '@lingui/core';
import type { Catalog } from './keys';
import type { Locale } from './locale';

const loaders = import.meta.glob<{ default: Messages }>('./{vi,en}/*.json');
/** What the pages opened so far speak from. */
const wanted = new Set<Catalog>(['shell']);
const loaded = new Set<string>();
let current: Locale = 'vi';

async function load(locale: Locale, catalog: Catalog): Promise<void> {
  const path = `./${locale}/${catalog}.json`;
  if (loaded.has(path)) return;
  const words = await loaders[path]?.();
  if (words) i18n.load(locale, words.default);
  loaded.add(path);
}

/** Loads the words of a page in the current language, beside the page's own code. */
export async function withWords<T>(
  catalogs: readonly Catalog[],
  page: () => Promise<T>,
): Promise<T> {
  for (const catalog of catalogs) wanted.add(catalog);
  const [loadedPage] = await Promise.all([
    page(),
    ...catalogs.map((catalog) => load(current, catalog)),
  ]);
  return loadedPage;
}

/**
 * Loads all wanted words of a language and makes it the current one, on the page's root element
 * too.
 */
export async function activate(locale: Locale): Promise<void> {
  current = locale;
  await Promise.all([...wanted].map((catalog) => load(locale, catalog)));
  i18n.activate(locale);
  if (typeof document !== 'undefined') document.documentElement.lang = locale;
}
