/**
 * Cuts the fonts down to the characters Vietnamese and English need and writes them, with their
 * @font-face rules, to .fonts/. Two files per face: Latin (with the Latin-1 accents) and the
 * Vietnamese rest, so that an English page loads only the first.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = `${root}.fonts`;

const span = (from, to) =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const latin = `${span(0x20, 0x7e)}${span(0xa0, 0xff)}\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2192\u2190\u2212\u00d7`;
const vietnamese = `ĂăĐđĨĩŨũƠơƯư${span(0x1ea0, 0x1ef9)}₫\u0300\u0301\u0303\u0309\u0323`;
const ranges = {
  latin:
    'U+0020-007E,U+00A0-00FF,U+2013-2014,U+2018-2019,U+201C-201D,U+2022,U+2026,U+2190,U+2192,U+2212',
  vietnamese:
    'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303,U+0309,U+0323,U+1EA0-1EF9,U+20AB',
};

const text = '@fontsource/be-vietnam-pro';
const display = '@fontsource-variable/bricolage-grotesque';
const faces = [
  {
    family: 'Be Vietnam Pro',
    weight: 400,
    file: (set) => `${text}/files/be-vietnam-pro-${set}-400-normal.woff2`,
  },
  {
    family: 'Be Vietnam Pro',
    weight: 600,
    file: (set) => `${text}/files/be-vietnam-pro-${set}-600-normal.woff2`,
  },
  {
    family: 'Bricolage Grotesque',
    weight: 600,
    file: (set) => `${display}/files/bricolage-grotesque-${set}-opsz-normal.woff2`,
    axes: { wght: 600, opsz: 36 },
  },
];

/**
 * Metric-matched stand-ins (capsize figures against Liberation/Arial), so that text does not move
 * when a font arrives.
 */
const standIns = `
@font-face{font-family:'Text Fallback';src:local('Arial'),local('Liberation Sans');size-adjust:105.4%;ascent-override:94.9%;descent-override:28.5%;line-gap-override:0%}
@font-face{font-family:'Display Fallback';src:local('Arial Bold'),local('Liberation Sans Bold'),local('Arial');size-adjust:99.2%;ascent-override:93.8%;descent-override:27.2%;line-gap-override:0%}
`;

async function cut(face, set, characters) {
  const name = `${face.family.toLowerCase().replaceAll(' ', '-')}-${face.weight}-${set}.woff2`;
  const font = await readFile(`${root}node_modules/${face.file(set)}`);
  // Hints serve screens of another age, and weigh a third of the file.
  const options = {
    targetFormat: 'woff2',
    noHinting: true,
    ...(face.axes ? { variationAxes: face.axes } : {}),
  };
  await writeFile(`${out}/${name}`, await subsetFont(font, characters, options));
  return `@font-face{font-family:'${face.family}';font-weight:${face.weight};font-display:swap;src:url('./${name}') format('woff2');unicode-range:${ranges[set]}}`;
}

const self = fileURLToPath(import.meta.url);
const css = `${out}/fonts.css`;
const fresh = existsSync(css) && (await stat(css)).mtimeMs > (await stat(self)).mtimeMs;
if (!fresh) await cutAll();

async function cutAll() {
  await mkdir(out, { recursive: true });
  const rules = [];
  for (const face of faces)
    rules.push(await cut(face, 'latin', latin), await cut(face, 'vietnamese', vietnamese));
  const licences = await Promise.all(
    [text, display].map((name) => readFile(`${root}node_modules/${name}/LICENSE`, 'utf8')),
  );
  await writeFile(`${out}/licences.txt`, licences.join('\n\n----\n\n'));
  await writeFile(css, `${rules.join('\n')}${standIns}`);
}
