import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { problemOf } from '@/api/problem';
import { useLogin } from '@/api/session';
import { useLanguage } from '@/i18n';
import { EmailField } from '@/ui/EmailField';
import { Button, ButtonLink } from '@/ui/Button';
import { fieldText } from '@/ui/fieldText';
import { Notice } from '@/ui/Notice';
import { OtpField } from '@/ui/OtpField';
import { PasswordField } from '@/ui/PasswordField';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { useValidForm } from '@/ui/useValidForm';
import { AuthFrame } from './AuthFrame';
import { credentials } from './schemas';
import { Submit } from './Submit';
import { useEntrance } from './useEntrance';

/** Whether the server asks for a one-time password; a wrong password begins from the start. */
function useSecondStep() {
  const [second, setSecond] = useState(false);
  const heed = (error: unknown) => {
    const { code } = problemOf(error);
    if (code === 'auth.otp_required') setSecond(true);
    if (code === 'auth.bad_credentials') setSecond(false);
  };
  return { second, heed, goBack: () => setSecond(false) };
}

export default function LogIn() {
  const { t } = useLanguage();
  usePageTitle(t('login.title'));
  const [search] = useSearchParams();
  const { query } = useEntrance();
  const { second, heed, goBack } = useSecondStep();
  const login = useLogin();
  const form = useValidForm(
    credentials,
    (values) => login.mutate(values, { onError: heed }),
    login.error,
  );
  // Being asked for a code is no mistake of the person's.
  const codeError = form.problem?.code === 'auth.otp_required' ? undefined : form.errors['otp'];
  return (
    <AuthFrame title={t('login.title')} lead={t(second ? 'login.second' : 'login.lead')}>
      <form noValidate onSubmit={form.onSubmit} className="mt-8 grid gap-5">
        {search.has('expired') && !form.problem && (
          <Notice tone="info">{t('login.expired')}</Notice>
        )}
        {form.trouble && <Trouble error={form.trouble} />}
        {form.problem?.code === 'auth.email_unverified' && (
          <ButtonLink to="/verify-email">{t('auth.enterCode')}</ButtonLink>
        )}
        <div hidden={second} className="grid gap-5">
          <EmailField errors={form.errors} />
          <PasswordField
            autoComplete="current-password"
            error={fieldText(t, 'password', form.errors['password'])}
          />
        </div>
        {second && <OtpField error={fieldText(t, 'otp', codeError)} />}
        <Submit
          busy={login.isPending}
          after={form.problem}
          idle="login.submit"
          sending="login.sending"
        />
        {second ? (
          <Button look="quiet" onClick={goBack} className="-ml-4 justify-self-start">
            {t('login.back')}
          </Button>
        ) : (
          <OtherWays query={query} />
        )}
      </form>
    </AuthFrame>
  );
}

function OtherWays({ query }: { query: string }) {
  const { t } = useLanguage();
  const look = 'inline-flex min-h-11 items-center font-semibold text-cobalt';
  return (
    <div className="text-ink-2">
      <Link to="/forgot-password" className={look}>
        {t('auth.forgot')}
      </Link>
      <p>
        {t('login.new')}{' '}
        <Link to={`/signup${query}`} className={look}>
          {t('nav.signup')}
        </Link>
      </p>
    </div>
  );
}
