import { Link } from 'wouter';
import { useRegister } from '@/api/session';
import { useLanguage } from '@/i18n';
import { EmailField } from '@/ui/EmailField';
import { signupCredits } from '@/ui/facts';
import { Field } from '@/ui/Field';
import { fieldText } from '@/ui/fieldText';
import { PasswordField } from '@/ui/PasswordField';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { useValidForm } from '@/ui/useValidForm';
import { AuthFrame } from './AuthFrame';
import { registration } from './schemas';
import { Submit } from './Submit';
import { useEntrance } from './useEntrance';

export default function SignUp() {
  const { t, locale } = useLanguage();
  usePageTitle(t('signup.title'));
  const { query } = useEntrance();
  const register = useRegister();
  const form = useValidForm(
    registration,
    (values) => register.mutate({ ...values, locale }),
    register.error,
  );
  const error = (field: string) => fieldText(t, field, form.errors[field]);
  return (
    <AuthFrame title={t('signup.title')} lead={t('signup.lead', { gift: signupCredits })}>
      <form noValidate onSubmit={form.onSubmit} className="mt-8 grid gap-5">
        {form.trouble && <Trouble error={form.trouble} />}
        <Field
          label={t('auth.name')}
          name="name"
          autoComplete="name"
          maxLength={100}
          error={error('name')}
        />
        <EmailField errors={form.errors} />
        <PasswordField
          autoComplete="new-password"
          hint={t('auth.password.hint')}
          error={error('password')}
        />
        <Submit
          busy={register.isPending}
          after={form.problem}
          idle="signup.submit"
          sending="signup.sending"
        />
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
