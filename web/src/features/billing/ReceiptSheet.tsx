import type { ReactNode } from 'react';
import type { Receipt } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Mark } from '@/ui/Mark';
import { planName } from '@/ui/planName';
import { refundText } from '@/ui/refundText';

/** The receipt itself: what is printed. */
export function ReceiptSheet({ receipt }: { receipt: Receipt }) {
  const { t, vnd, moment, locale } = useLanguage();
  const { customer } = receipt;
  return (
    <article
      data-testid="receipt"
      className="framed figures m-1 p-6 sm:p-10 print:m-0 print:border-0 print:p-0 print:outline-0"
    >
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h1 className="text-3xl">{t('receipt.title')}</h1>
          <p className="mt-1 font-semibold">{t('receipt.number', { number: receipt.number })}</p>
        </div>
        <p className="flex items-center gap-2.5 font-display text-xl font-semibold">
          <Mark className="size-9 text-cobalt" />
          {t('brand')}
        </p>
      </header>
      <div className="rim mt-6" />
      <dl className="mt-2">
        <Row name={t('receipt.paidAt')}>
          {t('receipt.zone', { moment: moment(receipt.paidAt) })}
        </Row>
        <Row name={t('receipt.seller')}>{receipt.seller}</Row>
        <Row name={t('receipt.customer')}>
          {customer.name && <span className="block">{customer.name}</span>}
          <span className="block break-all">{customer.email}</span>
        </Row>
        <Row name={t('receipt.plan')}>
          {t('receipt.bought', {
            plan: planName(t, receipt.planId),
            credits: t('credits.count', { count: receipt.credits }),
          })}
        </Row>
        <Row name={t('receipt.vnpay')}>{receipt.vnpTransactionNo}</Row>
        <Row name={t('receipt.bank')}>{receipt.bankCode}</Row>
        <Row name={t('orders.id')}>
          <span className="break-all">{receipt.orderId}</span>
        </Row>
      </dl>
      <div className="border-t-3 border-double border-cobalt py-4">
        <p className="flex flex-wrap items-baseline justify-between gap-x-6">
          <span className="text-lg font-semibold">{t('receipt.total')}</span>
          <span className="font-display text-3xl font-semibold">{vnd(receipt.amountVnd)}</span>
        </p>
        <p className="mt-1">{t('receipt.words', { words: receipt.amountInWords[locale] })}</p>
      </div>
      {receipt.refund && <RefundPart refund={receipt.refund} />}
      <p className="mt-6 text-sm text-ink-2">{t('receipt.notInvoice')}</p>
    </article>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-t border-line py-2.5 first:border-t-0 sm:grid-cols-[13rem_minmax(0,1fr)] print:grid-cols-[13rem_minmax(0,1fr)]">
      <dt className="text-ink-2">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function RefundPart({ refund }: { refund: NonNullable<Receipt['refund']> }) {
  const language = useLanguage();
  const { t, moment } = language;
  return (
    <section aria-labelledby="receipt-refund" className="border-t border-line pt-4">
      <h2 id="receipt-refund" className="text-xl">
        {t('receipt.refund')}
      </h2>
      <p className="mt-1">{refundText(language, refund)}</p>
      <p className="text-sm text-ink-2">
        {t('receipt.zone', { moment: moment(refund.closedAt ?? refund.createdAt) })}
      </p>
    </section>
  );
}
