#!/usr/bin/env node
// Several servers, one store: two `imagify serve` share sessions, limits and work. One is killed
// while it paints; its work ends, the books balance and no credit hangs.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dice } from '../../tools/aws/faults.mjs';
import {
  booksBalance,
  call,
  kGift,
  openShop,
  order,
  pictures,
  signUp,
  startServer,
  until,
} from './shop.mjs';
import { readFlags, Verdicts } from './verdicts.mjs';

const kBuilt = join(dirname(fileURLToPath(import.meta.url)), '../../build/dev/src/app/imagify');
const flags = readFlags(
  'Two servers on one DynamoDB and S3; example: tests/aws/servers.mjs --seed 7',
  { program: kBuilt },
);
const seed = Number(flags.seed ?? 1);
const verdicts = new Verdicts('servers', flags.only);

async function sessions(first, second) {
  const { email, password, token } = await signUp(first.url);
  const me = (url, credential) => call(url, '/user/credits', { token: credential });
  const there = await me(second.url, token);
  verdicts.equal('a session of one server works at the other', there.status, 200);

  const body = { email, password };
  const other = await call(second.url, '/auth/login', { method: 'POST', body });
  verdicts.equal('an account of one server logs in at the other', other.status, 200);
  await call(first.url, '/auth/logout-all', { method: 'POST', token });
  const started = Date.now();
  await until('the end of the session', async () => {
    return (await me(second.url, other.body.token)).status === 401;
  });
  process.stdout.write(`  logout-all reached the other server in ${Date.now() - started} ms\n`);
  verdicts.expect('logging out everywhere reaches the other server', true);
}

/** Wrong passwords from one address, in turns at all servers: how many were looked at. */
async function guesses(servers, address) {
  const { email } = await signUp(servers[0].url);
  for (let count = 0; count < 200; ++count) {
    const { url } = servers[count % servers.length];
    const answer = await call(url, '/auth/login', {
      method: 'POST',
      body: { email, password: `wrong-password-${count}` },
      headers: { 'x-forwarded-for': address },
    });
    if (answer.status === 429) return count;
  }
  return Infinity;
}

async function limits(first, second, network) {
  const alone = await guesses([first], `${network}.10`);
  const together = await guesses([first, second], `198.51.${network.split('.')[2]}.11`);
  process.stdout.write(`  guesses until refused: one server ${alone}, two servers ${together}\n`);
  verdicts.expect('guesses end', Number.isFinite(alone));
  verdicts.equal('two servers allow no more guesses than one', together, alone);
}

/** Customers ask both servers for pictures; some ask again with the same key at the other one. */
async function load(shop, servers, roll, each) {
  const customers = [];
  for (let i = 0; i < 6; ++i) customers.push(await signUp(servers[i % 2].url));
  const asked = [];
  for (const customer of customers)
    for (let i = 0; i < each; ++i)
      asked.push({ customer, prompt: `boat ${asked.length} ${seed}`, key: `key-${asked.length}` });
  const ask = async (job) => {
    const first = roll() < 0.5 ? 0 : 1;
    for (const at of [first, 1 - first, ...(roll() < 0.3 ? [first] : [])]) {
      const answer = await order(servers[at].url, job.customer.token, job.prompt, job.key);
      if (!answer.lost && answer.status < 500) job.id = answer.body.imageId ?? job.id;
      job.statuses = [...(job.statuses ?? []), answer.lost ? 'lost' : answer.status];
    }
  };
  return { customers, asked, running: Promise.all(asked.map(ask)) };
}

async function settled(url, customers) {
  await until(
    'the last hold',
    async () => {
      for (const { token } of customers) {
        const { status, body } = await call(url, '/user/credits', { token });
        if (status !== 200 || body.held !== 0) return false;
      }
      return true;
    },
    120,
  );
}

async function check(shop, url, customers, asked) {
  for (const { token } of customers) {
    const { ready, failed, pending } = await pictures(url, token);
    const { body } = await call(url, '/user/credits', { token });
    verdicts.equal('a customer pays for each picture once', body.credits, kGift - ready.length);
    verdicts.equal('nothing is pending', pending.length, 0);
    const prompts = [...ready, ...failed].map((image) => image.prompt);
    verdicts.equal('one request is one picture', new Set(prompts).size, prompts.length);
  }
  const ids = new Set(asked.map((job) => job.id).filter(Boolean));
  verdicts.equal('each request has one picture', ids.size, asked.filter((job) => job.id).length);
  verdicts.expect('the books balance', await booksBalance(shop));
}

async function work(shop, servers) {
  const { customers, asked, running } = await load(shop, servers, dice(seed), 3);
  await running;
  await settled(servers[0].url, customers);
  await check(shop, servers[1].url, customers, asked);
  verdicts.equal('all was asked for', asked.filter((job) => job.id).length, asked.length);
  const twice = asked.filter((job) => shop.painter.asked.get(job.prompt) !== 1);
  verdicts.equal('nothing is painted twice', twice.map((job) => job.prompt), []);
}

async function killed(shop, servers) {
  shop.painter.held = true;
  const { customers, asked, running } = await load(shop, servers, dice(seed + 1), 3);
  // Both have work that hangs at the painter; then one is gone, in the middle of more requests.
  await until('work at the painter', () => shop.painter.waiting.length >= 6);
  await servers[1].kill();
  shop.painter.release();
  await running;
  await settled(servers[0].url, customers);
  await check(shop, servers[0].url, customers, asked);
  const lost = asked.flatMap((job) => job.statuses).filter((status) => status === 'lost').length;
  process.stdout.write(`  ${asked.length} requests, ${lost} answers lost with the killed server\n`);
}

async function main() {
  for (const [kind, network] of [
    ['store', '203.0.113'],
    ['redis', '203.0.114'],
  ]) {
    const only = ['dynamodb', 's3', 'sqs', 'redis'];
    const settings = { LIMITS: kind, QUEUE: 'in-process' };
    const faults = flags.seed === undefined ? undefined : seed;
    const shop = await openShop({ program: flags.program, only, settings, faults });
    try {
      const servers = [await startServer(shop), await startServer(shop)];
      await verdicts.part(`sessions, limits in ${kind}`, () => sessions(...servers));
      await verdicts.part(`limits in ${kind}`, () => limits(...servers, network));
      await verdicts.part(`work, limits in ${kind}`, () => work(shop, servers));
      if (kind === 'store' || flags.deep)
        await verdicts.part(`a server is killed, limits in ${kind}`, () => killed(shop, servers));
      for (const server of servers) await server.kill();
    } finally {
      await shop.stop();
    }
  }
}

await main().catch((error) => verdicts.expect('the shop opens', false, error.stack));
verdicts.close();
