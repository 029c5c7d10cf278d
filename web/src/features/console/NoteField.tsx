import { useId } from 'react';
import { useLanguage } from '@/i18n';

/** Why, in the operator's words. It stays in the books, so it is always asked for. */
export function NoteField({ error }: { error: string | undefined }) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {t('console.note')}
      </label>
      <textarea
        id={id}
        name="note"
        required
        rows={3}
        maxLength={500}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        className="field"
      />
      <p id={`${id}-hint`} className="mt-1 text-sm text-ink-2">
        {t('console.noteHint')}
      </p>
      {error && (
        <p id={`${id}-error`} className="mt-1 text-sm font-semibold text-coral">
          {t(error === 'too_long' ? 'console.noteLong' : 'console.noteShort')}
        </p>
      )}
    </div>
  );
}
