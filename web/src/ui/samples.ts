import type { AspectRatio } from '@/api/types';
import type { MessageKey } from '@/i18n';

export interface Sample {
  name: string;
  prompt: MessageKey;
  ratio: AspectRatio;
  width: number;
  height: number;
}

/** Pictures painted by the demo engine from exactly these prompts (public/img). */
export const samples = {
  bay: { name: 'bay', prompt: 'sample.bay', ratio: '16:9', width: 960, height: 540 },
  pines: { name: 'pines', prompt: 'sample.pines', ratio: '3:4', width: 600, height: 800 },
  town: { name: 'town', prompt: 'sample.town', ratio: '1:1', width: 640, height: 640 },
  market: { name: 'market', prompt: 'sample.market', ratio: '4:3', width: 800, height: 600 },
  city: { name: 'city', prompt: 'sample.city', ratio: '9:16', width: 540, height: 960 },
  terraces: { name: 'terraces', prompt: 'sample.terraces', ratio: '1:1', width: 640, height: 640 },
  planet: { name: 'planet', prompt: 'sample.planet', ratio: '1:1', width: 640, height: 640 },
  lotus: { name: 'lotus', prompt: 'sample.lotus', ratio: '1:1', width: 640, height: 640 },
} as const satisfies Record<string, Sample>;

export const sampleUrl = (sample: Sample): string => `/img/${sample.name}.webp`;
