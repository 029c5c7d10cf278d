#!/usr/bin/env node
// The report's load test, kept and extended: Artillery against a server of its own, with the
// report's KPIs as thresholds (p95 below 500 ms, errors below 0.1 %). Results: docs/load.md.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { freePort, startProgram } from '../../tools/aws/emulators.mjs';
import { endWithParent } from '../../tools/aws/lab.mjs';
import { startLaptop } from '../../tools/aws/laptop.mjs';
import { call, Painter, picture } from '../aws/shop.mjs';
import { Verdicts } from '../aws/verdicts.mjs';

const kHere = dirname(fileURLToPath(import.meta.url));
const kRoot = join(kHere, '../..');
const kArtillery = join(kHere, 'node_modules/artillery/bin/run');
const kAccounts = 120;
const kPassword = 'a-good-pass-42-Lotus';
const kRuns = { quick: 'quick.yml', x1: 'scenario.yml', x5: 'scenario.yml', x10: 'scenario.yml' };
const kMostMs = 500;
const kMostErrors = 0.001;

const kHelp = `The report's load test, against "imagify serve" or all of it as on AWS

  tests/load/load.mjs [flags]        (./test load fetches Artillery and builds the program first)

  --on serve|aws     what is loaded; default serve
  --runs LIST        of quick, x1, x5, x10; default x1,x5,x10
  --rounds N         each run so many times; default 1
  --program PATH     default build/imagify
  --json FILE        keeps the figures
  --deep             three rounds, and the report's quick test too

Examples
  tests/load/load.mjs --runs x1
  tests/load/load.mjs --on aws --runs x1,x5 --rounds 3 --json out/load-aws.json
`;

const { values: flags } = parseArgs({
  options: {
    on: { type: 'string', default: 'serve' },
    runs: { type: 'string' },
    rounds: { type: 'string' },
    program: { type: 'string', default: join(kRoot, 'build/imagify') },
    json: { type: 'string' },
    deep: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});
const runs = (flags.runs ?? (flags.deep ? 'quick,x1,x5,x10' : 'x1,x5,x10')).split(',');
const rounds = Number(flags.rounds ?? (flags.deep ? 3 : 1));

function refuse(text) {
  process.stderr.write(`load: ${text}\n`);
  process.exit(2);
}
if (flags.help) {
  process.stdout.write(kHelp);
  process.exit(0);
}
if (!['serve', 'aws'].includes(flags.on)) refuse(`--on ${flags.on} is neither serve nor aws`);
if (!(rounds >= 1)) refuse(`--rounds ${flags.rounds} is no number, such as --rounds 3`);
for (const run of runs) if (!kRuns[run]) refuse(`--runs knows quick, x1, x5 and x10, not ${run}`);
if (!existsSync(kArtillery)) refuse('Artillery is not there: ./test load fetches it (460 MB)');

const kGenerous = { SIGNUP_CREDITS: '1000', SIGNUP_GIFT: 'registration' };

async function startServer(folder, program, settings) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...settings,
    IMAGIFY_LISTEN: `127.0.0.1:${port}`,
    IMAGIFY_DATA: join(folder, 'data'),
    IMAGIFY_PUBLIC_URL: url,
  };
  mkdirSync(env.IMAGIFY_DATA);
  const stop = await startProgram('server', port, folder, [program, 'serve'], { env });
  return { url, stop };
}

async function openAccounts(url, file) {
  const accounts = [];
  for (let i = 0; i < kAccounts; ++i) {
    const account = { email: `load-${i}@example.com`, password: kPassword };
    const answer = await call(url, '/auth/register', { method: 'POST', body: account });
    if (answer.status !== 201) throw new Error(`sign-up: ${JSON.stringify(answer).slice(0, 300)}`);
    accounts.push(account);
  }
  writeFileSync(file, JSON.stringify(accounts));
}

/** Runs Artillery; resolves to {report, code, said}. Its `ensure` decides its exit code. */
function artillery(run, { url, folder }) {
  const out = join(folder, `${run}.json`);
  const kept = join(folder, 'accounts.json');
  const words = ['run', '--output', out, ...(run === 'quick' ? [] : ['-e', run]), kRuns[run]];
  const child = spawn(process.execPath, [kArtillery, ...words], {
    cwd: kHere,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      LOAD_TARGET: url,
      LOAD_ACCOUNTS: kept,
      ARTILLERY_DISABLE_TELEMETRY: 'true',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      if (!existsSync(out)) return fail(new Error(`artillery wrote no report:\n${said}`));
      return done({ report: JSON.parse(readFileSync(out, 'utf8')).aggregate, code, said });
    });
  });
}

/** What the KPIs are about, from Artillery's report. */
export function figuresOf({ counters, summaries }) {
  const times = summaries['http.response_time'] ?? {};
  const requests = counters['http.requests'] ?? 0;
  const answers = counters['http.responses'] ?? 0;
  const broken = Object.entries(counters)
    .filter(([name]) => /^errors\./.test(name))
    .reduce((sum, [, count]) => sum + count, 0);
  // An answer that nobody expected, such as 429, is an error too.
  const failed = Math.max(counters['vusers.failed'] ?? 0, counters['plugins.expect.failed'] ?? 0);
  const codes = Object.entries(counters)
    .filter(([name]) => name.startsWith('http.codes.'))
    .map(([name, count]) => `${name.slice(11)}: ${count}`);
  return {
    people: counters['vusers.created'] ?? 0,
    requests,
    unanswered: requests - answers,
    errors: Math.max(broken, failed, requests - answers),
    p50: times.p50,
    p95: times.p95,
    p99: times.p99,
    most: times.max,
    codes: codes.sort().join(', '),
    painted: counters['pictures.ready'] ?? 0,
    notPainted: (counters['pictures.failed'] ?? 0) + (counters['pictures.pending'] ?? 0),
  };
}

function judge(verdicts, run, { code, said }, figures) {
  const rate = figures.errors / Math.max(1, figures.requests);
  verdicts.expect(`${run}: somebody came`, figures.people >= 100 && figures.requests > 500);
  verdicts.expect(`${run}: errors below 0.1 %`, rate < kMostErrors, JSON.stringify(figures));
  // A hundred at once are more than the hashers' queue holds: 503 and Retry-After are the answer.
  if (run !== 'quick') {
    verdicts.expect(`${run}: pictures were painted`, figures.painted > 20);
    verdicts.equal(`${run}: pictures refused`, figures.notPainted, 0);
    verdicts.expect(`${run}: p95 below ${kMostMs} ms`, figures.p95 < kMostMs, `is ${figures.p95}`);
  }
  verdicts.equal(`${run}: Artillery's own thresholds`, code, 0);
  if (code !== 0) process.stdout.write(`${said.split('\n').slice(-40).join('\n')}\n`);
}

async function loaded(folder) {
  const painter = new Painter();
  painter.png = picture(512);
  const settings = {
    ...kGenerous,
    PAINTERS: 'clipdrop',
    CLIPDROP_API: 'local',
    CLIPDROP_CALLS_PER_MINUTE: '100000',
    CLIPDROP_URL: await painter.open(),
  };
  const program = resolve(flags.program);
  if (flags.on === 'serve') {
    const server = await startServer(folder, program, settings);
    return { ...server, close: () => painter.close() };
  }
  const laptop = await startLaptop({
    program,
    port: 0,
    payload: 'v1',
    identity: 'local',
    settings: { ...settings, LIMITS: 'redis' },
  });
  return { url: laptop.url, stop: laptop.stop, close: () => painter.close() };
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'imagify-load-'));
  const subject = await loaded(folder);
  const stop = async () => {
    await subject.stop();
    subject.close();
    rmSync(folder, { recursive: true, force: true });
  };
  endWithParent(stop);
  const verdicts = new Verdicts('load');
  const kept = { on: flags.on, processor: cpus()[0].model, cores: cpus().length, runs: [] };
  try {
    await openAccounts(subject.url, join(folder, 'accounts.json'));
    for (let round = 1; round <= rounds; ++round)
      for (const run of runs) {
        process.stderr.write(`load: ${run} on ${flags.on}, round ${round} of ${rounds} ...\n`);
        const busy = loadavg()[0];
        const answer = await artillery(run, { url: subject.url, folder });
        const figures = figuresOf(answer.report);
        kept.runs.push({ run, round, loadBefore: busy, ...figures });
        process.stdout.write(
          `${run}: ${figures.people} people, ${figures.requests} requests, ` +
            `${figures.errors} errors; p50 ${figures.p50} ms, p95 ${figures.p95} ms, ` +
            `p99 ${figures.p99} ms; ${figures.painted} pictures, ${figures.notPainted} refused ` +
            `(load before: ${busy.toFixed(1)})\n`,
        );
        judge(verdicts, run, answer, figures);
      }
  } finally {
    if (flags.json) {
      mkdirSync(dirname(resolve(flags.json)), { recursive: true });
      writeFileSync(flags.json, `${JSON.stringify(kept, null, 2)}\n`);
    }
    await stop();
  }
  verdicts.close();
}

await main();
process.exit();
