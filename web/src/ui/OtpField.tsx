import { useState } from 'react';
import { useLanguage } from '@/i18n';
import { Field } from './Field';

interface Props {
  error: string | undefined;
  /** Whether a recovery code will do as well. */
  recovery?: boolean;
}

/** The six digits of an authenticator app; on a phone with the keys for them. */
export function OtpField({ error, recovery = true }: Props) {
  const { t } = useLanguage();
  const [recovering, setRecovering] = useState(false);
  return (
    <div>
      <Field
        label={t(recovering ? 'auth.recovery' : 'auth.otp')}
        hint={t(recovering ? 'auth.recovery.hint' : 'auth.otp.hint')}
        name="otp"
        inputMode={recovering ? 'text' : 'numeric'}
        autoComplete={recovering ? 'off' : 'one-time-code'}
        autoCapitalize="off"
        spellCheck={false}
        maxLength={40}
        error={error}
      />
      {recovery && (
        <button
          type="button"
          onClick={() => setRecovering(!recovering)}
          className="-mx-2 mt-1 inline-flex min-h-11 items-center rounded px-2 font-semibold text-cobalt hover:bg-wash"
        >
          {t(recovering ? 'auth.useOtp' : 'auth.useRecovery')}
        </button>
      )}
    </div>
  );
}
