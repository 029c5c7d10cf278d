/**
 * Builds dist/: the client, then every prerendered page with its CSS and boot script inlined, the
 * hashes of both for the server's Content-Security-Policy (csp.json), and .br and .gz beside each
 * text file.
 */
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { load } from 'js-yaml';
import { build } from 'vite';
import { bootScript } from './boot.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
process.chdir(root);

await import('./fonts.mjs');
await build({ logLevel: 'warn' });
await build({
  logLevel: 'warn',
  build: { ssr: 'src/app/prerender.tsx', outDir: '.ssr', copyPublicDir: false, emptyOutDir: true },
});

const manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8'));
const entry = manifest['index.html'];
const styleSheets = entry.css ?? [];
const css = (await Promise.all(styleSheets.map((file) => readFile(join(dist, file), 'utf8'))))
  .join('')
  .replaceAll('url(./', 'url(/assets/');

/** The files of a module and of all it imports at once, nearest first. */
function filesOf(name, seen = new Set()) {
  const chunk = manifest[name];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(imported, seen);
  return seen;
}
const filesFor = (...names) =>
  [...new Set(names.flatMap((name) => [...filesOf(name)]))].map((file) => `/${file}`);

/** The pages by the path they are at: which page of src/app/pages.ts, and its chunk. */
const chunks = {
  landing: ['landing', 'src/features/landing/Landing.tsx'],
  signup: ['signup', 'src/features/auth/SignUp.tsx'],
  login: ['login', 'src/features/auth/LogIn.tsx'],
  'forgot-password': ['forgotPassword', 'src/features/auth/ForgotPassword.tsx'],
  'reset-password': ['resetPassword', 'src/features/auth/ResetPassword.tsx'],
  'verify-email': ['verifyEmail', 'src/features/auth/VerifyEmail.tsx'],
  studio: ['studio', 'src/features/studio/Studio.tsx'],
  gallery: ['gallery', 'src/features/gallery/Gallery.tsx'],
  billing: ['billing', 'src/features/billing/Billing.tsx'],
  'payment-result': ['paymentReturn', 'src/features/billing/PaymentReturn.tsx'],
  'billing/result': ['orderResult', 'src/features/billing/OrderResult.tsx'],
  'billing/receipt': ['receipt', 'src/features/billing/Receipt.tsx'],
  console: ['console', 'src/features/console/Console.tsx'],
  account: ['account', 'src/features/account/Account.tsx'],
  'account/security': ['security', 'src/features/security/Security.tsx'],
};
const { prerender, message, wordsOf } = await import(
  pathToFileURL(join(root, '.ssr/prerender.js')).href
);
const catalogs = (name, locale) =>
  ['shell', ...wordsOf[chunks[name][0]]].map((words) => `src/i18n/${locale}/${words}.json`);
/** Everything a page runs on from the start, the entry aside. */
const ownFiles = (name, locale) => filesFor(chunks[name][1], ...catalogs(name, locale));

/** For the budgets: all first-load files of each page. */
const pageFiles = Object.fromEntries(
  Object.keys(chunks).map((name) => [
    name,
    Object.fromEntries(
      ['vi', 'en'].map((locale) => [
        locale,
        [...new Set([...filesFor('index.html'), ...ownFiles(name, locale)])],
      ]),
    ),
  ]),
);
await writeFile(join(dist, '.vite/pages.json'), JSON.stringify(pageFiles));

const fontFiles = await readdir(join(dist, 'assets'));
const font = (prefix) =>
  fontFiles.find((file) => file.startsWith(prefix) && file.endsWith('.woff2'));
const latinFonts = ['be-vietnam-pro-400-latin', 'bricolage-grotesque-600-latin'];
const vietnameseFonts = ['be-vietnam-pro-400-vietnamese', 'bricolage-grotesque-600-vietnamese'];
const fontsOf = (locale) =>
  (locale === 'vi' ? latinFonts.concat(vietnameseFonts) : latinFonts).map(font);

const template = await readFile(join(dist, 'index.html'), 'utf8');
const hashes = { script: new Set(), style: new Set() };
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Strings the boot script needs per language: what to preload for the page at hand. */
const boot = (locale) =>
  bootScript(Object.fromEntries(Object.keys(chunks).map((name) => [name, ownFiles(name, locale)])));

async function page(file, locale, path, kind) {
  const html = await prerender(locale, path, kind);
  if (/<script|\sstyle=/.test(html))
    throw new Error(`${file}: prerendered HTML must carry no script and no style attribute`);
  const landing = kind === 'page';
  const script = landing ? bootScript({}, `/${entry.file}`) : boot(locale);
  hashes.script.add(hash(script));
  hashes.style.add(hash(css));
  const head = [
    `<script>${script}</script>`,
    `<style>${css}</style>`,
    ...fontsOf(locale)
      .slice(0, landing ? 4 : 2)
      .map(
        (name) =>
          `<link rel="preload" href="/assets/${name}" as="font" type="font/woff2" crossorigin>`,
      ),
    ...(landing
      ? [
          `<meta property="og:title" content="${escape(message('landing.title'))}">`,
          `<meta property="og:description" content="${escape(message('landing.description'))}">`,
          '<meta property="og:type" content="website">',
        ]
      : filesFor('index.html').map(
          (href) => `<link rel="modulepreload" crossorigin href="${href}">`,
        )),
    `<meta name="description" content="${escape(message('landing.description'))}">`,
  ].join('\n    ');
  const out = template
    .replace(landing ? /<script type="module"[^>]*><\/script>\s*/g : /(?!)/, '')
    .replace(/<link rel="stylesheet"[^>]*>\s*/g, '')
    .replace(/<link rel="modulepreload"[^>]*>\s*/g, '')
    .replace('<html lang="vi">', `<html lang="${locale}">`)
    .replace(
      '<title>Imagify</title>',
      () => `<title>${escape(landing ? message('landing.title') : 'Imagify')}</title>`,
    )
    .replace('<!--head-->', () => head)
    .replace(
      '<div id="root"><!--app--></div>',
      () => `<div id="root" data-page="${landing ? 'landing' : 'app'}">${html}</div>`,
    );
  await mkdir(dirname(join(dist, file)), { recursive: true });
  await writeFile(join(dist, file), out);
}

await page('app.html', 'vi', '/studio', 'shell');
await page('app.en.html', 'en', '/studio', 'shell');
await page('en/index.html', 'en', '/en', 'page');
await page('index.html', 'vi', '/', 'page');
await Promise.all(styleSheets.map((file) => rm(join(dist, file))));
await cp(join(root, '.fonts/licences.txt'), join(dist, 'licences.txt'));
await writeFile(
  join(dist, 'csp.json'),
  `${JSON.stringify({ script: [...hashes.script], style: [...hashes.style] })}\n`,
);
await writeFile(
  join(dist, 'openapi.json'),
  JSON.stringify(load(await readFile(join(root, '../api/openapi.yaml'), 'utf8'))),
);
await rm(join(root, '.ssr'), { recursive: true, force: true });

/** Text worth compressing is longer than this. */
const smallestText = 200;
const textTypes = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt', '.webmanifest']);
const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

async function compress(folder) {
  for (const item of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory()) {
      if (item.name !== '.vite') await compress(path);
      continue;
    }
    if (
      !textTypes.has(extname(path)) ||
      item.name === 'csp.json' ||
      (await stat(path)).size <= smallestText
    )
      continue;
    const bytes = await readFile(path);
    await writeFile(
      `${path}.br`,
      await brotli(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
    );
    await writeFile(`${path}.gz`, await gz(bytes, { level: 9 }));
  }
}
await compress(dist);
