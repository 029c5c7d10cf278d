import type { Catalog } from '@/i18n/keys';
import { withWords } from '@/i18n/words';

/**
 * The words each page speaks from, beside the shell's. A test follows the imports and checks the
 * lists.
 */
export const wordsOf = {
  landing: ['landing', 'samples', 'ledger'],
  signup: ['auth', 'samples'],
  login: ['auth', 'samples'],
  studio: ['studio', 'picture', 'samples'],
  gallery: ['gallery', 'picture'],
  billing: ['billing', 'order'],
  paymentReturn: ['billing'],
  orderResult: ['billing', 'order'],
  receipt: ['receipt', 'billing', 'order'],
  console: ['console', 'order', 'ledger'],
  account: ['account', 'order', 'ledger', 'auth'],
} as const satisfies Record<string, readonly Catalog[]>;

/**
 * Each page is its own chunk; the build maps the paths to them for preloading (scripts/build.mjs).
 */
export const pages = {
  landing: () => withWords(wordsOf.landing, () => import('@/features/landing/Landing')),
  signup: () => withWords(wordsOf.signup, () => import('@/features/auth/SignUp')),
  login: () => withWords(wordsOf.login, () => import('@/features/auth/LogIn')),
  studio: () => withWords(wordsOf.studio, () => import('@/features/studio/Studio')),
  gallery: () => withWords(wordsOf.gallery, () => import('@/features/gallery/Gallery')),
  billing: () => withWords(wordsOf.billing, () => import('@/features/billing/Billing')),
  paymentReturn: () =>
    withWords(wordsOf.paymentReturn, () => import('@/features/billing/PaymentReturn')),
  orderResult: () => withWords(wordsOf.orderResult, () => import('@/features/billing/OrderResult')),
  receipt: () => withWords(wordsOf.receipt, () => import('@/features/billing/Receipt')),
  console: () => withWords(wordsOf.console, () => import('@/features/console/Console')),
  account: () => withWords(wordsOf.account, () => import('@/features/account/Account')),
};

const pageAtPath: [RegExp, keyof typeof pages][] = [
  [/^\/(en)?$/, 'landing'],
  [/^\/signup$/, 'signup'],
  [/^\/login$/, 'login'],
  [/^\/studio$/, 'studio'],
  [/^\/gallery(\/[^/]+)?$/, 'gallery'],
  [/^\/billing$/, 'billing'],
  [/^\/payment-result$/, 'paymentReturn'],
  [/^\/billing\/result\/[^/]+$/, 'orderResult'],
  [/^\/billing\/receipt\/[^/]+$/, 'receipt'],
  [/^\/account$/, 'account'],
  [/^\/console(\/|$)/, 'console'],
];

/** Loads the page at a path, so that the first thing drawn is the page and not a skeleton. */
export async function loadPageAt(path: string): Promise<void> {
  const page = pageAtPath.find(([pattern]) => pattern.test(path))?.[1];
  if (page) await pages[page]();
}
