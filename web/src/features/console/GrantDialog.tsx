import { useState } from 'react';
import { useGrant } from '@/api/admin';
import { problemOf } from '@/api/problem';
import type { AdminUser } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Field } from '@/ui/Field';
import { useValidForm } from '@/ui/useValidForm';
import { ActDialog } from './ActDialog';
import { grant, mostGranted } from './money';

interface Props {
  user: AdminUser;
  onClose: () => void;
  onDone: (text: string) => void;
}

/** Gives credits by hand. */
export function GrantDialog({ user, onClose, onDone }: Props) {
  const { t, number } = useLanguage();
  const [typed, setTyped] = useState('');
  const give = useGrant(user.id);
  const form = useValidForm(grant, (values) =>
    give.mutate(values, {
      onSuccess: (entry) =>
        onDone(t('console.given', { count: entry.delta, balance: number(entry.balanceAfter) })),
    }),
  );
  const wrong = form.errors['credits'] ?? problemOf(give.error).fields['credits'];
  const count = Number(typed);
  return (
    <ActDialog
      title={t('console.toGrant')}
      verb={count > 0 ? t('console.giveCredits', { count }) : t('console.toGrant')}
      onClose={onClose}
      form={form}
      act={give}
    >
      <p className="text-ink-2">{t('console.grantText', { email: user.email })}</p>
      <Field
        label={t('console.grantCredits')}
        name="credits"
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value.replace(/\D/g, ''))}
        error={wrong && t('console.creditsWrong', { most: number(mostGranted) })}
      />
    </ActDialog>
  );
}
