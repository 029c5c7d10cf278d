import { Plus } from 'lucide-react';
import { useLanguage, type MessageKey } from '@/i18n';

const questions: [MessageKey, MessageKey][] = [
  ['ask.pay.q', 'ask.pay.a'],
  ['ask.expire.q', 'ask.expire.a'],
  ['ask.fail.q', 'ask.fail.a'],
  ['ask.language.q', 'ask.language.a'],
];

export function Questions() {
  const { t } = useLanguage();
  return (
    <section
      aria-labelledby="ask"
      className="page grid gap-8 py-16 lg:grid-cols-[1fr_2fr] lg:py-24"
    >
      <h2 id="ask" className="text-3xl sm:text-4xl">
        {t('ask.title')}
      </h2>
      <div className="border-b border-line">
        {questions.map(([question, answer]) => (
          <details key={question} className="group border-t border-line">
            <summary className="flex min-h-14 list-none items-center justify-between gap-4 py-3 text-lg font-semibold [&::-webkit-details-marker]:hidden">
              {t(question)}
              <Plus
                aria-hidden="true"
                className="size-5 shrink-0 text-cobalt transition-transform duration-180 group-open:rotate-45"
              />
            </summary>
            <p className="max-w-[65ch] pb-5 text-ink-2">{t(answer)}</p>
          </details>
        ))}
      </div>
    </section>
  );
}
