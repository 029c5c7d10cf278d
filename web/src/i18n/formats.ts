import { timeZone, type Locale } from './locale';

export interface Formats {
  /** 250000 as "250.000 ₫" or "₫250,000". */
  vnd: (amount: number) => string;
  number: (value: number) => string;
  /** With its sign: "+5", "−1". */
  signed: (value: number) => string;
  percent: (share: number) => string;
  /** Day and time. */
  moment: (iso: string) => string;
  day: (iso: string) => string;
  clock: (iso: string) => string;
}

const tags: Record<Locale, string> = { vi: 'vi-VN', en: 'en-US' };

function build(locale: Locale): Formats {
  const tag = tags[locale];
  const money = new Intl.NumberFormat(tag, {
    style: 'currency',
    currency: 'VND',
    maximumFractionDigits: 0,
  });
  const plain = new Intl.NumberFormat(tag);
  const withSign = new Intl.NumberFormat(tag, { signDisplay: 'exceptZero' });
  const share = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const date = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone, ...options });
    return (iso: string) => format.format(new Date(iso));
  };
  return {
    vnd: (amount) => money.format(amount),
    number: (value) => plain.format(value),
    signed: (value) => withSign.format(value).replace('-', '−'),
    percent: (value) => share.format(value),
    moment: date({ dateStyle: 'medium', timeStyle: 'short' }),
    day: date({ dateStyle: 'medium' }),
    clock: date({ timeStyle: 'short' }),
  };
}

const built: Partial<Record<Locale, Formats>> = {};

/** The number, money and date formats of a language. */
export const formatsFor = (locale: Locale): Formats => (built[locale] ??= build(locale));
