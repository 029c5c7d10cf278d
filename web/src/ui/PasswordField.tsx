import { useState } from 'react';
import { useLanguage } from '@/i18n';
import { Field } from './Field';

interface Props {
  autoComplete: 'current-password' | 'new-password';
  error: string | undefined;
  hint?: string;
  label?: string;
  name?: string;
}

/** A password that can be looked at while it is typed. */
export function PasswordField({ label, name = 'password', ...rest }: Props) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...rest}
      label={label ?? t('auth.password')}
      name={name}
      type={shown ? 'text' : 'password'}
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
