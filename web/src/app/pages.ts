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
  forgotPassword: ['reset', 'auth', 'samples'],
  resetPassword: ['reset', 'auth', 'samples'],
  verifyEmail: ['verify', 'auth', 'samples'],
  studio: ['studio', 'picture', 'samples'],
  gallery: ['gallery', 'picture'],
  billing: ['billing', 'order'],
  paymentReturn: ['billing'],
  orderResult: ['billing', 'order'],
  receipt: ['receipt', 'billing', 'order'],
  console: ['console', 'order', 'ledger'],
  account: ['account', 'order', 'ledger'],
  security: ['security', 'auth'],
} as const satisfies Record<string, readonly Catalog[]>;

/**
 * Each page is its own chunk; the build maps the paths to them for preloading (scripts/build.mjs).
 */
export const pages = {
  landing: () => withWords(wordsOf.landing, () => import('@/features/landing/Landing')),
  signup: () => withWords(wordsOf.signup, () => import('@/features/auth/SignUp')),
  login: () => withWords(wordsOf.login, () => import('@/features/auth/LogIn')),
  forgotPassword: () =>
    withWords(wordsOf.forgotPassword, () => import('@/features/auth/ForgotPassword')),
  resetPassword: () =>
    withWords(wordsOf.resetPassword, () => import('@/features/auth/ResetPassword')),
  verifyEmail: () => withWords(wordsOf.verifyEmail, () => import('@/features/auth/VerifyEmail')),
  studio: () => withWords(wordsOf.studio, () => import('@/features/studio/Studio')),
  gallery: () => withWords(wordsOf.gallery, () => import('@/features/gallery/Gallery')),
  billing: () => withWords(wordsOf.billing, () => import('@/features/billing/Billing')),
  paymentReturn: () =>
    withWords(wordsOf.paymentReturn, () => import('@/features/billing/PaymentReturn')),
  orderResult: () => withWords(wordsOf.orderResult, () => import('@/features/billing/OrderResult')),
  receipt: () => withWords(wordsOf.receipt, () => import('@/features/billing/Receipt')),
  console: () => withWords(wordsOf.console, () => import('@/features/console/Console')),
  account: () => withWords(wordsOf.account, () => import('@/features/account/Account')),
  security: () => withWords(wordsOf.security, () => import('@/features/security/Security')),
};

const pageAtPath: [RegExp, keyof typeof pages][] = [
  [/^\/(en)?$/, 'landing'],
  [/^\/signup$/, 'signup'],
  [/^\/login$/, 'login'],
  [/^\/forgot-password$/, 'forgotPassword'],
  [/^\/reset-password$/, 'resetPassword'],
  [/^\/verify-email$/, 'verifyEmail'],
  [/^\/studio$/, 'studio'],
  [/^\/gallery(\/[^/]+)?$/, 'gallery'],
  [/^\/billing$/, 'billing'],
  [/^\/payment-result$/, 'paymentReturn'],
  [/^\/billing\/result\/[^/]+$/, 'orderResult'],
  [/^\/billing\/receipt\/[^/]+$/, 'receipt'],
  [/^\/account$/, 'account'],
  [/^\/account\/security$/, 'security'],
  [/^\/console(\/|$)/, 'console'],
];

/** Which page is at a path; undefined where there is none. */
export const pageAt = (path: string): keyof typeof pages | undefined =>
  pageAtPath.find(([pattern]) => pattern.test(path))?.[1];

/** Loads the page at a path, so that the first thing drawn is the page and not a skeleton. */
export async function loadPageAt(path: string): Promise<void> {
  const page = pageAt(path);
  if (page) await pages[page]();
}

/** Comes after the page: few people see it, and those not for long. */
export const loadVerifyBanner = () => withWords(['verify'], () => import('./VerifyBanner'));
