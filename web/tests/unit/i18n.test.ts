import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '@/app/pages';
import { formatsFor } from '@/i18n/formats';

const src = resolve(import.meta.dirname, '../../src');
const folder = (locale: string) => join(src, 'i18n', locale);
const catalog = (locale: string, name: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder(locale), name), 'utf8'));
const names = readdirSync(folder('vi'));

/** The placeholders of a message, plural arms aside. */
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map((match) => match[1]))].toSorted();

describe('the catalogs', () => {
  it('are the same files in both languages', () => {
    expect(readdirSync(folder('en'))).toEqual(names);
  });

  it.each(names)(
    '%s has the same messages with the same placeholders in both languages',
    (name) => {
      const vi = catalog('vi', name);
      const en = catalog('en', name);
      expect(Object.keys(en).toSorted()).toEqual(Object.keys(vi).toSorted());
      for (const key of Object.keys(vi))
        expect([key, placeholders(en[key] ?? '')]).toEqual([key, placeholders(vi[key] ?? '')]);
    },
  );

  it('never say one thing under two names in one file', () => {
    const all = names.flatMap((name) => Object.keys(catalog('vi', name)));
    expect(new Set(all).size).toBe(all.length);
  });
});

/** The files a module reaches by static imports, itself included. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, from] of text.matchAll(/^import (?!type).*?from '([@.][^']+)'/gms)) {
    if (!from) continue;
    const base = from.startsWith('@/') ? join(src, from.slice(2)) : resolve(dirname(file), from);
    const found = ['.tsx', '.ts', '/index.tsx']
      .map((end) => base + end)
      .find((path) => {
        try {
          return readFileSync(path) !== null;
        } catch {
          return false;
        }
      });
    if (found && !found.includes('/app/')) reach(found, seen);
  }
  return seen;
}

const pageFile: Record<keyof typeof wordsOf, string> = {
  landing: 'landing/Landing',
  signup: 'auth/SignUp',
  login: 'auth/LogIn',
  forgotPassword: 'auth/ForgotPassword',
  resetPassword: 'auth/ResetPassword',
  verifyEmail: 'auth/VerifyEmail',
  studio: 'studio/Studio',
  gallery: 'gallery/Gallery',
  billing: 'billing/Billing',
  paymentReturn: 'billing/PaymentReturn',
  orderResult: 'billing/OrderResult',
  receipt: 'billing/Receipt',
  console: 'console/Console',
  account: 'account/Account',
  security: 'security/Security',
};

describe('a page loads every word it speaks', () => {
  const home = new Map(
    names.flatMap((name) =>
      Object.keys(catalog('vi', name)).map((key) => [key, name.replace('.json', '')] as const),
    ),
  );

  it.each(Object.entries(pageFile))('%s', (page, file) => {
    const loaded = new Set<string>(['shell', ...wordsOf[page as keyof typeof wordsOf]]);
    const missing = new Set<string>();
    for (const path of reach(join(src, 'features', `${file}.tsx`))) {
      const text = readFileSync(path, 'utf8');
      for (const [, key = ''] of text.matchAll(/'([a-z][A-Za-z]*\.[A-Za-z.\d]+)'/g)) {
        const where = home.get(key);
        if (where && !loaded.has(where)) missing.add(`${key} (${where})`);
      }
      for (const [, start = ''] of text.matchAll(/`([a-z]+\.)\$\{/g)) {
        for (const [key, where] of home)
          if (key.startsWith(start) && /^[^.]+\.[^.]+$/.test(key) && !loaded.has(where))
            missing.add(`${key} (${where})`);
      }
    }
    expect([...missing]).toEqual([]);
  });
});

describe('formats', () => {
  it('writes dong as each language does', () => {
    expect(formatsFor('vi').vnd(250_000).replaceAll('\u00a0', ' ')).toBe('250.000 ₫');
    expect(formatsFor('en').vnd(250_000)).toBe('₫250,000');
  });

  it('writes a movement with its sign', () => {
    expect(formatsFor('vi').signed(5)).toBe('+5');
    expect(formatsFor('vi').signed(-1)).toBe('−1');
    expect(formatsFor('en').signed(-1)).toBe('−1');
  });

  it("tells the time in Vietnam's zone", () => {
    expect(formatsFor('vi').clock('2026-11-23T12:05:00Z')).toBe('19:05');
  });
});
