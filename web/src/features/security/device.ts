import { getParser } from 'bowser';

export interface Device {
  browser: string | undefined;
  system: string | undefined;
  handheld: boolean;
}

/** What a browser's own description says in the words people use for it. */
export function deviceOf(userAgent: string): Device {
  if (userAgent.trim() === '') return { browser: undefined, system: undefined, handheld: false };
  const parser = getParser(userAgent);
  const kind = parser.getPlatformType();
  const browser = parser.getBrowserName() || undefined;
  const system = parser.getOSName() || undefined;
  return {
    // A program is not a browser, but has a name in the same place.
    browser: browser ?? (system ? undefined : /^[\w.-]{1,40}/.exec(userAgent)?.[0]),
    system,
    handheld: kind === 'mobile' || kind === 'tablet',
  };
}
