import { useLanguage } from '@/i18n';
import { Field } from './Field';
import { fieldText } from './fieldText';
import type { FieldErrors } from './useValidForm';

interface Props {
  errors: FieldErrors;
  label?: string;
  /** Whether it names an account here, for password managers, or may be any address. */
  autoComplete?: 'username' | 'email';
}

/** An e-mail address, on a phone with the keys for one. */
export function EmailField({ errors, label, autoComplete = 'username' }: Props) {
  const { t } = useLanguage();
  return (
    <Field
      label={label ?? t('auth.email')}
      name="email"
      type="email"
      inputMode="email"
      autoComplete={autoComplete}
      error={fieldText(t, 'email', errors['email'])}
    />
  );
}
