import clsx from 'clsx';
import type { AspectRatio, Engine } from '@/api/types';
import { useLanguage } from '@/i18n';
import { Choice } from '@/ui/Choice';

const shapes: Record<AspectRatio, string> = {
  '1:1': 'h-7 w-7',
  '3:4': 'h-8 w-6',
  '4:3': 'h-6 w-8',
  '16:9': 'h-5 w-9',
  '9:16': 'h-9 w-5',
};
const all = Object.keys(shapes) as AspectRatio[];

interface Props {
  engine: Engine | undefined;
  value: AspectRatio;
  onChange: (value: AspectRatio) => void;
}

/** The shapes an engine can paint, drawn as frames to hang. */
export function FramePicker({ engine, value, onChange }: Props) {
  const { t } = useLanguage();
  const offered = engine ? all.filter((ratio) => engine.aspectRatios.includes(ratio)) : all;
  if (offered.length < 2) return null;
  return (
    <Choice
      legend={t('studio.frame')}
      name="frame"
      className="grid! grid-cols-5"
      itemClass="h-21 flex-col px-1!"
      options={offered.map((ratio) => ({
        value: ratio,
        label: ratio,
        picture: (
          <span aria-hidden="true" className="grid h-10 place-items-center">
            <span
              className={clsx(
                'border-2 border-current outline-1 outline-offset-2 outline-current',
                shapes[ratio],
              )}
            />
          </span>
        ),
      }))}
      value={offered.includes(value) ? value : (offered[0] ?? '1:1')}
      onChange={onChange}
    />
  );
}
