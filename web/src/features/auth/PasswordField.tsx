import { useState } from 'react';
import { useLanguage } from '@/i18n';
import { Field } from '@/ui/Field';

interface Props {
  autoComplete: 'current-password' | 'new-password';
  error: string | undefined;
  hint?: string;
}

/** A password that can be looked at while it is typed. */
export function PasswordField({ autoComplete, error, hint }: Props) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={t('auth.password')}
      name="password"
      type={shown ? 'text' : 'password'}
      autoComplete={autoComplete}
      hint={hint}
      error={error}
      end={
        <button
          type="button"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="mx-0.5 min-h-10 rounded px-3 font-semibold text-cobalt hover:bg-wash"
        >
          {t(shown ? 'auth.hide' : 'auth.show')}
        </button>
      }
    />
  );
}
