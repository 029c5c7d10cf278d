import { useResetPassword } from '@/api/letters';
import { useMailedCodes } from '@/api/session';
import { useLanguage } from '@/i18n';
import { ButtonLink } from '@/ui/Button';
import { fieldText } from '@/ui/fieldText';
import { Outcome } from '@/ui/Outcome';
import { PasswordField } from '@/ui/PasswordField';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { useValidForm } from '@/ui/useValidForm';
import { AuthFrame } from './AuthFrame';
import { CodeFields } from './CodeFields';
import { chosenPassword, codedPassword } from './schemas';
import { Submit } from './Submit';
import { useLinkToken } from './useLinkToken';

/** A new password for whoever has the letter. */
export default function ResetPassword() {
  const { t } = useLanguage();
  usePageTitle(t('reset.title'));
  const token = useLinkToken();
  const codes = useMailedCodes();
  return (
    <AuthFrame title={t('reset.title')} lead={t('reset.lead')}>
      <div className="mt-8">
        {token === '' && !codes ? <Spent /> : <Chooser key={token} token={token} />}
      </div>
    </AuthFrame>
  );
}

/** Without a token it asks for the code, and whose it is. */
function Chooser({ token }: { token: string }) {
  const { t } = useLanguage();
  const reset = useResetPassword();
  const form = useValidForm(
    token === '' ? codedPassword : chosenPassword,
    (values) => reset.mutate(token === '' ? values : { ...values, token }),
    reset.error,
  );
  const worthless = form.problem?.code === 'auth.link_invalid';
  if (worthless && token !== '') return <Spent />;
  if (reset.isSuccess)
    return (
      <Outcome
        tone="good"
        title={t('reset.done')}
        actions={
          <ButtonLink look="primary" to="/login">
            {t('nav.login')}
          </ButtonLink>
        }
      >
        {t('reset.doneText')}
      </Outcome>
    );
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-5">
      {form.trouble && !worthless && <Trouble error={form.trouble} />}
      {token === '' && <CodeFields errors={form.errors} wrong={worthless} />}
      <PasswordField
        label={t('auth.password.new')}
        autoComplete="new-password"
        hint={t('auth.password.hint')}
        error={fieldText(t, 'password', form.errors['password'])}
      />
      <Submit
        busy={reset.isPending}
        after={form.problem}
        idle="reset.submit"
        sending="reset.sending"
      />
    </form>
  );
}

/** The link is worth nothing; another one is. */
function Spent() {
  const { t } = useLanguage();
  return (
    <Outcome
      tone="warning"
      title={t('reset.invalid')}
      actions={
        <ButtonLink look="primary" to="/forgot-password">
          {t('reset.again')}
        </ButtonLink>
      }
    >
      {t('reset.invalidText')}
    </Outcome>
  );
}
