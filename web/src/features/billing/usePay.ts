import { useState } from 'react';
import { useCheckout } from '@/api/payments';
import type { BankCode, PlanId } from '@/api/types';
import { useLanguage } from '@/i18n';
import { goToPayment } from './goToPayment';

/**
 * Opens an order and leaves for VNPAY. Stays busy until the page is left, so that nobody pays
 * twice.
 */
export function usePay() {
  const { locale } = useLanguage();
  const checkout = useCheckout();
  const [leaving, setLeaving] = useState(false);
  const pay = (planId: PlanId, bankCode?: BankCode) =>
    checkout.mutate(
      { planId, bankCode, locale },
      { onSuccess: ({ paymentUrl }) => setLeaving(goToPayment(paymentUrl)) },
    );
  return { pay, busy: checkout.isPending || leaving, error: checkout.error };
}
