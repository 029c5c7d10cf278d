import { useRef, type FormEvent } from 'react';
import type { Engine } from '@/api/types';
import { useLanguage } from '@/i18n';
import type { Draft } from '@/ui/draft';
import { EngineNote } from './EngineNote';
import { FramePicker } from './FramePicker';
import { LowBalance } from './LowBalance';
import { MoreOptions } from './MoreOptions';
import { PaintButton } from './PaintButton';
import { lengthOf, PromptBox } from './PromptBox';
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
  const { t } = useLanguage();
  const box = useRef<HTMLTextAreaElement>(null);
  const limit = engine?.maxPromptLength ?? longestPrompt;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const ready = draft.prompt.trim() !== '' && lengthOf(draft.prompt) <= limit;
    if (ready) onPaint();
    else box.current?.focus();
  };
  return (
    <form
      noValidate
      onSubmit={submit}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-6 lg:sticky lg:top-23 lg:self-start"
    >
      <div>
        <h1 className="text-3xl">{t('studio.heading')}</h1>
        <EngineNote engine={engine} />
      </div>
      <div>
        <PromptBox
          box={box}
          value={draft.prompt}
          limit={limit}
          onChange={(prompt) => change({ prompt })}
        />
        <Suggestions onChoose={(prompt) => change({ prompt })} />
      </div>
      <FramePicker
        engine={engine}
        value={draft.aspectRatio}
        onChange={(aspectRatio) => change({ aspectRatio })}
      />
      <StylePicker engine={engine} value={draft.style} onChange={(style) => change({ style })} />
      <MoreOptions engine={engine} draft={draft} change={change} />
      <div className="sticky bottom-16 z-10 -mx-4 grid gap-3 border-t border-line bg-ground px-4 py-3 sm:static sm:m-0 sm:border-0 sm:p-0">
        <PaintButton />
      </div>
      <LowBalance />
    </form>
  );
}
