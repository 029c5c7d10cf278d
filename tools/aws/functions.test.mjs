// Functions, API Gateway and event sources of the lab, with a function that does as it is told.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openApiGateway } from './api_gateway.mjs';
import { QueuePoller } from './event_sources.mjs';
import { LambdaFunction } from './functions.mjs';
import { ask } from './signed_client.mjs';
import { openGate } from './sigv4_gate.mjs';
import { Sqs } from './sqs.mjs';

// A custom runtime: echoes its event as a base64 answer, or what a header or message asks for.
const kBootstrap = `
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime';
if (process.env.BROKEN) {
  await fetch(api + '/init/error', { method: 'POST', body: process.env.BROKEN });
  process.exit(1);
}
for (;;) {
  const next = await fetch(api + '/invocation/next');
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const text = await next.text();
  const event = JSON.parse(text);
  const about = api + '/invocation/' + id;
  const wish = (event.path ?? event.rawPath ?? '').slice(1);
  if (wish === 'die') process.exit(3);
  if (wish === 'hang') await new Promise(() => setInterval(() => {}, 1000));
  if (wish === 'fail') {
    await fetch(about + '/error', { method: 'POST', body: '{"errorMessage":"as asked"}' });
    continue;
  }
  const items = (event.Records ?? []).filter((record) => record.body === 'refuse');
  const answer = event.Records
    ? { batchItemFailures: items.map((record) => ({ itemIdentifier: record.messageId })) }
    : wish === 'nonsense'
      ? { hello: 1 }
      : {
          statusCode: 200,
          headers: { 'Content-Type': 'application/json', 'WWW-Authenticate': 'Bearer' },
          multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
          cookies: ['c=3'],
          isBase64Encoded: true,
          body: Buffer.from(text).toString('base64'),
        };
  await fetch(about + '/response', { method: 'POST', body: JSON.stringify(answer) });
}`;

let folder, echo, broken, rest, api;
const failures = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'imagify-lab-test-'));
  const program = join(folder, 'bootstrap.mjs');
  writeFileSync(program, kBootstrap);
  const definition = { command: [process.execPath, program], logFile: join(folder, 'log') };
  echo = new LambdaFunction({ ...definition, name: 'echo', timeoutMs: 800, most: 2 });
  const env = { BROKEN: '{"errorMessage":"no store"}' };
  broken = new LambdaFunction({ ...definition, name: 'broken', env });
  const route = (path) => (path === '/broken' ? broken : echo);
  const onFailure = (error) => failures.push(error.message);
  rest = await openApiGateway({ route, onFailure });
  api = await openApiGateway({ route, payload: 'v2', onFailure });
});
after(async () => {
  for (const part of [rest, api]) await part.close();
  for (const part of [echo, broken]) await part.stop();
  rmSync(folder, { recursive: true });
});

test('a REST API decodes path and query, and keeps every value of a header', async () => {
  const headers = { 'X-Two': ['1', '2'], 'Content-Type': 'application/json' };
  const answer = await ask(`${rest.url}/a%20b?q=%C3%A9&q=2`, {
    method: 'POST',
    headers,
    body: '{}',
  });

  const event = JSON.parse(answer.text);
  assert.equal(event.path, '/a b');
  assert.deepEqual(event.multiValueQueryStringParameters, { q: ['é', '2'] });
  assert.deepEqual(event.multiValueHeaders['X-Two'], ['1', '2']);
  assert.equal(event.requestContext.identity.sourceIp, '127.0.0.1');
  assert.equal(event.body, '{}');
  assert.deepEqual(answer.headers['set-cookie'], ['a=1', 'b=2']);
  assert.equal(answer.headers['x-amzn-remapped-www-authenticate'], 'Bearer');
});

test('an HTTP API hands over the query as sent, and cookies by themselves', async () => {
  const headers = { Cookie: 'x=1; y=2', 'Content-Type': 'image/png' };
  const answer = await ask(`${api.url}/p?q=%C3%A9&r=`, { method: 'POST', headers, body: '\x00' });

  const event = JSON.parse(answer.text);
  assert.equal(event.rawQueryString, 'q=%C3%A9&r=');
  assert.deepEqual(event.cookies, ['x=1', 'y=2']);
  assert.equal(event.headers.cookie, undefined);
  assert.equal(event.isBase64Encoded, true);
  assert.deepEqual(answer.headers['set-cookie'], ['c=3']);
});

test('more instances are started while all are busy, but not more than allowed', async () => {
  const before = echo.count;
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask(`${rest.url}/x`)));

  assert.ok(answers.every((answer) => answer.status === 200));
  assert.ok(echo.instances.size <= 2 && echo.count <= before + 2);
});

test('a function that fails, ends, hangs or talks nonsense is a 502, once', async () => {
  for (const [path, reason] of [
    ['/fail', /as asked/],
    ['/die', /exit 3/],
    ['/hang', /timed out after 800 ms/],
    ['/nonsense', /statusCode/],
    ['/broken', /no store/],
  ]) {
    const answer = await ask(rest.url + path);
    assert.equal(answer.status, 502, path);
    assert.match(failures.at(-1), reason);
  }
  assert.equal((await ask(`${rest.url}/x`)).status, 200);
});

test('a poller removes what was done and leaves what was refused', async () => {
  const sqs = new Sqs();
  const { port, close } = await sqs.open();
  const gate = await openGate({ service: 'sqs', target: port });
  const { QueueUrl: queueUrl } = sqs.create({ QueueName: 'polled' });
  const queue = sqs.named('polled');
  for (const text of ['do', 'refuse', 'do']) sqs.send(queue, { MessageBody: text });
  const poller = new QueuePoller({ url: gate.url, queueUrl, target: echo, batch: 2 });
  while (queue.deleted < 2) await new Promise((resolve) => setImmediate(resolve));
  await poller.stop();
  await gate.close();
  await close();

  assert.deepEqual(queue.messages.map((message) => message.text), ['refuse']);
});

