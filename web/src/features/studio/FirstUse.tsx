import { useLanguage } from '@/i18n';
import { SampleImage } from '@/ui/SampleImage';
import { samples } from '@/ui/samples';

const shown = [samples.bay, samples.town, samples.terraces, samples.cat, samples.balloons];

/** Before the first picture: what others' words became. Choosing one borrows its words. */
export function FirstUse({ onBorrow }: { onBorrow: (prompt: string) => void }) {
  const { t } = useLanguage();
  return (
    <div>
      <h2 className="text-2xl">{t('first.title')}</h2>
      <p className="mt-1 text-ink-2">{t('first.text')}</p>
      <ul className="mt-5 grid grid-cols-2 gap-3 sm:grid-cols-4 sm:gap-4">
        {shown.map((sample, index) => (
          <li key={sample.name} className={index === 0 ? 'col-span-full' : undefined}>
            <button
              type="button"
              onClick={() => onBorrow(t(sample.prompt))}
              className="group block w-full text-left"
            >
              <span className={index === 0 ? 'block aspect-video' : 'block aspect-3/4'}>
                <SampleImage
                  sample={sample}
                  sizes={
                    index === 0 ? '(width < 64rem) 92vw, 44rem' : '(width < 40rem) 45vw, 11rem'
                  }
                  alt=""
                  loading={index === 0 ? 'eager' : 'lazy'}
                  className="size-full object-cover"
                />
              </span>
              <span className="block min-h-11 border-t-3 border-transparent py-2 text-sm text-ink-2 group-hover:border-cobalt group-hover:text-cobalt">
                {t(sample.prompt)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
