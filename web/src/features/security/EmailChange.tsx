import { object } from 'valibot';
import { useChangeEmail } from '@/api/security';
import type { User } from '@/api/types';
import { useLanguage } from '@/i18n';
import { ConfirmFields } from '@/ui/ConfirmFields';
import { EmailField } from '@/ui/EmailField';
import { Outcome } from '@/ui/Outcome';
import { address, confirmation } from '@/ui/rules';
import { Asked } from './Asked';
import { Part } from './Part';

const schema = object({ email: address, ...confirmation });

/** The account moves to another address once the letter sent there is answered. */
export function EmailChange({ user }: { user: User }) {
  const { t } = useLanguage();
  const change = useChangeEmail();
  const state = user.emailVerified ? 'security.emailProved' : 'security.emailUnproved';
  return (
    <Part title={t('security.email')} state={t(state, { email: user.email })}>
      {change.isSuccess && (
        <Outcome tone="info" title={t('security.emailSent')} className="mb-4">
          {t('security.emailSentText', { email: change.variables.email })}
        </Outcome>
      )}
      <Asked
        opener={t('security.emailChange')}
        submit={t('security.emailSave')}
        schema={schema}
        act={change}
      >
        {(errors) => (
          <>
            <EmailField errors={errors} label={t('security.emailNew')} autoComplete="email" />
            <ConfirmFields errors={errors} />
          </>
        )}
      </Asked>
    </Part>
  );
}
