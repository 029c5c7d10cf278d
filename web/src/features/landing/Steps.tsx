import clsx from 'clsx';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLanguage, type MessageKey } from '@/i18n';
import { SampleImage } from '@/ui/SampleImage';
import { samples } from '@/ui/samples';

const steps: { title: MessageKey; text: MessageKey; scene: ReactNode }[] = [
  { title: 'steps.write.title', text: 'steps.write.text', scene: <Sentence /> },
  { title: 'steps.frame.title', text: 'steps.frame.text', scene: <Frames /> },
  { title: 'steps.keep.title', text: 'steps.keep.text', scene: <Kept /> },
];

/** How it goes, on a band of glaze: one sentence followed to the picture. */
export function Steps() {
  const { t } = useLanguage();
  return (
    <section aria-labelledby="steps" className="waves text-on-glaze">
      <div className="bg-glaze/85">
        <div className="page py-16 lg:py-20">
          <h2 id="steps" className="text-3xl sm:text-4xl">
            {t('steps.title')}
          </h2>
          <ol className="mt-10 grid gap-12 md:grid-cols-3 md:gap-8">
            {steps.map(({ title, text, scene }) => (
              <li key={title}>
                <div
                  aria-hidden="true"
                  className="flex h-40 items-center border-b-3 border-on-glaze-2 pb-6"
                >
                  {scene}
                </div>
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

function Sentence() {
  const { t } = useLanguage();
  return (
    <p className="w-full max-w-80 border border-on-glaze-2 bg-glaze-2 p-4 text-lg text-on-glaze">
      {t('sample.bay')}
      <span className="ml-0.5 inline-block h-5 w-0.5 translate-y-1 bg-on-glaze" />
    </p>
  );
}

/** The same picture asked for in three shapes; the wide one is chosen. */
function Frames() {
  const shapes = [
    'size-20',
    'h-26 w-19',
    'h-20 w-36 border-2 border-on-glaze outline-1 outline-offset-3 outline-on-glaze',
  ];
  return (
    <div className="flex items-center gap-4">
      {shapes.map((shape, index) => (
        <SampleImage
          key={shape}
          sample={samples.bay}
          sizes="9rem"
          alt=""
          loading="lazy"
          className={clsx('object-cover', shape, index < 2 && 'opacity-60')}
        />
      ))}
    </div>
  );
}

function Kept() {
  const kept = [samples.town, samples.lotus, samples.city];
  return (
    <div className="flex h-32 gap-2">
      <span className="relative block h-32">
        <SampleImage
          sample={samples.bay}
          sizes="13rem"
          alt=""
          loading="lazy"
          className="h-32 w-52 object-cover"
        />
        <span className="absolute right-2 bottom-2 grid size-9 place-items-center rounded bg-on-glaze text-glaze">
          <Download className="size-5" />
        </span>
      </span>
      <span className="flex w-10 flex-col justify-between">
        {kept.map((sample) => (
          <SampleImage
            key={sample.name}
            sample={sample}
            sizes="2.5rem"
            alt=""
            loading="lazy"
            className="size-9.5 object-cover"
          />
        ))}
      </span>
    </div>
  );
}
