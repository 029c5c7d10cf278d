#!/usr/bin/env node
// A worker is killed at each point of a picture's way, and each message is delivered three times:
// there is exactly one picture, or the credit is back.
import { writeFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApiGateway } from '../../tools/aws/api_gateway.mjs';
import { QueuePoller } from '../../tools/aws/event_sources.mjs';
import { LambdaFunction } from '../../tools/aws/functions.mjs';
import { ask } from '../../tools/aws/signed_client.mjs';
import {
  booksBalance,
  call,
  kGift,
  openShop,
  order,
  pictures,
  signUp,
  until,
} from './shop.mjs';
import { readFlags, Verdicts } from './verdicts.mjs';

const kBuilt = join(dirname(fileURLToPath(import.meta.url)), '../../build/dev/src/app/imagify');
const flags = readFlags('A worker that dies, and messages that come again', { program: kBuilt });
const verdicts = new Verdicts('worker', flags.only);

/** Where a worker may die while it paints. */
const kPoints = [
  'paint.before_publish',
  'blob.synced',
  'blob.renamed',
  'paint.before_capture',
  'dynamodb.before_transaction',
  'dynamodb.after_transaction',
];

/** The queue as the stand-in shows it. */
const queueOf = async (shop) => {
  const { text } = await ask(`${shop.lab.env.IMAGIFY_TEST_SQS}/_lab/target/queues`);
  return JSON.parse(text)['imagify-generations'];
};
const tell = (shop, path, body, method = 'POST') => {
  const url = `${shop.lab.env.IMAGIFY_TEST_SQS}/_lab/target${path}`;
  return ask(url, { method, body: JSON.stringify(body) });
};

/** The API as functions: `imagify serve` would work on the queue by itself. */
async function startFront(shop) {
  const target = new LambdaFunction({
    name: 'front',
    command: [shop.program, 'lambda'],
    env: { ...shop.env, IMAGIFY_ROUTES: 'all' },
    logFile: join(shop.folder, 'front.log'),
  });
  const gateway = await openApiGateway({ route: () => target });
  const stop = async () => {
    await gateway.close();
    await target.stop();
  };
  return { url: gateway.url, stop };
}

function startWorker(shop, failpoints) {
  const failures = [];
  const target = new LambdaFunction({
    name: 'worker',
    command: [shop.program, 'lambda'],
    env: { ...shop.env, IMAGIFY_ROUTES: 'worker', IMAGIFY_FAILPOINT_FILE: failpoints },
    logFile: join(shop.folder, 'worker.log'),
    timeoutMs: 80_000,
    most: 2,
  });
  const url = shop.lab.env.IMAGIFY_TEST_SQS;
  const queueUrl = shop.env.SQS_QUEUE_URL;
  const onFailure = (error) => failures.push(error.message);
  const poller = new QueuePoller({ url, queueUrl, target, pollers: 2, onFailure });
  const stop = async () => {
    await poller.stop();
    await target.stop();
  };
  return { stop, failures, busy: () => target.busy };
}

/** One picture on its way past a point where the worker dies; ends when nothing is left to do. */
async function die(shop, server, worker, failpoints, point) {
  const { token } = await signUp(server.url);
  const died = worker.failures.length;
  if (point) writeFileSync(failpoints, point);
  const answer = await order(server.url, token, `a lotus, ${point}`, `key-${point}`);
  verdicts.equal(`${point}: it is taken`, answer.status, 202);
  if (point) {
    await until(`a death at ${point}`, () => worker.failures.length > died);
    verdicts.expect(`${point}: it is a kill`, worker.failures.at(-1).includes('SIGKILL'));
    rmSync(failpoints);
    // A planted fault: what a dead worker held never comes back.
    if (process.env.IMAGIFY_PLANTED === 'lost messages') await tell(shop, '/lose', {});
  }
  await until(`the queue after ${point}`, async () => {
    // What a dead worker held comes back when its time is up; the time passes at once.
    if (!worker.busy()) await tell(shop, '/elapse', { seconds: 91 });
    return (await queueOf(shop)).messages.length === 0;
  });
  const { ready, failed, pending } = await pictures(server.url, token);
  const { body } = await call(server.url, '/user/credits', { token });
  verdicts.equal(`${point}: one end`, [ready.length + failed.length, pending.length], [1, 0]);
  verdicts.equal(`${point}: paid once or not`, body, {
    ...body,
    credits: kGift - ready.length,
    held: 0,
  });
  if (ready.length === 1) {
    const file = await call(server.url, ready[0].imageUrl, { token });
    verdicts.expect(`${point}: the picture is there`, [200, 302].includes(file.status));
  }
  return ready.length;
}

async function main() {
  const only = ['dynamodb', 's3', 'sqs', 'redis'];
  const faults = flags.seed === undefined ? undefined : Number(flags.seed);
  const shop = await openShop({ program: flags.program, only, faults });
  const failpoints = join(shop.folder, 'failpoint');
  try {
    const server = await startFront(shop);
    const worker = startWorker(shop, failpoints);
    await tell(shop, '/copies', { copies: 3 }, 'PUT');
    await verdicts.part('each message comes three times', async () => {
      const ready = await die(shop, server, worker, failpoints, '');
      verdicts.equal('there is one picture', ready, 1);
    });
    for (const point of kPoints)
      await verdicts.part(`killed at ${point}`, () => die(shop, server, worker, failpoints, point));
    await verdicts.part('the books', async () => {
      verdicts.expect('the books balance', await booksBalance(shop));
    });
    await worker.stop();
    await server.stop();
  } finally {
    await shop.stop();
  }
}

await main().catch((error) => verdicts.expect('the shop opens', false, error.stack));
verdicts.close();
