import { useRef, type FormEvent, type KeyboardEvent } from 'react';
import type { Engine } from '@/api/types';
import { useLanguage } from '@/i18n';
import type { Draft } from '@/ui/draft';
import { EngineNote } from './EngineNote';
import { FramePicker } from './FramePicker';
import { LowBalance } from './LowBalance';
import { MoreOptions } from './MoreOptions';
import { PaintButton } from './PaintButton';
import { StylePicker } from './StylePicker';
import { Suggestions } from './Suggestions';

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  engine: Engine | undefined;
  onPaint: () => void;
}

/** The longest prompt when no engine says less (api/openapi.yaml GenerateRequest). */
const longestPrompt = 1000;

export function Composer({ draft, change, engine, onPaint }: Props) {
  const { t, number } = useLanguage();
  const box = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const limit = engine?.maxPromptLength ?? longestPrompt;
  const length = Array.from(draft.prompt).length;
  const tooLong = length > limit;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.prompt.trim() === '' || tooLong) box.current?.focus();
    else onPaint();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.current?.requestSubmit();
    }
  };
  return (
    <form ref={form} onSubmit={submit} className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-6 lg:sticky lg:top-23 lg:self-start">
      <div>
        <h1 className="text-3xl">{t('studio.heading')}</h1>
        <EngineNote engine={engine} />
      </div>
      <div>
        <label htmlFor="prompt" className="mb-2 block font-semibold">
          {t('studio.prompt')}
        </label>
        <textarea
          id="prompt"
          ref={box}
          rows={4}
          value={draft.prompt}
          onChange={(event) => change({ prompt: event.target.value })}
          onKeyDown={onKeyDown}
          placeholder={t('studio.placeholder')}
          aria-describedby="prompt-note"
          aria-invalid={tooLong || undefined}
          aria-keyshortcuts="Control+Enter"
          className="field min-h-28 resize-y text-lg"
        />
        <p id="prompt-note" className="figures mt-1 flex min-h-6 justify-between gap-4 text-sm text-ink-2">
          <span className="hidden sm:inline">{t('studio.shortcut')}</span>
          <span className={tooLong ? 'font-semibold text-coral' : undefined}>
            {t('studio.length', { length: number(length), limit: number(limit) })}
          </span>
        </p>
        <Suggestions onChoose={(prompt) => change({ prompt })} />
      </div>
      <FramePicker engine={engine} value={draft.aspectRatio} onChange={(aspectRatio) => change({ aspectRatio })} />
      <StylePicker engine={engine} value={draft.style} onChange={(style) => change({ style })} />
      <MoreOptions engine={engine} draft={draft} change={change} />
      <div className="sticky bottom-16 z-10 -mx-4 grid gap-3 border-t border-line bg-ground px-4 py-3 sm:static sm:m-0 sm:border-0 sm:p-0">
        <PaintButton empty={draft.prompt.trim() === ''} />
      </div>
      <LowBalance />
    </form>
  );
}
