import { Link } from 'wouter';
import { problemOf } from '@/api/problem';
import { useRegister } from '@/api/session';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { signupCredits } from '@/ui/facts';
import { Field } from '@/ui/Field';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { useValidForm } from '@/ui/useValidForm';
import { AuthFrame } from './AuthFrame';
import { fieldText } from './fieldText';
import { PasswordField } from './PasswordField';
import { registration } from './schemas';
import { useEntrance } from './useEntrance';

export default function SignUp() {
  const { t, locale } = useLanguage();
  usePageTitle(t('signup.title'));
  const { query } = useEntrance();
  const register = useRegister();
  const form = useValidForm(registration, (values) => register.mutate({ ...values, locale }));
  const problem = register.error ? problemOf(register.error) : null;
  const taken = problem?.code === 'account.email_taken';
  const error = (field: string) =>
    fieldText(t, field, form.errors[field] ?? problem?.fields[field]);
  return (
    <AuthFrame title={t('signup.title')} lead={t('signup.lead', { gift: signupCredits })}>
      <form noValidate onSubmit={form.onSubmit} className="mt-8 grid gap-5">
        {problem && !taken && <Trouble error={problem} />}
        <Field
          label={t('auth.name')}
          name="name"
          autoComplete="name"
          maxLength={100}
          error={error('name')}
        />
        <Field
          label={t('auth.email')}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          error={taken ? t('error.emailTaken') : error('email')}
        />
        <PasswordField
          autoComplete="new-password"
          hint={t('auth.password.hint')}
          error={error('password')}
        />
        <Button look="primary" type="submit" busy={register.isPending} className="text-lg">
          {t(register.isPending ? 'signup.sending' : 'signup.submit')}
        </Button>
        <p className="text-ink-2">
          {t('signup.already')}{' '}
          <Link
            to={`/login${query}`}
            className="inline-flex min-h-11 items-center font-semibold text-cobalt"
          >
            {t('nav.login')}
          </Link>
        </p>
      </form>
    </AuthFrame>
  );
}
