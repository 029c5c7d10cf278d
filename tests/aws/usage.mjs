#!/usr/bin/env node
// What one use of Imagify costs in units of AWS: the real program as Lambda functions on the lab,
// every call of a service counted at its gate, DynamoDB's capacity as DynamoDB Local counts it.
// infra/cost/usage.json is what it found; the model of the bill (infra/cost) multiplies it.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startLaptop } from '../../tools/aws/laptop.mjs';
import { ask, askJson } from '../../tools/aws/signed_client.mjs';
import { Customer } from './customer.mjs';
import { until } from './shop.mjs';
import { Verdicts } from './verdicts.mjs';

const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const kBuilt = join(kRoot, 'build/dev/src/app/imagify');
const kFile = join(kRoot, 'infra/cost/usage.json');
const kGates = ['DYNAMODB', 'S3', 'SQS', 'SES'];
/** How far a figure may be from the file's: sizes vary with names and times, nothing else does. */
const kTolerance = 0.1;

const { values: flags } = parseArgs({
  options: {
    program: { type: 'string', default: kBuilt },
    write: { type: 'boolean', default: false },
    deep: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});
if (flags.help) {
  process.stdout.write(`What one use of Imagify costs in units of AWS, against infra/cost/usage.json

  --program PATH  default build/dev/src/app/imagify
  --write         measure and replace infra/cost/usage.json

Example: tests/aws/usage.mjs --write && git diff infra/cost/usage.json
`);
  process.exit(0);
}

/** The laptop with its calls counted: functions by name, services by their gate. */
class Meter {
  constructor(laptop) {
    this.laptop = laptop;
    this.gates = kGates.map((name) => laptop.env[`IMAGIFY_TEST_${name}`]);
    this.invocations = {};
    for (const [name, target] of Object.entries(laptop.functions)) {
      const invoke = target.invoke.bind(target);
      const counted = (event) => {
        this.invocations[name] = (this.invocations[name] ?? 0) + 1;
        return invoke(event);
      };
      // The schedule would mix its work into everybody's figures; it is asked for by name.
      target.invoke = name === 'scheduler' ? async () => '{}' : counted;
      if (name === 'scheduler') this.tick = () => counted({ source: 'aws.events' });
    }
  }

  async at(gate, method, path, body) {
    const given = body && JSON.stringify(body);
    const answer = await ask(`${gate}/_lab/${path}`, { method, body: given });
    return answer.text ? JSON.parse(answer.text) : undefined;
  }

  async bytes() {
    let all = 0;
    for (const name of ['users', 'transactions', 'images']) {
      const about = { TableName: `imagify-${name}` };
      const { Table: table } = await askJson(this.gates[0], 'dynamodb', 'DescribeTable', about);
      all += table.TableSizeBytes;
      for (const index of table.GlobalSecondaryIndexes ?? []) all += index.IndexSizeBytes;
    }
    return all;
  }

  logBytes() {
    const sizes = Object.keys(this.laptop.functions).map((name) => {
      const file = join(this.laptop.folder, `${name}.log`);
      return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    });
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  async settle() {
    const { functions } = this.laptop;
    // After its answer a function may still send letters: it is idle when it asks for more.
    const idle = (one) => !one.busy && [...one.instances].every((instance) => instance.idle);
    await until('the functions to be idle', async () => Object.values(functions).every(idle));
  }

  /** Until `name` has been called `times` times in this use, and is done. */
  async called(name, times) {
    const done = () => (this.invocations[name] ?? 0) >= times && !this.laptop.functions[name].busy;
    await until(`${name} to be called`, async () => done());
  }

  /** What `use`, done `times` times, cost: the average of one. */
  async of(use, times) {
    await this.settle();
    const [before, logged] = [await this.bytes(), this.logBytes()];
    for (const gate of this.gates) await this.at(gate, 'DELETE', 'requests');
    await this.at(this.gates[0], 'PUT', 'metering', { on: true });
    this.invocations = {};
    for (let i = 0; i < times; ++i) await use(i);
    await this.settle();
    const [dynamodb, s3, sqs, ses] = await Promise.all(
      this.gates.map((gate) => this.at(gate, 'GET', 'requests')),
    );
    const after = await this.bytes();
    const { auth = 0, image = 0, payment = 0, worker = 0, scheduler = 0 } = this.invocations;
    const total = {
      apiRequests: auth + image + payment,
      authInvocations: auth,
      imageInvocations: image,
      paymentInvocations: payment,
      workerInvocations: worker,
      schedulerInvocations: scheduler,
      ...units(dynamodb),
      dynamodbCalls: dynamodb.length,
      dynamodbBytes: after - before,
      s3Puts: s3.filter(({ method }) => method === 'PUT').length,
      s3Gets: s3.filter(({ method }) => method === 'GET' || method === 'HEAD').length,
      // Lambda's poller is counted by the model: it asks whether there is work or not.
      sqsCalls: sqs.filter(({ operation }) => !/^(Receive|Delete)Message$/.test(operation)).length,
      sesCalls: ses.length,
      logBytes: this.logBytes() - logged,
    };
    const average = ([name, value]) => [name, Math.round((value / times) * 100) / 100];
    return Object.fromEntries(Object.entries(total).map(average));
  }
}

const kReads = /^(GetItem|BatchGetItem|Query|Scan|TransactGetItems)$/;

/**
 * Capacity units of calls: a call reads or writes, and says what it consumed on each table. To find
 * nothing is free in DynamoDB Local and costs the least read on AWS.
 */
function units(calls) {
  const total = { readUnits: 0, writeUnits: 0 };
  for (const { operation, consumed = [] } of calls) {
    const used = consumed.reduce((sum, { CapacityUnits: some = 0 }) => sum + some, 0);
    if (kReads.test(operation)) total.readUnits += Math.max(used, 0.5);
    else total.writeUnits += used;
  }
  return total;
}

async function measure(limits) {
  const laptop = await startLaptop({
    program: resolve(flags.program),
    port: 0,
    payload: 'v1',
    identity: 'local',
    settings: { LIMITS: limits, S3_PRESIGN: 'on', TRUSTED_PROXIES: '127.0.0.1' },
  });
  try {
    const meter = new Meter(laptop);
    const customer = new Customer(laptop.url);
    // Without asking, which would be counted: the worker, and the notice after plan and order.
    customer.painted = (number) => meter.called('worker', number + 1);
    customer.told = (number) => meter.called('payment', 5 * number + 3);
    const found = {};
    const uses = {
      visit: [5, () => customer.visit()],
      register: [1, () => customer.register()],
      login: [5, () => customer.logIn()],
      openStudio: [5, () => customer.openStudio()],
      generate: [4, (i) => customer.generate(i)],
      poll: [5, () => customer.poll()],
      viewPicture: [5, () => customer.viewPicture()],
      openGallery: [5, () => customer.openGallery()],
      viewThumbnail: [5, () => customer.viewThumbnail()],
      buy: [3, (i) => customer.buy(i)],
      tick: [5, () => meter.tick()],
    };
    for (const [name, [times, use]] of Object.entries(uses)) {
      process.stderr.write(`usage: ${name}, limits in ${limits} ...\n`);
      found[name] = await meter.of(use, times);
    }
    return found;
  } finally {
    await laptop.stop();
  }
}

function compare(verdicts, name, found, filed) {
  for (const [unit, value] of Object.entries(found)) {
    const told = filed?.[unit];
    const near = Math.abs(value - told) <= Math.max(0.01, kTolerance * Math.abs(told));
    verdicts.expect(`${name}.${unit}`, near, `is ${value}, the file says ${told}`);
  }
}

const found = { store: await measure('store'), redis: await measure('redis') };
if (flags.write) {
  writeFileSync(kFile, `${JSON.stringify(found, null, 2)}\n`);
  process.stdout.write(`usage: written to ${kFile.slice(kRoot.length + 1)}\n`);
} else {
  const filed = JSON.parse(readFileSync(kFile, 'utf8'));
  const verdicts = new Verdicts('usage');
  for (const [limits, uses] of Object.entries(found))
    for (const [name, one] of Object.entries(uses)) {
      compare(verdicts, `${limits}.${name}`, one, filed[limits]?.[name]);
      if (limits === 'store')
        process.stdout.write(
          `${name}: ${one.apiRequests} requests, ${one.readUnits} RRU, ${one.writeUnits} WRU\n`,
        );
    }
  verdicts.close();
}
