import type { ReactNode } from 'react';
import type { GenericSchema } from 'valibot';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { ConfirmFields } from '@/ui/ConfirmFields';
import { Trouble } from '@/ui/Trouble';
import { useValidForm, type FieldErrors } from '@/ui/useValidForm';
import { WaitButton } from '@/ui/WaitButton';
import { useErrorWords } from './errorWords';

interface Props<Values, Answer> {
  schema: GenericSchema<unknown, Values>;
  /** The request that it sends. */
  act: {
    isPending: boolean;
    error: unknown;
    mutate: (values: Values, options: { onSuccess: (answer: Answer) => void }) => void;
  };
  onDone: (answer: Answer) => void;
  onCancel: () => void;
  submit: string;
  /** Its fields, when they are others than who is asking. */
  children?: (errors: FieldErrors) => ReactNode;
}

/** A change that asks who is there. */
export function ChangeForm<Values, Answer>(props: Props<Values, Answer>) {
  const { schema, act, onDone, onCancel, submit, children } = props;
  const { t } = useLanguage();
  const say = useErrorWords();
  const { errors, onSubmit, problem, trouble } = useValidForm(
    schema,
    (values) => act.mutate(values, { onSuccess: onDone }),
    act.error,
  );
  return (
    <form noValidate onSubmit={onSubmit} className="grid max-w-md gap-5">
      {trouble && <Trouble error={trouble} say={say} />}
      {children ? children(errors) : <ConfirmFields errors={errors} />}
      <div className="flex flex-wrap gap-2">
        <WaitButton look="primary" type="submit" busy={act.isPending} after={problem}>
          {submit}
        </WaitButton>
        <Button look="quiet" onClick={onCancel}>
          {t('security.cancel')}
        </Button>
      </div>
    </form>
  );
}
