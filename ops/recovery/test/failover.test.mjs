// Moving the work to the other region.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kFunctions, kRules } from '../estate.mjs';
import { kLooks, kRoot, Rig } from './rig.mjs';

const kFirst = 'ap-southeast-1';
const kSecond = 'ap-southeast-2';
const kSecret = 'what-cloudfront-says';
const hostIn = (region) => `api.execute-api.${region}.amazonaws.com`;

const resources = () => ({
  apis: Object.fromEntries(
    [kFirst, kSecond].map((region) => [
      region,
      [
        { id: 'api', name: 'imagify-api' },
        { id: 'other', name: 'imagify-api-dev' },
      ],
    ]),
  ),
  distribution: {
    Origins: {
      Items: [
        { Id: 'site', DomainName: 'site.s3.amazonaws.com', CustomHeaders: { Quantity: 0 } },
        {
          Id: 'api',
          DomainName: hostIn(kFirst),
          CustomHeaders: { Items: [{ HeaderName: 'x-imagify-origin', HeaderValue: kSecret }] },
        },
      ],
    },
  },
});

const failover = (rig, ...flags) =>
  rig.run(
    'failover.mjs',
    ...['--from', kFirst, '--to', kSecond, '--distribution', 'E1', '--poll', '0.01'],
    ...flags,
  );

const all = [
  ...kFunctions.map((name) => `imagify-${name}-function`),
  ...kRules.map((name) => `imagify-${name}`),
  'queue',
];
const allAre = (rig, region, asleep) =>
  all.every((name) => rig.state.asleep[region]?.[name] === asleep);
const apiOf = ({ state }) => state.distribution.Origins.Items[1].DomainName;

test('one region sleeps before the other one wakes, and CloudFront follows', () => {
  const rig = new Rig(resources());
  const { status, out, complaint } = failover(rig);
  assert.equal(status, 0, complaint);
  assert.ok(allAre(rig, kFirst, true));
  assert.ok(allAre(rig, kSecond, false));
  const { calls } = rig.state;
  const asleep = calls.lastIndexOf(`${kFirst} lambda update-event-source-mapping`);
  assert.ok(asleep < calls.indexOf(`${kSecond} lambda delete-function-concurrency`));
  assert.equal(apiOf(rig), hostIn(kSecond));
  assert.equal(rig.state.distribution.Origins.Items[0].DomainName, 'site.s3.amazonaws.com');
  assert.doesNotMatch(out, new RegExp(kSecret));
  assert.match(out, /activeRegion=ap-southeast-2/);
});

test('a region that does not answer is left only by --lost', () => {
  const rig = new Rig({ ...resources(), lost: kFirst });
  const { status, complaint } = failover(rig);
  assert.equal(status, 1);
  assert.match(complaint, /was not stopped .*--lost/);
  assert.equal(rig.state.asleep[kSecond], undefined, 'nothing woke');
  const lost = failover(rig, '--lost');
  assert.equal(lost.status, 0, lost.complaint);
  assert.match(lost.out, /WARNING ap-southeast-1 was not stopped/);
  assert.equal(apiOf(rig), hostIn(kSecond));
});

test('without an API over there nothing is stopped', () => {
  const rig = new Rig({ ...resources(), apis: {} });
  const { status, complaint } = failover(rig);
  assert.equal(status, 1);
  assert.match(complaint, /has 0 APIs called imagify-api/);
  assert.equal(rig.state.asleep[kFirst], undefined);
});

test('it can be repeated, and goes back the same way', () => {
  const rig = new Rig(resources());
  failover(rig);
  assert.match(failover(rig).out, /asks api.execute-api.ap-southeast-2.amazonaws.com already/);
  const back = rig.run(
    'failover.mjs',
    ...['--from', kSecond, '--to', kFirst, '--distribution', 'E1', '--poll', '0.01'],
  );
  assert.equal(back.status, 0);
  assert.ok(allAre(rig, kSecond, true) && allAre(rig, kFirst, false));
  assert.equal(apiOf(rig), hostIn(kFirst));
});

test('a dry run only looks', () => {
  const rig = new Rig(resources());
  assert.equal(failover(rig, '--dry-run').status, 0);
  assert.deepEqual(
    rig.state.calls.filter((call) => !kLooks.test(call)),
    [],
  );
});

test('functions and schedules are those that infra/ makes', () => {
  const source = (name) => readFileSync(join(kRoot, 'infra/lib', name), 'utf8');
  const functions = /kFunctionNames = \[(.*?)\]/.exec(source('functions.ts'))[1];
  assert.deepEqual(kFunctions, [...functions.matchAll(/'(\w+)'/g)].map(([, name]) => name));
  const tasks = [...source('schedules.ts').matchAll(/\{ task: '(\w+)'/g)].map(([, name]) => name);
  assert.deepEqual(kRules, [...tasks, 'daily']);
});
