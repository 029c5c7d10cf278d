import { useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { EmailField } from '@/ui/EmailField';
import { Field } from '@/ui/Field';
import { fieldText } from '@/ui/fieldText';
import type { FieldErrors } from '@/ui/useValidForm';

/** Whose letter it was, and the code in it. Whoever is signed in need not say whose. */
export function CodeFields({ errors, wrong }: { errors: FieldErrors; wrong: boolean }) {
  const { t } = useLanguage();
  const { user } = useSession();
  return (
    <>
      {user ? (
        <input type="hidden" name="email" value={user.email} />
      ) : (
        <EmailField errors={errors} />
      )}
      <Field
        label={t('auth.code')}
        hint={t('auth.code.hint')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        error={fieldText(t, 'code', wrong ? 'wrong' : errors['code'])}
      />
    </>
  );
}
