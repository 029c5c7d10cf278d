import type { MessageKey, Text } from '@/i18n';

const names: Record<string, MessageKey> = {
  none: 'style.none',
  photo: 'style.photo',
  lacquer: 'style.lacquer',
  silk: 'style.silk',
  ink: 'style.ink',
  watercolor: 'style.watercolor',
  oil: 'style.oil',
  pixel: 'style.pixel',
  neon: 'style.neon',
};

/** The style's name in words; a style only the server knows keeps its own id. */
export const styleName = (t: Text, style: string): string => {
  const key = names[style];
  return key ? t(key) : style;
};
