import type { ReactNode } from 'react';
import { useLanguage, type MessageKey } from '@/i18n';

const steps: { title: MessageKey; text: MessageKey; drawing: ReactNode }[] = [
  {
    title: 'steps.write.title',
    text: 'steps.write.text',
    drawing: <path d="M4 12h88M4 30h88M4 48h54M70 40v16" />,
  },
  {
    title: 'steps.frame.title',
    text: 'steps.frame.text',
    drawing: <path d="M4 16h32v32H4zM46 8h24v48H46zM80 20h44v24H80z" />,
  },
  {
    title: 'steps.keep.title',
    text: 'steps.keep.text',
    drawing: <path d="M6 6h84v52H6zM13 13h70v38H13zM13 44l18-16 14 11 12-9 26 18M66 24a5 5 0 1 0 .1 0" />,
  },
];

/** How it goes, on a band of glaze. */
export function Steps() {
  const { t } = useLanguage();
  return (
    <section aria-labelledby="steps" className="waves text-on-glaze">
      <div className="bg-glaze/85">
        <div className="page py-16 lg:py-20">
          <h2 id="steps" className="text-3xl sm:text-4xl">
            {t('steps.title')}
          </h2>
          <ol className="mt-10 grid gap-10 md:grid-cols-3 md:gap-8">
            {steps.map(({ title, text, drawing }) => (
              <li key={title} className="border-t-3 border-on-glaze-2 pt-6">
                <svg viewBox="0 0 128 64" fill="none" stroke="currentColor" strokeWidth="3" aria-hidden="true" className="h-16 text-on-glaze-2">
                  {drawing}
                </svg>
                <h3 className="mt-5 text-xl font-semibold">{t(title)}</h3>
                <p className="mt-2 max-w-sm text-on-glaze-2">{t(text)}</p>
              </li>
            ))}
          </ol>
        </div>
      </div>
    </section>
  );
}
