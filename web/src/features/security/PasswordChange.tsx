import { object } from 'valibot';
import { useChangePassword } from '@/api/security';
import { useLanguage } from '@/i18n';
import { ConfirmFields } from '@/ui/ConfirmFields';
import { fieldText } from '@/ui/fieldText';
import { Outcome } from '@/ui/Outcome';
import { PasswordField } from '@/ui/PasswordField';
import { confirmation, newPassword } from '@/ui/rules';
import { Asked } from './Asked';
import { Part } from './Part';

const schema = object({ ...confirmation, newPassword });

export function PasswordChange() {
  const { t } = useLanguage();
  const change = useChangePassword();
  return (
    <Part title={t('security.password')} state={t('security.passwordText')}>
      {change.isSuccess && (
        <Outcome tone="good" title={t('security.passwordDone')} className="mb-4">
          {t('security.passwordDoneText')}
        </Outcome>
      )}
      <Asked
        opener={t('security.passwordChange')}
        submit={t('security.passwordSave')}
        schema={schema}
        act={change}
      >
        {(errors) => (
          <>
            <ConfirmFields errors={errors} />
            <PasswordField
              label={t('auth.password.new')}
              name="newPassword"
              autoComplete="new-password"
              hint={t('auth.password.hint')}
              error={fieldText(t, 'newPassword', errors['newPassword'])}
            />
          </>
        )}
      </Asked>
    </Part>
  );
}
