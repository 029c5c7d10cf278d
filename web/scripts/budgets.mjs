/**
 * Prints what each page loads first, compressed as it is served, and fails when one is over its
 * budget.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const kB = 1000;
const budgets = { firstLoad: 92 * kB, console: 25 * kB, html: 14 * kB, picture: 60 * kB };

/** Small files have no .br beside them and are served as they are. */
const served = async (path) =>
  (await stat(`${dist}${path}.br`).catch(() => stat(`${dist}${path}`))).size;
const failures = [];
const show = (name, bytes, budget) => {
  const over = bytes > budget;
  if (over) failures.push(name);
  console.log(
    `${name.padEnd(34)} ${(bytes / kB).toFixed(1).padStart(6)} kB br  of ${budget / kB}${over ? '  OVER' : ''}`,
  );
};

const pages = JSON.parse(await readFile(`${dist}/.vite/pages.json`, 'utf8'));
const weigh = async (files) =>
  (await Promise.all(files.map(served))).reduce((sum, size) => sum + size, 0);
for (const [page, locales] of Object.entries(pages)) {
  for (const [locale, files] of Object.entries(locales)) {
    // Customers never load the console; what it adds to the rest has its own budget.
    if (page === 'console') {
      const own = files.filter((file) => !pages.account[locale].includes(file));
      show(`/console adds (${locale}), ${own.length} files`, await weigh(own), budgets.console);
      continue;
    }
    show(
      `first load /${page === 'landing' ? '' : page} (${locale}), ${files.length} files`,
      await weigh(files),
      budgets.firstLoad,
    );
  }
}
for (const page of ['index.html', 'en/index.html', 'app.html', 'app.en.html']) {
  const html = await readFile(`${dist}/${page}`, 'utf8');
  if (!page.startsWith('app') && !/<h1[ >]/.test(html))
    failures.push(`${page} has no heading: it was not prerendered`);
  show(`HTML and CSS ${page}`, await served(`/${page}`), budgets.html);
}
for (const picture of await readdir(`${dist}/img`).catch(() => [])) {
  show(`picture ${picture}`, (await stat(`${dist}/img/${picture}`)).size, budgets.picture);
}
if (failures.length > 0) {
  console.error(`over budget or broken: ${failures.join('; ')}`);
  process.exit(1);
}
