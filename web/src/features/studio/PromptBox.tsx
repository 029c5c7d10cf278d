import type { KeyboardEvent, RefObject } from 'react';
import { useLanguage } from '@/i18n';

interface Props {
  box: RefObject<HTMLTextAreaElement | null>;
  value: string;
  limit: number;
  onChange: (prompt: string) => void;
}

/** As the server counts: Unicode code points. */
export const lengthOf = (prompt: string): number => Array.from(prompt).length;

function sendOnControlEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

/** The prompt, with its length. Ctrl+Enter (or Command+Enter) sends the form it is in. */
export function PromptBox({ box, value, limit, onChange }: Props) {
  const { t, number } = useLanguage();
  const length = lengthOf(value);
  const tooLong = length > limit;
  return (
    <>
      <label htmlFor="prompt" className="mb-2 block font-semibold">
        {t('studio.prompt')}
      </label>
      <textarea
        id="prompt"
        ref={box}
        rows={4}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={sendOnControlEnter}
        placeholder={t('studio.placeholder')}
        aria-describedby="prompt-note"
        aria-invalid={tooLong || undefined}
        aria-keyshortcuts="Control+Enter"
        className="field min-h-28 resize-y text-lg"
      />
      <p
        id="prompt-note"
        className="figures mt-1 flex min-h-6 justify-between gap-4 text-sm text-ink-2"
      >
        <span className="hidden sm:inline">{t('studio.shortcut')}</span>
        <span className={tooLong ? 'font-semibold text-coral' : undefined}>
          {t('studio.length', { length: number(length), limit: number(limit) })}
        </span>
      </p>
    </>
  );
}
