import type { ReactNode } from 'react';
import { useLanguage } from '@/i18n';
import { SampleImage } from '@/ui/SampleImage';
import { samples } from '@/ui/samples';

/** The form on one side; on a wide screen a picture and the words it came from on the other. */
export function AuthFrame({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children: ReactNode;
}) {
  const { t } = useLanguage();
  const sample = samples.town;
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-12 py-8 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)] lg:gap-24 lg:py-14">
      <div>
        <h1 className="text-3xl sm:text-4xl">{title}</h1>
        <p className="mt-2 text-lg text-ink-2">{lead}</p>
        {children}
      </div>
      <figure className="hidden w-full max-w-md justify-self-end lg:block">
        <div className="framed m-1">
          <SampleImage
            sample={sample}
            sizes="28rem"
            alt=""
            loading="lazy"
            className="block h-auto w-full max-w-md"
          />
        </div>
        <figcaption className="mt-4 max-w-md border-l-3 border-cobalt pl-3 text-ink-2">
          {t(sample.prompt)}
        </figcaption>
      </figure>
    </div>
  );
}
