import { object } from 'valibot';
import { useCredits } from '@/api/credits';
import type { Problem } from '@/api/problem';
import { useDeleteAccount } from '@/api/security';
import { forgetTab } from '@/api/session';
import { useLanguage } from '@/i18n';
import { Button, ButtonLink } from '@/ui/Button';
import { ConfirmFields } from '@/ui/ConfirmFields';
import { Dialog } from '@/ui/Dialog';
import { Notice } from '@/ui/Notice';
import { confirmation } from '@/ui/rules';
import { keepStored } from '@/ui/stored';
import { Trouble } from '@/ui/Trouble';
import { useValidForm } from '@/ui/useValidForm';
import { WaitButton } from '@/ui/WaitButton';

const schema = object(confirmation);

/** Says what will be lost, asks who is there, and says goodbye on the front page. */
export default function DeleteAccount({ onClose }: { onClose: () => void }) {
  const { t, locale } = useLanguage();
  const remove = useDeleteAccount();
  const leave = () => {
    forgetTab();
    keepStored('goodbye', true);
    location.assign(locale === 'en' ? '/en' : '/');
  };
  const { errors, onSubmit, problem, trouble } = useValidForm(
    schema,
    (values) => remove.mutate(values, { onSuccess: leave }),
    remove.error,
  );
  return (
    <Dialog title={t('leave.title')} onClose={onClose}>
      <Losses />
      <form noValidate onSubmit={onSubmit} className="mt-5 grid gap-5">
        {trouble && <Refusal problem={trouble} />}
        <ConfirmFields errors={errors} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('leave.stay')}</Button>
          <WaitButton look="danger" type="submit" busy={remove.isPending} after={problem}>
            {t('leave.submit')}
          </WaitButton>
        </div>
      </form>
    </Dialog>
  );
}

function Losses() {
  const { t } = useLanguage();
  const { data } = useCredits();
  const left = (data?.credits ?? 0) + (data?.held ?? 0);
  return (
    <div className="mt-2 text-ink-2">
      <p>{t('leave.lost')}</p>
      <ul className="mt-2 list-disc pl-5">
        {left > 0 && (
          <li className="font-semibold text-coral">{t('leave.credits', { count: left })}</li>
        )}
        <li>{t('leave.pictures')}</li>
        <li>{t('leave.name')}</li>
      </ul>
      <p className="mt-2">{t('leave.kept')}</p>
    </div>
  );
}

function Refusal({ problem }: { problem: Problem }) {
  const { t } = useLanguage();
  if (problem.code !== 'account.payment_open') return <Trouble error={problem} />;
  return (
    <Notice live tone="bad" actions={<ButtonLink to="/billing">{t('leave.toBilling')}</ButtonLink>}>
      {t('leave.paymentOpen')}
    </Notice>
  );
}
