import { useLanguage } from '@/i18n';
import { samples } from '@/ui/samples';

const offered = [samples.lotus, samples.pines, samples.city, samples.planet, samples.balloons];

/** Prompts to start from; choosing one fills the box and spends nothing. */
export function Suggestions({ onChoose }: { onChoose: (prompt: string) => void }) {
  const { t } = useLanguage();
  return (
    <ul
      aria-label={t('studio.suggestions')}
      className="step-scroll -mx-4 mt-2 flex gap-2 overflow-x-auto px-4 pb-2 sm:mx-0 sm:px-0"
    >
      {offered.map(({ name, prompt }) => (
        <li key={name} className="shrink-0">
          <button
            type="button"
            onClick={() => onChoose(t(prompt))}
            className="min-h-11 max-w-60 truncate rounded border border-line bg-surface px-3 text-sm text-ink-2 hover:border-cobalt hover:text-cobalt"
          >
            {t(prompt)}
          </button>
        </li>
      ))}
    </ul>
  );
}
