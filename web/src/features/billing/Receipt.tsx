import { Printer } from 'lucide-react';
import { useParams } from 'wouter';
import { problemOf } from '@/api/problem';
import { useReceipt } from '@/api/receipt';
import { useLocaleSwitch } from '@/app/useLocaleSwitch';
import { useLanguage } from '@/i18n';
import { localeNames, locales } from '@/i18n/locale';
import { Button, ButtonLink } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { ReceiptSheet } from './ReceiptSheet';

/** The receipt of an order, to keep or to print on one page. */
export default function Receipt() {
  const { t } = useLanguage();
  const { id = '' } = useParams<'/billing/receipt/:id'>();
  const { data: receipt, error, refetch } = useReceipt(id);
  // Browsers offer the page's title as the name of the printed file.
  usePageTitle(receipt ? `${t('receipt.title')} ${receipt.number}` : t('receipt.title'));
  if (receipt) {
    return (
      <div className="page max-w-3xl! py-8 print:max-w-none! print:p-0">
        <Tools />
        <ReceiptSheet receipt={receipt} />
      </div>
    );
  }
  if (error) return <NoReceipt id={id} error={error} onRetry={() => void refetch()} />;
  return (
    <div className="page max-w-3xl! py-8">
      <Skeleton className="h-11 w-full max-w-sm" />
      <Skeleton className="mt-6 h-160" />
    </div>
  );
}

/** What is on the screen and not on the paper. */
function Tools() {
  const { t, locale } = useLanguage();
  const switchTo = useLocaleSwitch();
  return (
    <div className="mb-6 flex flex-wrap items-end justify-between gap-3 print:hidden">
      <Choice
        legend={t('receipt.language')}
        hideLegend
        name="receipt-language"
        options={locales.map((value) => ({ value, label: localeNames[value] }))}
        value={locale}
        onChange={(next) => void switchTo(next)}
      />
      <div className="flex flex-wrap gap-2">
        <ButtonLink to="/account">{t('result.toOrders')}</ButtonLink>
        <Button look="primary" onClick={() => print()}>
          <Printer aria-hidden="true" className="size-5" />
          {t('receipt.print')}
        </Button>
      </div>
    </div>
  );
}

interface NoReceiptProps {
  id: string;
  error: unknown;
  onRetry: () => void;
}

function NoReceipt({ id, error, onRetry }: NoReceiptProps) {
  const { t } = useLanguage();
  const { code } = problemOf(error);
  const unpaid = code === 'order.not_paid';
  return (
    <div className="page max-w-2xl! py-12">
      <h1 className="mb-4 text-3xl">{t('receipt.title')}</h1>
      {unpaid && (
        <Notice live tone="info" title={t('receipt.unpaid')}>
          {t('receipt.unpaidText')}
        </Notice>
      )}
      {code === 'order.not_found' && (
        <Notice live tone="warning" title={t('receipt.none')}>
          {t('receipt.noneText')}
        </Notice>
      )}
      {!unpaid && code !== 'order.not_found' && <Trouble error={error} onRetry={onRetry} />}
      <div className="mt-6 flex flex-wrap gap-3">
        {unpaid && (
          <ButtonLink look="primary" to={`/billing/result/${encodeURIComponent(id)}`}>
            {t('receipt.toOrder')}
          </ButtonLink>
        )}
        <ButtonLink to="/account">{t('result.toOrders')}</ButtonLink>
      </div>
    </div>
  );
}
