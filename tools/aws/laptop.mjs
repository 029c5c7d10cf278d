#!/usr/bin/env node
// Imagify as it runs on AWS, on this machine: the lab's services, the program's own functions
// behind an API Gateway, a queue and a schedule that call them, the site, and VNPAY's simulator.
// ./run aws builds the program and calls this; tools/e2e --aws and ./test aws walk through it.
import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { openApiGateway } from './api_gateway.mjs';
import { freePort, startProgram } from './emulators.mjs';
import { QueuePoller, Schedule } from './event_sources.mjs';
import { LambdaFunction } from './functions.mjs';
import { inbox } from './inbox.mjs';
import { asShell, endWithParent, startLab } from './lab.mjs';

const kRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const kScheduleMs = 10_000;
const kServices = ['dynamodb', 's3', 'sqs', 'ses', 'redis'];
/** As on AWS: what a browser waits for ends before API Gateway's 29 s, painting may take longer. */
const kFunctions = {
  auth: { timeoutMs: 29_000, most: 3 },
  image: { timeoutMs: 29_000, most: 4 },
  payment: { timeoutMs: 29_000, most: 3 },
  worker: { timeoutMs: 80_000, most: 3 },
  scheduler: { timeoutMs: 60_000, most: 1 },
};

/** Which function serves a path; the first row that fits. The rest belongs to the site. */
const kRoutes = [
  [/^\/image(\/|$)/, 'image'],
  [/^\/(plans|payment\/vnpay-ipn|user\/(pay-vnpay|vnpay-return))$/, 'payment'],
  [/^\/user\/transactions(\/|$)/, 'payment'],
  [/^\/admin\//, 'payment'],
  [/^\/(auth|user)\//, 'auth'],
  [/^\/(readyz|openapi\.json)$/, 'auth'],
];

const say = (text) => process.stderr.write(`aws: ${text}\n`);

/** The settings that all functions share; README, "Configuration". */
export function settingsFor(lab, url) {
  const test = (name) => lab[`IMAGIFY_TEST_${name}`];
  return {
    IMAGIFY_MODE: 'development',
    IMAGIFY_PUBLIC_URL: url,
    AWS_REGION: lab.AWS_REGION,
    AWS_ACCESS_KEY_ID: lab.AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: lab.AWS_SECRET_ACCESS_KEY,
    AWS_EC2_METADATA_DISABLED: 'true',
    STORE: 'dynamodb',
    DYNAMODB_ENDPOINT: test('DYNAMODB'),
    BLOBS: 's3',
    S3_ENDPOINT: test('S3'),
    IMAGES_BUCKET: test('S3_BUCKET'),
    QUEUE: 'sqs',
    SQS_ENDPOINT: test('SQS'),
    SQS_QUEUE_URL: test('SQS_QUEUE'),
    MAIL: 'ses',
    SES_ENDPOINT: test('SES'),
    MAIL_FROM: 'Imagify <no-reply@imagify.example>',
    LIMITS: 'redis',
    REDIS_URL: test('REDIS'),
    JWT_SECRET: randomBytes(36).toString('base64'),
    VNPAY_TMN_CODE: 'IMAGIFY0',
    VNPAY_HASH_SECRET: randomBytes(16).toString('hex').toUpperCase(),
    VNPAY_URL: `${url}/dev/vnpay/pay`,
    VNPAY_API_URL: `${url}/dev/vnpay/merchant_webapi/api/transaction`,
    VNPAY_RETURN_URL: `${url}/payment-result`,
  };
}

const cognitoSettings = (lab) => ({
  IDENTITY: 'cognito',
  COGNITO_ENDPOINT: lab.IMAGIFY_TEST_COGNITO,
  COGNITO_USER_POOL_ID: lab.IMAGIFY_TEST_COGNITO_POOL,
  COGNITO_CLIENT_ID: lab.IMAGIFY_TEST_COGNITO_CLIENT,
  COGNITO_CLIENT_SECRET: lab.IMAGIFY_TEST_COGNITO_CLIENT_SECRET,
});

/** The bank and the site: a server with books of its own, that only /dev and pages reach. */
async function startSite({ program, folder, settings, url }) {
  const port = await freePort();
  const data = join(folder, 'site');
  mkdirSync(data);
  const stop = await startProgram('site', port, folder, [program, 'serve'], {
    env: {
      IMAGIFY_MODE: 'development',
      IMAGIFY_LISTEN: `127.0.0.1:${port}`,
      IMAGIFY_DATA: data,
      IMAGIFY_PUBLIC_URL: url,
      VNPAY_TMN_CODE: settings.VNPAY_TMN_CODE,
      VNPAY_HASH_SECRET: settings.VNPAY_HASH_SECRET,
      VNPAY_IPN_URL: `${url}/payment/vnpay-ipn`,
    },
  });
  return { port, stop };
}

function startFunctions({ program, settings, folder }) {
  const functions = {};
  for (const [name, limits] of Object.entries(kFunctions))
    functions[name] = new LambdaFunction({
      ...limits,
      name,
      command: [program, 'lambda'],
      env: { ...settings, IMAGIFY_ROUTES: name, IMAGIFY_DATA: join(folder, 'tmp') },
      logFile: join(folder, `${name}.log`),
    });
  return functions;
}

/**
 * Starts all of it; resolves to {url, env, stop, functions, folder}. `env` is what the operator's
 * commands need to work on the same store; `settings` replace the usual ones.
 */
export async function startLaptop({ program, port, payload, identity, faults, settings: own }) {
  const only = identity === 'cognito' ? [...kServices, 'cognito'] : kServices;
  const lab = await startLab({ only });
  const ends = [lab.stop];
  const stop = async () => {
    while (ends.length) await ends.pop()();
  };
  try {
    const { folder } = lab;
    const onFailure = (error) => say(error.message);
    // Settings name the address that the gateway gets, and functions need the settings.
    const at = port || (await freePort());
    const url = `http://127.0.0.1:${at}`;
    const settings = { ...settingsFor(lab.env, url), ...own };
    if (identity === 'cognito') Object.assign(settings, cognitoSettings(lab.env));
    mkdirSync(join(folder, 'tmp'));
    const env = { ...process.env, ...settings };
    await promisify(execFile)(program, ['tables', 'create'], { env });
    if (faults !== undefined)
      for (const gate of Object.values(lab.gates)) gate.faults.chance(faults);

    const site = await startSite({ program, folder, settings, url });
    ends.push(site.stop);
    const functions = startFunctions({ program, settings, folder });
    ends.push(() => Promise.all(Object.values(functions).map((one) => one.stop())));
    const mail = inbox(lab.env.IMAGIFY_TEST_SES);
    const route = (path) => {
      if (path.startsWith('/dev/mail')) return mail;
      const name = kRoutes.find(([pattern]) => pattern.test(path))?.[1];
      return name ? functions[name] : { proxy: site.port };
    };
    const gateway = await openApiGateway({ route, payload, port: at, onFailure });
    ends.push(gateway.close);
    const queue = { url: lab.env.IMAGIFY_TEST_SQS, queueUrl: lab.env.IMAGIFY_TEST_SQS_QUEUE };
    const poller = new QueuePoller({ ...queue, target: functions.worker, onFailure });
    ends.push(() => poller.stop());
    const target = functions.scheduler;
    const schedule = new Schedule({ target, everyMs: kScheduleMs, onFailure });
    ends.push(() => schedule.stop());
    return { url, env: { ...lab.env, ...settings }, stop, functions, folder };
  } catch (error) {
    await stop();
    throw error;
  }
}

const kUsage = `usage: laptop.mjs [flags]      (./run aws builds the program first)

  --listen 127.0.0.1:8080  where the whole of it is found
  --payload v1|v2          events of a REST API (default) or of an HTTP API
  --identity local|cognito who checks passwords
  --faults SEED            one call of AWS in ten is throttled, cut or loses its answer
  --program PATH           default build/imagify
  --env FILE               writes the settings, so that commands work on the same store:
                           . FILE && build/imagify verify
`;

async function main() {
  const { values } = parseArgs({
    options: {
      listen: { type: 'string', default: '127.0.0.1:8080' },
      payload: { type: 'string', default: 'v1' },
      identity: { type: 'string', default: 'local' },
      faults: { type: 'string' },
      program: { type: 'string', default: join(kRoot, 'build/imagify') },
      env: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const port = Number(/^127\.0\.0\.1:(\d+)$/.exec(values.listen)?.[1] ?? NaN);
  const known = ['v1', 'v2'].includes(values.payload);
  const somebody = ['local', 'cognito'].includes(values.identity);
  if (values.help || Number.isNaN(port) || !known || !somebody) {
    process.stdout.write(kUsage);
    process.exit(values.help ? 0 : 2);
  }
  const laptop = await startLaptop({
    program: resolve(values.program),
    port,
    payload: values.payload,
    identity: values.identity,
    faults: values.faults === undefined ? undefined : Number(values.faults),
  });
  endWithParent(laptop.stop);
  if (values.env) writeFileSync(values.env, asShell({ ...laptop.env, BASE_URL: laptop.url }));
  process.stdout.write(`
  Imagify runs as on AWS on ${laptop.url}

  Sign up, paint, buy credits on the VNPAY simulator; letters: ${laptop.url}/dev/mail.json
  Logs of functions and services: ${laptop.folder}
  Stop it with Ctrl-C.

`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  main().catch((error) => {
    say(error.message);
    process.exit(1);
  });
