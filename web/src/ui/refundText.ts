import type { Refund } from '@/api/types';
import type { Language } from '@/i18n';

/** A refund in a sentence: how much money, for how many credits, and how far it has come. */
export const refundText = ({ t, vnd }: Pick<Language, 't' | 'vnd'>, refund: Refund): string =>
  t(`refund.${refund.status}`, { amount: vnd(refund.amountVnd), count: refund.credits });
