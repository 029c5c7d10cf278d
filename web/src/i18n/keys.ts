import type account from './vi/account.json';
import type auth from './vi/auth.json';
import type billing from './vi/billing.json';
import type console from './vi/console.json';
import type gallery from './vi/gallery.json';
import type landing from './vi/landing.json';
import type leave from './vi/leave.json';
import type ledger from './vi/ledger.json';
import type order from './vi/order.json';
import type picture from './vi/picture.json';
import type receipt from './vi/receipt.json';
import type reset from './vi/reset.json';
import type samples from './vi/samples.json';
import type security from './vi/security.json';
import type shell from './vi/shell.json';
import type studio from './vi/studio.json';
import type verify from './vi/verify.json';
import type accountEn from './en/account.json';
import type authEn from './en/auth.json';
import type billingEn from './en/billing.json';
import type consoleEn from './en/console.json';
import type galleryEn from './en/gallery.json';
import type landingEn from './en/landing.json';
import type leaveEn from './en/leave.json';
import type ledgerEn from './en/ledger.json';
import type orderEn from './en/order.json';
import type pictureEn from './en/picture.json';
import type receiptEn from './en/receipt.json';
import type resetEn from './en/reset.json';
import type samplesEn from './en/samples.json';
import type securityEn from './en/security.json';
import type shellEn from './en/shell.json';
import type studioEn from './en/studio.json';
import type verifyEn from './en/verify.json';

type Vi = typeof account &
  typeof auth &
  typeof billing &
  typeof console &
  typeof gallery &
  typeof landing &
  typeof leave &
  typeof ledger &
  typeof order &
  typeof picture &
  typeof receipt &
  typeof reset &
  typeof samples &
  typeof security &
  typeof shell &
  typeof studio &
  typeof verify;
type En = typeof accountEn &
  typeof authEn &
  typeof billingEn &
  typeof consoleEn &
  typeof galleryEn &
  typeof landingEn &
  typeof leaveEn &
  typeof ledgerEn &
  typeof orderEn &
  typeof pictureEn &
  typeof receiptEn &
  typeof resetEn &
  typeof samplesEn &
  typeof securityEn &
  typeof shellEn &
  typeof studioEn &
  typeof verifyEn;

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
  | 'leave'
  | 'ledger'
  | 'order'
  | 'picture'
  | 'receipt'
  | 'reset'
  | 'samples'
  | 'security'
  | 'shell'
  | 'studio'
  | 'verify';

type Difference = Exclude<keyof Vi, keyof En> | Exclude<keyof En, keyof Vi>;

/**
 * Does not compile when a language lacks a message that the other one has; the error names the
 * message.
 */
export const sameKeys: [Difference] extends [never] ? true : Difference = true;
