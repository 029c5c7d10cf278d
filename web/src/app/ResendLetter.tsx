import { useResendVerification } from '@/api/letters';
import { problemOf } from '@/api/problem';
import { useLanguage } from '@/i18n';
import { problemText } from '@/ui/problemText';
import { WaitButton } from '@/ui/WaitButton';

/** Sends the letter to the own address again, and says what came of it beside the button. */
export function ResendLetter() {
  const { t } = useLanguage();
  const resend = useResendVerification();
  const problem = resend.error ? problemOf(resend.error) : null;
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      <WaitButton busy={resend.isPending} after={problem} onClick={() => resend.mutate()}>
        {t('verify.resend')}
      </WaitButton>
      <span role="status" className={problem ? 'text-coral' : 'text-ink-2'}>
        {resend.isSuccess && t('verify.sent')}
        {problem && problemText(t, problem)}
      </span>
    </div>
  );
}
