import { Link, useSearchParams } from 'wouter';
import { problemOf } from '@/api/problem';
import { useLogin } from '@/api/session';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import { Trouble } from '@/ui/Trouble';
import { usePageTitle } from '@/ui/usePageTitle';
import { useValidForm } from '@/ui/useValidForm';
import { AuthFrame } from './AuthFrame';
import { fieldText } from './fieldText';
import { PasswordField } from './PasswordField';
import { credentials } from './schemas';
import { useEntrance } from './useEntrance';

export default function LogIn() {
  const { t } = useLanguage();
  usePageTitle(t('login.title'));
  const [search] = useSearchParams();
  const { query } = useEntrance();
  const login = useLogin();
  const form = useValidForm(credentials, (values) => login.mutate(values));
  const problem = login.error ? problemOf(login.error) : null;
  const error = (field: string) =>
    fieldText(t, field, form.errors[field] ?? problem?.fields[field]);
  return (
    <AuthFrame title={t('login.title')} lead={t('login.lead')}>
      <form noValidate onSubmit={form.onSubmit} className="mt-8 grid gap-5">
        {search.has('expired') && !problem && <Notice tone="info">{t('login.expired')}</Notice>}
        {problem && <Trouble error={problem} />}
        <Field
          label={t('auth.email')}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          error={error('email')}
        />
        <PasswordField autoComplete="current-password" error={error('password')} />
        <Button look="primary" type="submit" busy={login.isPending} className="text-lg">
          {t(login.isPending ? 'login.sending' : 'login.submit')}
        </Button>
        <p className="text-ink-2">
          {t('login.new')}{' '}
          <Link
            to={`/signup${query}`}
            className="inline-flex min-h-11 items-center font-semibold text-cobalt"
          >
            {t('nav.signup')}
          </Link>
        </p>
      </form>
    </AuthFrame>
  );
}
