import type { Engine } from '@/api/types';
import { useLanguage } from '@/i18n';

/** Says openly that a demo engine draws, where one does. */
export function EngineNote({ engine }: { engine: Engine | undefined }) {
  const { t } = useLanguage();
  return (
    <p className="mt-1 min-h-6 text-sm text-ink-2">
      {engine?.demo && (
        <span data-testid="demo-engine">
          <strong className="mr-1.5 inline-block border border-iron px-1.5 font-semibold text-iron">
            {t('studio.demo')}
          </strong>
          {t('studio.demoText')}
        </span>
      )}
    </p>
  );
}
