import type account from './vi/account.json';
import type auth from './vi/auth.json';
import type billing from './vi/billing.json';
import type console from './vi/console.json';
import type gallery from './vi/gallery.json';
import type landing from './vi/landing.json';
import type ledger from './vi/ledger.json';
import type order from './vi/order.json';
import type picture from './vi/picture.json';
import type receipt from './vi/receipt.json';
import type samples from './vi/samples.json';
import type shell from './vi/shell.json';
import type studio from './vi/studio.json';
import type accountEn from './en/account.json';
import type authEn from './en/auth.json';
import type billingEn from './en/billing.json';
import type consoleEn from './en/console.json';
import type galleryEn from './en/gallery.json';
import type landingEn from './en/landing.json';
import type ledgerEn from './en/ledger.json';
import type orderEn from './en/order.json';
import type pictureEn from './en/picture.json';
import type receiptEn from './en/receipt.json';
import type samplesEn from './en/samples.json';
import type shellEn from './en/shell.json';
import type studioEn from './en/studio.json';

type Vi = typeof account &
  typeof auth &
  typeof billing &
  typeof console &
  typeof gallery &
  typeof landing &
  typeof ledger &
  typeof order &
  typeof picture &
  typeof receipt &
  typeof samples &
  typeof shell &
  typeof studio;
type En = typeof accountEn &
  typeof authEn &
  typeof billingEn &
  typeof consoleEn &
  typeof galleryEn &
  typeof landingEn &
  typeof ledgerEn &
  typeof orderEn &
  typeof pictureEn &
  typeof receiptEn &
  typeof samplesEn &
  typeof shellEn &
  typeof studioEn;

/** The name of a message. */
export type MessageKey = keyof Vi;

/** The catalogs; a page loads only those it speaks from (wordsOf in words.ts). */
export type Catalog =
  | 'account'
  | 'auth'
  | 'billing'
  | 'console'
  | 'gallery'
  | 'landing'
  | 'ledger'
  | 'order'
  | 'picture'
  | 'receipt'
  | 'samples'
  | 'shell'
  | 'studio';

type Difference = Exclude<keyof Vi, keyof En> | Exclude<keyof En, keyof Vi>;

/**
 * Does not compile when a language lacks a message that the other one has; the error names the
 * message.
 */
export const sameKeys: [Difference] extends [never] ? true : Difference = true;
