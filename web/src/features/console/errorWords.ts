import type { ProblemCode } from '@/api/problem';
import { useLanguage, type MessageKey } from '@/i18n';

const words: Partial<Record<ProblemCode, MessageKey>> = {
  'auth.admin_required': 'console.error.adminRequired',
  'account.not_found': 'console.error.noAccount',
  'idempotency.mismatch': 'console.error.granted',
  'ledger.repeated': 'console.error.granted',
  'order.not_found': 'console.error.noOrder',
  'payment.bad_answer': 'console.error.badAnswer',
  'payment.no_answer': 'console.error.noAnswer',
  'refund.not_paid': 'console.error.notPaid',
  'refund.credits_spent': 'console.error.spent',
  'refund.closed': 'console.error.refundClosed',
  'review.not_found': 'console.error.noReview',
  'review.settled': 'console.error.reviewSettled',
  'review.order_settled': 'console.error.orderSettled',
  'review.needs_decision': 'console.error.needsDecision',
  'server.outcome_unknown': 'console.error.unknown',
};

/** What a refusal means to an operator; undefined where everybody's words will do. */
export function useErrorWords() {
  const { t } = useLanguage();
  return (code: ProblemCode): string | undefined => {
    const key = words[code];
    return key && t(key);
  };
}
