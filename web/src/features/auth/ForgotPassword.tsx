import { Link } from 'wouter';
import { useForgotPassword } from '@/api/letters';
import { useMailedCodes } from '@/api/session';
import { useLanguage } from '@/i18n';
import { EmailField } from '@/ui/EmailField';
import { Button, ButtonLink } from '@/ui/Button';
import { Outcome } from '@/ui/Outcome';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { useValidForm } from '@/ui/useValidForm';
import { AuthFrame } from './AuthFrame';
import { emailOnly } from './schemas';
import { Submit } from './Submit';

/** Asks for a letter with a link. What is said does not depend on whether there is an account. */
export default function ForgotPassword() {
  const { t } = useLanguage();
  usePageTitle(t('forgot.title'));
  const forgot = useForgotPassword();
  const form = useValidForm(emailOnly, (values) => forgot.mutate(values), forgot.error);
  if (forgot.isSuccess)
    return (
      <AuthFrame title={t('forgot.title')} lead={t('forgot.lead')}>
        <Sent email={forgot.variables.email} onAgain={forgot.reset} />
      </AuthFrame>
    );
  return (
    <AuthFrame title={t('forgot.title')} lead={t('forgot.lead')}>
      <form noValidate onSubmit={form.onSubmit} className="mt-8 grid gap-5">
        {form.trouble && <Trouble error={form.trouble} />}
        <EmailField errors={form.errors} />
        <Submit
          busy={forgot.isPending}
          after={form.problem}
          idle="forgot.submit"
          sending="forgot.sending"
        />
        <p>
          <Link to="/login" className="inline-flex min-h-11 items-center font-semibold text-cobalt">
            {t('forgot.back')}
          </Link>
        </p>
      </form>
    </AuthFrame>
  );
}

function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  const { t } = useLanguage();
  const codes = useMailedCodes();
  return (
    <div className="mt-8">
      <Outcome
        tone="info"
        title={t('forgot.sent')}
        actions={
          <>
            {codes && (
              <ButtonLink look="primary" to="/reset-password">
                {t('forgot.enterCode')}
              </ButtonLink>
            )}
            <ButtonLink to="/login">{t('forgot.back')}</ButtonLink>
            <Button look="quiet" onClick={onAgain}>
              {t('forgot.again')}
            </Button>
          </>
        }
      >
        <p className="break-words">{t(codes ? 'forgot.sentCode' : 'forgot.sentText', { email })}</p>
        <p className="mt-1 text-ink-2">{t('forgot.spam')}</p>
      </Outcome>
    </div>
  );
}
