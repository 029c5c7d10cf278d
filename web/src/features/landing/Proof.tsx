import clsx from 'clsx';
import { useLanguage } from '@/i18n';
import { SampleImage } from '@/ui/SampleImage';
import { samples } from '@/ui/samples';

const shown = [
  { sample: samples.terraces, place: 'lg:mt-0' },
  { sample: samples.cat, place: 'lg:mt-14' },
  { sample: samples.balloons, place: 'lg:mt-4' },
  { sample: samples.planet, place: 'lg:mt-20' },
];

/** Words and the pictures they became, hung at different heights. */
export function Proof() {
  const { t } = useLanguage();
  return (
    <section aria-labelledby="proof" className="page pb-16 lg:pb-24">
      <h2 id="proof" className="text-3xl sm:text-4xl">
        {t('proof.title')}
      </h2>
      <ul className="step-scroll -mx-4 mt-8 flex snap-x gap-4 overflow-x-auto px-4 pb-4 sm:mx-0 sm:px-0 lg:grid lg:grid-cols-4 lg:gap-8 lg:overflow-visible">
        {shown.map(({ sample, place }) => (
          <li
            key={sample.name}
            className={clsx(
              'w-[72vw] max-w-72 shrink-0 snap-center lg:w-auto lg:max-w-none',
              place,
            )}
          >
            <a
              href={`/studio?prompt=${encodeURIComponent(t(sample.prompt))}`}
              className="group block text-ink no-underline"
            >
              <SampleImage
                sample={sample}
                sizes="(width < 64rem) 18rem, 16rem"
                alt=""
                loading="lazy"
                className="h-auto w-full"
              />
              <span className="mt-3 block border-l-3 border-cobalt pl-3 group-hover:text-cobalt">
                {t(sample.prompt)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
