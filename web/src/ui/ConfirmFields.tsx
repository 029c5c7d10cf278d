import { useSession } from '@/api/session';
import { useLanguage } from '@/i18n';
import { fieldText } from './fieldText';
import { OtpField } from './OtpField';
import { PasswordField } from './PasswordField';
import type { FieldErrors } from './useValidForm';

/** Who is asking, once more: the password, and a one-time password where the account has them. */
export function ConfirmFields({ errors }: { errors: FieldErrors }) {
  const { t } = useLanguage();
  const { user } = useSession();
  return (
    <>
      {/* Tells password managers whose password this is. */}
      <input type="email" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
      <PasswordField
        label={t('auth.password.current')}
        autoComplete="current-password"
        error={fieldText(t, 'password', errors['password'])}
      />
      {(user?.mfaEnabled || errors['otp']) && (
        <OtpField error={fieldText(t, 'otp', errors['otp'])} />
      )}
    </>
  );
}
