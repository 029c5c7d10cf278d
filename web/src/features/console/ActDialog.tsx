import type { FormEvent, ReactNode } from 'react';
import { problemOf } from '@/api/problem';
import { useLanguage } from '@/i18n';
import { Button, type Look } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import type { FieldErrors } from '@/ui/useValidForm';
import { ConsoleTrouble } from './ConsoleTrouble';
import { NoteField } from './NoteField';

interface Props {
  title: string;
  /** The verb on the button that does it. */
  verb: string;
  look?: Look;
  onClose: () => void;
  form: { errors: FieldErrors; onSubmit: (event: FormEvent<HTMLFormElement>) => void };
  act: { isPending: boolean; error: unknown };
  /** It cannot be done: only reading is left. */
  refused?: boolean;
  children?: ReactNode;
}

/** An act that is asked about before it is done: what will happen, why, and the button. */
export function ActDialog(props: Props) {
  const { title, verb, look = 'primary', onClose, form, act, refused = false, children } = props;
  const { t } = useLanguage();
  const problem = act.error ? problemOf(act.error) : null;
  return (
    <Dialog title={title} onClose={onClose}>
      <form noValidate onSubmit={form.onSubmit} className="mt-3 grid gap-4">
        {children}
        {!refused && <NoteField error={form.errors['note'] ?? problem?.fields['note']} />}
        {problem && <ConsoleTrouble error={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t(refused ? 'action.close' : 'console.leave')}</Button>
          {!refused && (
            <Button type="submit" look={look} busy={act.isPending}>
              {act.isPending ? t('console.sending') : verb}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
