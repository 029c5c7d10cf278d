import { maxLength, object, pipe, string, trim } from 'valibot';
import { useUpdateProfile } from '@/api/session';
import type { User } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { Trouble } from '@/ui/Trouble';
import { useValidForm } from '@/ui/useValidForm';

const profile = object({ name: pipe(string(), trim(), maxLength(100, 'too_long')) });

export function Profile({ user }: { user: User }) {
  const { t } = useLanguage();
  const update = useUpdateProfile();
  const { errors, onSubmit } = useValidForm(profile, (values) => update.mutate(values));
  return (
    <form noValidate onSubmit={onSubmit} className="grid gap-3">
      <Field
        label={t('account.name')}
        name="name"
        autoComplete="name"
        defaultValue={user.name}
        maxLength={100}
        error={errors['name'] && t('account.nameWrong')}
      />
      {update.error && <Trouble error={update.error} />}
      <div className="flex items-center gap-4">
        <Button type="submit" busy={update.isPending}>
          {t('account.save')}
        </Button>
        <span role="status" className="font-semibold text-celadon">
          {update.isSuccess && t('account.saved')}
        </span>
      </div>
    </form>
  );
}
