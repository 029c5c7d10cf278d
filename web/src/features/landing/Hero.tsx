import clsx from 'clsx';
import { useLanguage } from '@/i18n';
import { Button } from '@/ui/Button';
import { signupCredits } from '@/ui/facts';
import { SampleImage } from '@/ui/SampleImage';
import { samples, type Sample } from '@/ui/samples';

/** The promise, a prompt box that already works, and pictures on the wall. */
export function Hero() {
  const { t } = useLanguage();
  return (
    <section className="page grid items-center gap-12 pt-10 pb-16 lg:grid-cols-[minmax(0,28rem)_minmax(0,1fr)] lg:gap-16 lg:pt-16 lg:pb-24">
      <div>
        <h1 className="text-4xl sm:text-5xl xl:text-6xl">
          <span className="block">{t('hero.line1')}</span>
          <span className="block text-cobalt">{t('hero.line2')}</span>
        </h1>
        <p className="mt-5 max-w-[34rem] text-lg text-ink-2">{t('hero.lead')}</p>
        <FirstPrompt />
      </div>
      <Wall />
    </section>
  );
}

/** A plain form that goes to the studio with the prompt: it works before, and without, script. */
function FirstPrompt() {
  const { t } = useLanguage();
  return (
    <form action="/studio" method="get" className="mt-8 max-w-[34rem]">
      <label htmlFor="first-prompt" className="mb-2 block font-semibold">
        {t('hero.promptLabel')}
      </label>
      <div className="border border-edge bg-surface has-[textarea:focus-visible]:outline-3 has-[textarea:focus-visible]:outline-cobalt">
        <textarea
          id="first-prompt"
          name="prompt"
          rows={3}
          maxLength={1000}
          required
          placeholder={t('sample.bay')}
          className="block w-full resize-none bg-transparent p-4 text-lg outline-none"
        />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line p-2 pl-4">
          <p className="text-sm text-ink-2">{t('hero.gift', { gift: signupCredits })}</p>
          <Button look="primary" type="submit" className="px-6!">
            {t('hero.submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}

const wide = '(width < 64rem) 92vw, 44rem';
const third = '(width < 64rem) 30vw, 14rem';
const hung: { sample: Sample; place: string; sizes: string }[] = [
  { sample: samples.bay, place: 'col-span-6 aspect-video', sizes: wide },
  { sample: samples.town, place: 'col-span-2 aspect-3/4', sizes: third },
  { sample: samples.lotus, place: 'col-span-2 aspect-3/4', sizes: third },
  { sample: samples.city, place: 'col-span-2 aspect-3/4', sizes: third },
];

function Wall() {
  const { t } = useLanguage();
  return (
    <div>
      <ul aria-label={t('hero.wall')} className="grid grid-cols-6 gap-3 sm:gap-5">
        {hung.map(({ sample, place, sizes }, index) => (
          <li key={sample.name} className={clsx(place, index === 0 && 'framed')}>
            <SampleImage
              sample={sample}
              sizes={sizes}
              alt={t(sample.prompt)}
              fetchPriority={index === 0 ? 'high' : undefined}
              className="size-full object-cover"
            />
          </li>
        ))}
      </ul>
      <p className="mt-4 border-l-3 border-cobalt pl-3 text-sm text-ink-2">{t('hero.caption')}</p>
    </div>
  );
}
