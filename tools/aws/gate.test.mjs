// The gate and the stand-ins, as a client sees them. run: node --test tools/aws
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { dice, Faults } from './faults.mjs';
import { Secrets } from './secrets.mjs';
import { ask, askJson, askSigned } from './signed_client.mjs';
import { kKeys, openGate } from './sigv4_gate.mjs';
import { Sqs } from './sqs.mjs';

const reached = [];
let disk, opened, sqs, secrets;

/** A store without signatures that remembers what reached it; a PUT makes a path exist. */
function openDisk() {
  const there = new Set();
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => {
      const path = request.url.split('?')[0];
      reached.push(`${request.method} ${path}`);
      const found = request.method === 'PUT' || there.has(path);
      if (request.method === 'PUT') there.add(path);
      response.writeHead(found ? 200 : 404).end(request.method === 'HEAD' ? undefined : 'answer');
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

before(async () => {
  disk = await openDisk();
  const target = disk.address().port;
  const queues = new Sqs();
  const kept = new Secrets();
  opened = {
    s3: await openGate({ service: 's3', target }),
    dynamodb: await openGate({ service: 'dynamodb', target }),
    sqs: await openGate({ service: 'sqs', target: (sqs = await queues.open()).port }),
    secretsmanager: await openGate({
      service: 'secretsmanager',
      target: (secrets = await kept.open()).port,
    }),
  };
  queues.url = opened.sqs.url;
});
after(async () => {
  for (const { close } of Object.values(opened)) await close();
  for (const { close } of [sqs, secrets]) await close();
  disk.closeAllConnections();
  disk.close();
});
beforeEach(() => {
  reached.length = 0;
  for (const { gate } of Object.values(opened)) {
    gate.faults.clear();
    gate.requests = [];
    gate.keys = kKeys;
    gate.aheadMs = 0;
  }
});

/** Sends a signed request; resolves to {status, headers, text}, or {lost} without an answer. */
const send = (service, { path = '/', ahead = 0, ...more }) =>
  askSigned(opened[service].url + path, service, { ...more, aheadMs: ahead });
const raw = (service, path, method = 'GET', body = undefined) =>
  ask(opened[service].url + path, { method, body: body && JSON.stringify(body) });
const json = (service, operation, body) =>
  askJson(opened[service].url, service, operation, body);
const plan = (service, ...rows) => opened[service].gate.faults.add(rows);

test('a signed request reaches the target and is recorded with its headers', async () => {
  const headers = { 'x-amz-server-side-encryption': 'AES256' };
  const answer = await send('s3', { method: 'PUT', path: '/b/recorded', headers, body: 'x' });

  assert.equal(answer.status, 200);
  assert.deepEqual(reached, ['PUT /b/recorded']);
  const [entry] = opened.s3.gate.requests;
  assert.equal(entry.headers['x-amz-server-side-encryption'], 'AES256');
});

test('a request without signature reaches nothing', async () => {
  const answer = await raw('s3', '/b/x');

  assert.equal(answer.status, 403);
  assert.deepEqual(reached, []);
  assert.equal(opened.s3.gate.requests[0].refused, true);
});

test('an encoded path is signed as S3 reads it', async () => {
  const answer = await send('s3', { method: 'PUT', path: '/b/a%20b%2Bc' });

  assert.equal(answer.status, 200);
});

test('If-None-Match lets exactly one of many writers through', async () => {
  const put = { method: 'PUT', path: '/b/once', headers: { 'if-none-match': '*' }, body: 'x' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => send('s3', put)));

  const statuses = answers.map((answer) => answer.status).sort();
  assert.deepEqual(statuses, [200, ...Array(7).fill(412)]);
});

test('a refused request does not reach the target', async () => {
  for (const kind of ['throttle', 'error500', 'error503', 'cut_before']) {
    plan('dynamodb', { kind });
    const answer = await send('dynamodb', {});
    assert.ok(answer.lost || answer.status >= 400, kind);
  }
  assert.deepEqual(reached, []);
});

test('a lost or broken answer is one whose request was done', async () => {
  for (const kind of ['lost_answer', 'half_answer']) {
    plan('s3', { kind });
    const answer = await send('s3', { method: 'PUT', path: `/b/${kind}` });
    assert.ok(answer.lost, kind);
  }
  assert.deepEqual(reached, ['PUT /b/lost_answer', 'PUT /b/half_answer']);
});

test('a request that a network repeats is done twice', async () => {
  plan('s3', { kind: 'twice' });
  await send('s3', { method: 'PUT', path: '/b/twice' });

  assert.equal(reached.length, 2);
});

test('a conflict names a reason for each item of the transaction', async () => {
  plan('dynamodb', { kind: 'conflict', operation: 'TransactWriteItems' });
  const answer = await json('dynamodb', 'TransactWriteItems', { TransactItems: [{}, {}] });

  assert.match(answer.__type, /TransactionCanceledException$/);
  const codes = answer.CancellationReasons.map((reason) => reason.Code);
  assert.deepEqual(codes, ['TransactionConflict', 'None']);
});

test('a plan counts only the requests of its operation', async () => {
  plan('s3', { kind: 'error500', operation: 'PUT', skip: 1, times: 2 });
  const statuses = [];
  for (const method of ['PUT', 'GET', 'PUT', 'PUT', 'PUT'])
    statuses.push((await send('s3', { method, path: '/b/planned' })).status);

  assert.deepEqual(statuses, [200, 200, 500, 500, 200]);
});

test('chance repeats with its seed and never strikes three times in a row', () => {
  const kinds = (seed) => {
    const faults = new Faults('s3');
    faults.chance(seed, 0.5);
    return Array.from({ length: 500 }, () => faults.next('PUT')?.kind ?? '-');
  };
  assert.deepEqual(kinds(7), kinds(7));
  assert.notDeepEqual(kinds(7), kinds(8));
  const struck = kinds(7).map((kind) => (kind === '-' ? '-' : 'x')).join('');
  assert.match(struck, /xx/);
  assert.doesNotMatch(struck, /xxx/);
  assert.notEqual(dice(1)(), dice(2)());
});

test('a service whose clock is ahead refuses and tells its time', async () => {
  opened.dynamodb.gate.aheadMs = 3_600_000;
  const refused = await send('dynamodb', {});
  assert.equal(refused.status, 400);
  assert.ok(Date.parse(refused.headers.date) > Date.now() + 3_000_000);

  const corrected = await send('dynamodb', { ahead: 3_600_000 });
  assert.notEqual(corrected.status, 400);
});

test('tests talk to a gate without signatures', async () => {
  await raw('s3', '/_lab/faults', 'POST', [{ kind: 'error503' }]);
  const answer = await send('s3', { method: 'PUT', path: '/b/lab' });
  const seen = await raw('s3', '/_lab/requests');
  const happened = await raw('s3', '/_lab/faults');

  assert.equal(answer.status, 503);
  assert.equal(JSON.parse(seen.text)[0].fault, 'error503');
  assert.equal(JSON.parse(happened.text).error503 >= 1, true);
});

test('SQS: a message hides while it is worked on and comes back if it is not removed', async () => {
  const { QueueUrl } = await json('sqs', 'CreateQueue', { QueueName: 'hides' });
  await json('sqs', 'SendMessage', { QueueUrl, MessageBody: 'work' });
  const receive = async () => (await json('sqs', 'ReceiveMessage', { QueueUrl })).Messages ?? [];
  const elapse = (seconds) => raw('sqs', '/_lab/target/elapse', 'POST', { seconds });

  const [first] = await receive();
  assert.equal(first.Body, 'work');
  assert.deepEqual(await receive(), []);
  await elapse(31);
  const [second] = await receive();
  assert.equal(second.Attributes.ApproximateReceiveCount, '2');

  // The receipt of the first try is worth nothing any more.
  await json('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: first.ReceiptHandle });
  await elapse(31);
  const [third] = await receive();
  await json('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: third.ReceiptHandle });
  await elapse(31);
  assert.deepEqual(await receive(), []);
});

test('SQS: what was tried too often goes to the dead letters', async () => {
  const queues = new Sqs();
  queues.create({ QueueName: 'dead' });
  const policy = { deadLetterTargetArn: queues.named('dead').arn, maxReceiveCount: 2 };
  const Attributes = { RedrivePolicy: JSON.stringify(policy), VisibilityTimeout: '0' };
  const { QueueUrl } = queues.create({ QueueName: 'alive', Attributes });
  queues.send(queues.named('alive'), { MessageBody: 'poison' });

  for (let i = 0; i < 2; ++i) assert.equal((await queues.receive({ QueueUrl })).Messages.length, 1);
  assert.deepEqual(await queues.receive({ QueueUrl }), {});
  assert.equal(queues.named('dead').messages[0].text, 'poison');
});

test('SQS: a message can come three times', async () => {
  const queues = new Sqs();
  const { QueueUrl } = queues.create({ QueueName: 'thrice' });
  queues.copies = 3;
  queues.send(queues.named('thrice'), { MessageBody: 'again' });
  const { Messages } = await queues.receive({ QueueUrl, MaxNumberOfMessages: 10 });

  assert.equal(Messages.length, 3);
  assert.equal(new Set(Messages.map((message) => message.MessageId)).size, 1);
});

test('Secrets Manager: a rotation keeps the version before', async () => {
  const name = 'imagify/jwt';
  await json('secretsmanager', 'CreateSecret', { Name: name, SecretString: 'one' });
  const { ARN } = await json('secretsmanager', 'PutSecretValue', {
    SecretId: name,
    SecretString: 'two',
  });
  const value = async (more) =>
    (await json('secretsmanager', 'GetSecretValue', { SecretId: ARN, ...more })).SecretString;

  assert.equal(await value(), 'two');
  assert.equal(await value({ VersionStage: 'AWSPREVIOUS' }), 'one');
  const missing = await json('secretsmanager', 'GetSecretValue', { SecretId: 'other' });
  assert.match(missing.__type, /ResourceNotFoundException$/);
});
