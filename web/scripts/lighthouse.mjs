/**
 * Lighthouse over the pages of a running server, on an emulated phone:
 *   npm run lighthouse -- BASE_URL [--cookie "name=value; ..."] [--runs 3] [--pages /,/studio]
 * [--desktop]
 * Pages other than the front ones need the cookie of a signed-in session (--sign-up makes one).
 * Prints the median of each figure, and fails below 95 performance or 100 in any other category.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import lighthouse, { desktopConfig } from 'lighthouse';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cookie: { type: 'string', default: '' },
    'sign-up': { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    pages: { type: 'string', default: '/,/en,/studio,/billing' },
    desktop: { type: 'boolean', default: false },
    chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
    verbose: { type: 'boolean', default: false },
  },
});
const base = new URL(positionals[0] ?? 'http://127.0.0.1:8080').origin;
const floor = { performance: 95 };
const port = 9400 + (process.pid % 500);

async function signUp() {
  const answer = await fetch(`${base}/auth/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Imagify': '1', Origin: base },
    body: JSON.stringify({
      email: `lighthouse-${Date.now()}@example.com`,
      password: 'a-good-pass-42-Lotus',
    }),
  });
  if (answer.status !== 201) throw new Error(`sign-up answered ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

async function startChromium(profile) {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const browser = spawn(
    values.chromium,
    [...flags, `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: 'ignore' },
  );
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await fetch(`http://127.0.0.1:${port}/json/version`).then(
        (reply) => reply.ok,
        () => false,
      )
    )
      return browser;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('Chromium did not start');
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const metrics = {
  FCP: 'first-contentful-paint',
  LCP: 'largest-contentful-paint',
  TBT: 'total-blocking-time',
  CLS: 'cumulative-layout-shift',
};

async function measure(path, cookie) {
  const runs = [];
  for (let run = 0; run < Number(values.runs); run += 1) {
    const flags = {
      port,
      output: 'json',
      logLevel: 'error',
      extraHeaders: cookie ? { Cookie: cookie } : {},
      disableStorageReset: false,
    };
    const result = await lighthouse(
      `${base}${path}`,
      flags,
      values.desktop ? desktopConfig : undefined,
    );
    runs.push(result.lhr);
  }
  const scores = Object.fromEntries(
    Object.keys(runs[0].categories).map((name) => [
      name,
      Math.round(100 * median(runs.map((run) => run.categories[name].score ?? 0))),
    ]),
  );
  const figures = Object.entries(metrics).map(
    ([name, audit]) =>
      `${name} ${name === 'CLS' ? median(runs.map((run) => run.audits[audit].numericValue)).toFixed(4) : Math.round(median(runs.map((run) => run.audits[audit].numericValue)))}`,
  );
  console.log(
    `${path.padEnd(10)} ${Object.entries(scores)
      .map(([name, score]) => `${name} ${score}`)
      .join('  ')}   ${figures.join('  ')}`,
  );
  const failed = Object.entries(scores).filter(([name, score]) => score < (floor[name] ?? 100));
  for (const [name] of failed) {
    const refs = runs[0].categories[name].auditRefs.filter(
      ({ id, weight }) => weight > 0 && (runs[0].audits[id].score ?? 1) < 0.9,
    );
    for (const { id } of refs)
      console.log(
        `    ${name}: ${id} ${JSON.stringify(runs[0].audits[id].details?.items?.slice(0, 3) ?? '').slice(0, values.verbose ? 2000 : 300)}`,
      );
  }
  return failed.length === 0;
}

const profile = await mkdtemp(join(tmpdir(), 'imagify-lighthouse-'));
const browser = await startChromium(profile);
try {
  const cookie = values['sign-up'] ? await signUp() : values.cookie;
  let good = true;
  for (const path of values.pages.split(',')) good = (await measure(path, cookie)) && good;
  if (!good) process.exitCode = 1;
} finally {
  browser.kill();
  await new Promise((done) => browser.once('exit', done));
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
