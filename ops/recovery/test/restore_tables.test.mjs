// Restoring the tables, against a stand-in that forgets what DynamoDB forgets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kLooks, kTables, Rig } from './rig.mjs';

const kAt = '2026-11-24T03:00:00Z';
const kBeside = '-at-20261124T030000Z';
const restore = (rig, ...flags) =>
  rig.run('restore_tables.mjs', '--at', kAt, '--poll', '0.01', ...flags);

/** What belongs to a table in use, without what it holds. */
const settingsIn = ({ ttl, recovery, tags, stream, protected: safe }) => ({
  ttl,
  recovery,
  app: tags.app,
  stream,
  safe,
});

test('copies are made beside the tables, and looked at before anything else', () => {
  const rig = new Rig();
  const { status, out } = restore(rig);
  assert.equal(status, 0);
  for (const name of kTables) {
    const { tables } = rig.state;
    assert.deepEqual(tables[name + kBeside].items, [`${name}-then`]);
    assert.deepEqual(tables[name].items, [`${name}-now`], 'the one in use is untouched');
    assert.equal(tables[name + kBeside].ttl, '', 'nothing may expire from a copy');
  }
  assert.match(out, /USERS_TABLE=imagify-users-at-20261124T030000Z .*imagify verify/);
});

test('in place, a table has everything again that a restore drops', () => {
  const rig = new Rig();
  const before = rig.state.tables;
  assert.equal(restore(rig).status, 0);
  const { status, complaint } = restore(rig, '--swap');
  assert.equal(status, 0, complaint);
  for (const name of kTables) {
    const table = rig.state.tables[name];
    assert.deepEqual(table.items, [`${name}-then`]);
    assert.deepEqual(settingsIn(table), settingsIn(before[name]));
  }
  assert.ok(Object.values(rig.state.asleep['ap-southeast-1']).every((asleep) => !asleep));
});

test('nobody writes while tables are exchanged', () => {
  const rig = new Rig();
  restore(rig);
  restore(rig, '--swap');
  const { calls } = rig.state;
  const first = (name) => calls.indexOf(`ap-southeast-1 ${name}`);
  const last = (name) => calls.lastIndexOf(`ap-southeast-1 ${name}`);
  assert.ok(first('lambda put-function-concurrency') < first('dynamodb create-backup'));
  assert.ok(first('lambda put-function-concurrency') < first('dynamodb delete-table'));
  assert.ok(last('dynamodb tag-resource') < first('lambda delete-function-concurrency'));
});

const kSteps = [
  'dynamodb restore-table-to-point-in-time',
  'dynamodb create-backup',
  'dynamodb delete-table',
  'dynamodb restore-table-from-backup',
  'dynamodb update-time-to-live',
  'dynamodb tag-resource',
  'dynamodb update-continuous-backups',
  'lambda delete-function-concurrency',
];
for (const step of kSteps)
  test(`cut off at "${step}", the next call goes on`, () => {
    const rig = new Rig({ faults: { [step]: 1 } });
    const first = restore(rig, '--swap');
    assert.equal(first.status, 1);
    assert.match(first.complaint, /InternalServerError/);
    const again = restore(rig, '--swap');
    assert.equal(again.status, 0, again.complaint);
    for (const name of kTables) {
      assert.deepEqual(rig.state.tables[name].items, [`${name}-then`]);
      assert.equal(rig.state.tables[name].ttl, 'ttl');
      assert.equal(rig.state.tables[name].protected, true);
    }
    const restores = rig.state.calls.filter((call) => call.endsWith('restore-table-from-backup'));
    assert.ok(restores.length <= kTables.length + 1, 'a table was restored twice');
  });

test('a setting that did not come back is noticed, and the program stays asleep', () => {
  const rig = new Rig({ forgets: ['ttl'] });
  const { status, complaint } = restore(rig, '--swap');
  assert.equal(status, 1);
  assert.match(complaint, /imagify-users is back without its ttl/);
  assert.equal(rig.state.asleep['ap-southeast-1']['imagify-auth-function'], true);
});

test('a dry run only looks', () => {
  const rig = new Rig();
  const { status, out } = restore(rig, '--swap', '--dry-run');
  assert.equal(status, 0);
  assert.match(out, /would: aws dynamodb delete-table .*imagify-transactions/);
  assert.match(out, /nothing was changed/);
  assert.deepEqual(
    rig.state.calls.filter((call) => !kLooks.test(call)),
    [],
  );
});

test('a table with replicas is left to a person', () => {
  const rig = new Rig();
  rig.change(({ tables }) => (tables['imagify-users'].replicas = ['ap-southeast-2']));
  const { status, complaint } = restore(rig, '--swap');
  assert.equal(status, 1);
  assert.match(complaint, /has replicas in ap-southeast-2/);
  assert.deepEqual(rig.state.tables['imagify-users'].items, ['imagify-users-now']);
});

test('a recovery is not mixed with another one', () => {
  const rig = new Rig();
  restore(rig);
  const other = rig.run('restore_tables.mjs', '--at', '2026-11-23T00:00:00Z', '--poll', '0.01');
  assert.match(other.complaint, /is of another recovery/);
  assert.match(rig.run('restore_tables.mjs', '--at', 'yesterday').complaint, /no time/);
});
