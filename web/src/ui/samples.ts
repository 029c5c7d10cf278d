import type { MessageKey } from '@/i18n';

export interface Sample {
  /** Its files: public/img/<name>.webp and <name>-s.webp. */
  name: string;
  prompt: MessageKey;
  /** Pixels of the large file. */
  width: number;
  height: number;
  smallWidth: number;
}

const wide = { width: 1120, height: 630, smallWidth: 720 };
const tall = { width: 600, height: 800, smallWidth: 300 };

/** Pictures painted by the demo engine from exactly these prompts. */
export const samples = {
  bay: { name: 'bay', prompt: 'sample.bay', ...wide },
  town: { name: 'town', prompt: 'sample.town', ...tall },
  terraces: { name: 'terraces', prompt: 'sample.terraces', ...tall },
  city: { name: 'city', prompt: 'sample.city', ...tall },
  lotus: { name: 'lotus', prompt: 'sample.lotus', ...tall },
  cat: { name: 'cat', prompt: 'sample.cat', ...tall },
  balloons: { name: 'balloons', prompt: 'sample.balloons', ...tall },
  planet: { name: 'planet', prompt: 'sample.planet', ...tall },
  pines: { name: 'pines', prompt: 'sample.pines', ...tall },
} as const satisfies Record<string, Sample>;
