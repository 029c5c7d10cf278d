import { Redirect, useSearch } from 'wouter';
import { useVnpayReturn } from '@/api/payments';
import { useLanguage } from '@/i18n';
import { ButtonLink } from '@/ui/Button';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { ResultFrame } from './ResultFrame';

/**
 * Where VNPAY sends the browser back to. Asks what became of the payment, then leaves no trace of
 * the query.
 */
export default function PaymentReturn() {
  const { t } = useLanguage();
  usePageTitle(t('result.title'));
  const search = useSearch();
  const { data, error, refetch } = useVnpayReturn(search);
  if (data?.transactionId)
    return <Redirect replace to={`/billing/result/${encodeURIComponent(data.transactionId)}`} />;
  if (error) {
    return (
      <div className="page max-w-2xl! py-12">
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!data)
    return <ResultFrame state="pending" title={t('result.asking')} text={t('result.askingText')} />;
  return (
    <ResultFrame
      state="failed"
      title={t('result.invalid')}
      text={t('result.invalidText')}
      actions={
        <ButtonLink look="primary" to="/billing">
          {t('result.toBilling')}
        </ButtonLink>
      }
    />
  );
}
