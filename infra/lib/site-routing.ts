// Which paths are the web app's, and the function of CloudFront that knows them.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** As kAppRoutes in src/transport/beast/static_assets.cpp; a test compares them. */
export const kAppRoutes = [
  '/signup',
  '/login',
  '/forgot-password',
  '/reset-password',
  '/verify-email',
  '/studio',
  '/gallery',
  '/gallery/*',
  '/billing',
  '/billing/result/*',
  '/billing/receipt/*',
  '/payment-result',
  '/account',
  '/account/security',
  '/console',
  '/console/reviews',
  '/console/orders',
  '/console/orders/*',
  '/console/users',
  '/console/users/*',
  '/console/audit',
  '/s/*',
];

const kSource = resolve(__dirname, '../edge/pages.js');

/** Every file under the folder as the site has it, with a slash in front; nothing hidden. */
export function filesOf(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const path = `${prefix}/${entry.name}`;
      return entry.isDirectory() ? filesOf(folder, path) : [path];
    })
    .sort();
}

/** "/en" and "/en/index.html" are the page of en/index.html; the shell is no page of its own. */
function pagesOf(siteFolder: string): Record<string, string> {
  const pages: Record<string, string> = {};
  for (const file of filesOf(siteFolder).filter((path) => path.endsWith('.html'))) {
    pages[file] = file;
    const path = file.replace(/\/index\.html$/, '').replace(/\.html$/, '') || '/';
    if (path !== '/app') pages[path] = file;
  }
  return pages;
}

/** The code of the function: at most 10 kB, which is CloudFront's limit. */
export function routingCode(siteFolder: string): string {
  const code =
    `const kPages = ${JSON.stringify(pagesOf(siteFolder))};\n` +
    `const kRoutes = ${JSON.stringify(kAppRoutes)};\n` +
    readFileSync(kSource, 'utf8').replace(/^\/\/.*\n/gm, '');
  if (code.length > 10_000)
    throw new Error(`${kSource} has ${code.length} bytes with its routes; CloudFront takes 10000`);
  return code;
}
