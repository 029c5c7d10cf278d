import { describe, expect, it } from 'vitest';
import { safeNext } from './next';

describe('safeNext', () => {
  it.each([
    ['/gallery', '/gallery'],
    ['/billing?plan=basic', '/billing?plan=basic'],
    ['/studio#top', '/studio#top'],
  ])('keeps a path of this site: %s', (next, expected) => {
    expect(safeNext(next)).toBe(expected);
  });

  it.each([
    [null],
    [''],
    ['https://evil.example/'],
    ['//evil.example/'],
    ['/\\evil.example/'],
    ['/\t/evil.example/'],
    ['javascript:alert(1)'],
    ['/login?next=/login'],
    ['studio'],
  ])('turns anything else into the studio: %s', (next) => {
    expect(safeNext(next)).toBe('/studio');
  });
});
