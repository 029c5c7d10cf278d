// The model against bills that were added up by hand, and the committed page against the model.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { billOf } from './charges';
import { chartOf } from './chart';
import { basisOf, kChart, kPage, readInventories, run } from './cost';
import { firesPerMonth, inventoryOf, readTemplates } from './inventory';
import { costOf, readPrices, storedPictures, usesOf } from './model';
import type { Basis } from './model';
import * as page from './page';
import { reportLines } from './report';
import { savingsOf } from './savings';

function near(actual: number, wanted: number, what: string) {
  const close = Math.abs(actual - wanted) < 1e-6 * Math.max(1, wanted);
  assert.ok(close, `${what}: ${actual}, not ${wanted}`);
}

const basis = (phase = '1'): Basis => structuredClone(basisOf(readInventories()[phase]!));

const lineOf = (given: Basis, service: string, what: string) => {
  const line = billOf(given).lines.find((one) => one.service === service && one.what === what);
  assert.ok(line, `${service}, ${what} is not on the bill`);
  return line;
};

test('what is free is taken off before the tiers', () => {
  const price = { unit: 'user', free: 10, tiers: [[90, 2], [null, 1]], source: '', checked: null };
  const of = (quantity: number) => costOf(price as Parameters<typeof costOf>[0], quantity);
  assert.equal(of(10), 0);
  assert.equal(of(11), 2);
  assert.equal(of(100), 180);
  assert.equal(of(150), 230);
});

test('a picture is asked for twelve times in 14 s', () => {
  const uses = usesOf(basis().scenario);
  assert.equal(uses.generate, 5_000);
  assert.equal(uses.poll, 60_000);
  assert.equal(uses.login, 10_000);
  assert.equal(uses.buy, 500);
});

test('write units of the whole month, by hand', () => {
  const given = basis();
  const { store } = given.usage;
  // 200 sign-ups, 10,000 log-ins, 5,000 pictures and 500 purchases write; the rest reads.
  const units =
    200 * store.register!.writeUnits! +
    10_000 * store.login!.writeUnits! +
    5_000 * store.generate!.writeUnits! +
    500 * store.buy!.writeUnits!;
  const line = lineOf(given, 'DynamoDB', 'write units');
  near(line.quantity, units, 'units');
  near(line.usd, units * 0.0000007115, 'dollars');
});

test('the worker is paid while it waits for the painter', () => {
  const given = basis();
  given.scenario.users = 1_000_000;
  for (const one of Object.values(given.inventory.functions)) one.memoryMb = 1024;
  given.scenario.requestSeconds.value = 0;
  given.scenario.schedulerSeconds.value = 0;
  const line = lineOf(given, 'Lambda', 'time, x86');
  near(line.quantity, 5_000_000 * 15, 'GB-s');
  near(line.usd, (75_000_000 - 400_000) * 0.0000166667, 'dollars');
});

test('pictures pile up, move and end', () => {
  const given = basis();
  const stored = () => storedPictures(given.inventory, given.scenario);
  const monthly = (5_000 * 1_530_000) / 1024 ** 3;
  given.scenario.month = 1;
  given.inventory.imageTransitions = [{ days: 60, storageClass: 'STANDARD_IA' }];
  given.inventory.imageExpiryDays = 365;
  near(stored().STANDARD!, monthly, 'the first month');
  assert.equal(stored().STANDARD_IA, undefined);
  given.scenario.month = 36;
  const days = 365 / 12;
  near(stored().STANDARD!, (monthly * 60) / days, 'young');
  near(stored().STANDARD_IA!, (monthly * 305) / days, 'old');
});

test('every copy of the tables is written and kept', () => {
  const [one, three] = [basis('1'), basis('3')];
  const unitsOf = (given: Basis) => lineOf(given, 'DynamoDB', 'write units').quantity;
  three.inventory.limits = one.inventory.limits;
  near(unitsOf(three), 2 * unitsOf(one), 'units');
});

test('each price has a source, a unit and a word on when it was known', () => {
  const table = readPrices();
  assert.match(table.known, /^\d{4}-\d{2}$/);
  for (const [name, price] of Object.entries(table.prices)) {
    assert.match(price.source, /^https:\/\/(aws\.amazon\.com|clipdrop\.co)\//, name);
    assert.ok(price.unit, name);
    assert.ok((price.usd ?? 0) > 0 || price.tiers?.length, name);
    assert.ok(price.checked === null || /^\d{4}-\d\d-\d\d$/.test(price.checked), name);
  }
});

test('a price that is not there, or a node without one, is an error and no zero', () => {
  const given = basis();
  delete given.prices.prices['waf.acls'];
  assert.throws(() => billOf(given), /no price "waf.acls"/);
  const other = basis('2');
  other.inventory.cacheNodes = { 'cache.r7g.large': 1 };
  assert.throws(() => billOf(other), /cache.r7g.large/);
});

test('a use that nobody counted is an error', () => {
  const given = basis();
  delete given.usage.store.poll;
  assert.throws(() => billOf(given), /"poll"/);
});

test('the report: what it says, and what its numbers come to', () => {
  const lines = reportLines(readPrices());
  const said = lines.reduce((sum, line) => sum + line.said, 0);
  assert.equal(said.toFixed(0), '19');
  const writes = lines.find(({ service }) => service === 'DynamoDB writes')!;
  near(writes.corrected, 0.007115, 'writes');
  assert.ok(writes.said / writes.corrected > 800 && writes.said / writes.corrected < 1_000);
});

test('a saving is what the bill is smaller by', () => {
  const given = page.withUsers(basis(), 100_000);
  const found = savingsOf(given).find(({ change }) => change.startsWith('an HTTP API'));
  const requests = lineOf(given, 'API Gateway', 'requests').quantity;
  near(found!.usd, requests * 0.000003, 'HTTP API');
  assert.ok(!savingsOf(given).some(({ usd }) => usd <= 0));
});

test('schedules', () => {
  assert.equal(firesPerMonth('rate(1 minute)'), 43_800);
  assert.equal(firesPerMonth('rate(5 minutes)'), 8_760);
  assert.equal(firesPerMonth('rate(1 day)'), 43_800 / 1440);
  assert.ok(Math.abs(firesPerMonth('cron(0 19 * * ? *)') - 30.4) < 0.01);
  assert.equal(firesPerMonth('cron(0 19 1 * ? *)'), 1);
  assert.equal(firesPerMonth('cron(0 19 ? * MON *)'), 4.35);
  assert.throws(() => firesPerMonth('at(noon)'), /neither/);
});

const lambdaOf = (routes: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    MemorySize: 512,
    Architectures: ['arm64'],
    TracingConfig: { Mode: 'Active' },
    Environment: { Variables: { IMAGIFY_ROUTES: routes } },
  },
});

const kResources = {
  Helper: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 1024 } },
  ...Object.fromEntries(
    ['auth', 'image', 'payment', 'worker', 'scheduler'].map((name) => [name, lambdaOf(name)]),
  ),
  Users: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      Replicas: [
        { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
        { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      ],
    },
  },
  Images: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: { 'Fn::Join': ['', ['imagify-images-prod-', { Ref: 'AWS::AccountId' }]] },
      LifecycleConfiguration: {
        Rules: [
          {
            ExpirationInDays: 365,
            Transitions: [{ TransitionInDays: 30, StorageClass: 'STANDARD_IA' }],
          },
        ],
      },
    },
  },
  Tick: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 minute)' } },
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}, {}] } },
  Plain: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
  Ratio: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { Metrics: [{ MetricStat: {} }, { MetricStat: {} }, { Expression: 'a/b' }] },
  },
};

function inventoryFrom(resources: object) {
  const folder = mkdtempSync(join(tmpdir(), 'imagify-cost-'));
  try {
    writeFileSync(join(folder, 'One.template.json'), JSON.stringify({ Resources: resources }));
    return inventoryOf(readTemplates(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a template is read', () => {
  const found = inventoryFrom(kResources);
  assert.deepEqual(found.functions.worker, { memoryMb: 512, architecture: 'arm64', traced: true });
  assert.equal(found.apiKind, 'rest');
  assert.equal(found.ticksPerMonth, 43_800);
  assert.equal(found.pointInTimeRecovery, true);
  assert.equal(found.tableReplicas, 1);
  assert.deepEqual(found.imageTransitions, [{ days: 30, storageClass: 'STANDARD_IA' }]);
  assert.equal(found.imageExpiryDays, 365);
  assert.equal(found.webAcls, 1);
  assert.equal(found.webAclRules, 3);
  assert.equal(found.alarms, 3);
  assert.equal(found.userPoolTier, 'none');
});

test('a template without a function or the bucket is refused', () => {
  const { worker: _, ...without } = kResources as Record<string, object>;
  assert.throws(() => inventoryFrom(without), /IMAGIFY_ROUTES=worker/);
  const { Images: __, ...bare } = kResources as Record<string, object>;
  assert.throws(() => inventoryFrom(bare), /imagify-images/);
});

test('docs/cost.md and its chart are what the program says', () => {
  const text = readFileSync(kPage, 'utf8');
  assert.equal(text, page.fillPage(text, page.pageParts(basis())), 'run cost -- --write-docs');
  const chart = chartOf(page.sizesOf(basis()));
  assert.equal(readFileSync(kChart, 'utf8'), chart, 'run cost -- --write-docs');
});

test('a page that says another number is found', () => {
  const parts = page.pageParts(basis());
  const marks = Object.keys(parts).map((name) => `<!-- cost:${name} -->\nold\n<!-- /cost -->\n`);
  const filled = page.fillPage(marks.join(''), parts);
  assert.equal(page.fillPage(filled, parts), filled);
  const wrong = filled.replace('$250.00', '$19.00');
  assert.notEqual(page.fillPage(wrong, parts), wrong);
  assert.throws(() => page.fillPage('nothing', parts), /cost:sizes/);
});

test('the command line', () => {
  assert.match(run(['--help']), /Examples/);
  assert.match(run(['--users', '1000']), /ClipDrop \| pictures \| 5,000/);
  assert.match(run(['--users', '1000', '--clipdrop', '0.10']), /\$500\.00/);
  assert.throws(() => run(['--users', 'many']), /--users many is no number/);
  assert.throws(() => run(['--phase', '4']), /not one of 1, 2 and 3/);
});
