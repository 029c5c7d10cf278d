import { ChevronRight } from 'lucide-react';
import type { Engine } from '@/api/types';
import { useLanguage } from '@/i18n';
import type { Draft } from '@/ui/draft';
import { Field } from '@/ui/Field';

interface Props {
  engine: Engine | undefined;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

/** The highest seed the API takes. */
const highestSeed = 4_294_967_295;

/** What few people need: shown only when the engine can do it. */
export function MoreOptions({ engine, draft, change }: Props) {
  const { t } = useLanguage();
  if (!engine?.seed && !engine?.negativePrompt) return null;
  return (
    <details className="group">
      <summary className="flex min-h-11 list-none items-center gap-1 font-semibold text-cobalt [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-5 transition-transform duration-180 group-open:rotate-90"
        />
        {t('studio.more')}
      </summary>
      <div className="grid gap-4 pt-2">
        {engine.seed && (
          <Field
            label={t('studio.seed')}
            hint={t('studio.seedHint')}
            inputMode="numeric"
            value={draft.seed}
            onChange={({ target }) => {
              const digits = target.value.replace(/\D/g, '');
              change({ seed: digits === '' ? '' : String(Math.min(Number(digits), highestSeed)) });
            }}
          />
        )}
        {engine.negativePrompt && (
          <Field
            label={t('studio.negative')}
            value={draft.negativePrompt}
            maxLength={1000}
            onChange={({ target }) => change({ negativePrompt: target.value })}
          />
        )}
      </div>
    </details>
  );
}
