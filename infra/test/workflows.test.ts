// What GitHub runs is what people run.
import assert from 'node:assert/strict';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { kRoot } from './support';

const kFolder = join(kRoot, '.github/workflows');

interface Step {
  run?: string;
  uses?: string;
}

const workflows = readdirSync(kFolder).map((file) => ({
  file,
  jobs: Object.values<any>(parse(readFileSync(join(kFolder, file), 'utf8')).jobs),
}));

const stepsOf = (jobs: any[]): Step[] => jobs.flatMap(({ steps }) => steps);

/** Programs of this tree that a step calls. */
function calledIn({ run = '' }: Step): string[] {
  return [...run.matchAll(/(?:^|&& |; )(\.\/?[\w./-]+)/gm)].map(([, program]) => program!);
}

test('every program that a workflow calls is there and may be run', () => {
  const called = workflows.flatMap(({ jobs }) => stepsOf(jobs).flatMap(calledIn));
  assert.ok(called.includes('.ci/run') && called.includes('./run'), String(called));
  for (const program of called) accessSync(join(kRoot, program), constants.X_OK);
  assert.deepEqual(calledIn({ run: 'true && ./missing --x' }), ['./missing']);
});

test('actions have a version that does not move', () => {
  const uses = workflows.flatMap(({ jobs }) => stepsOf(jobs).flatMap(({ uses: one }) => one ?? []));
  assert.ok(uses.length > 3);
  for (const one of uses) assert.match(one, /@v\d+\.\d+\.\d+$/);
});

test('only a tested tag is deployed, without keys that last', () => {
  const text = readFileSync(join(kFolder, 'deploy.yml'), 'utf8');
  const { on, jobs, permissions } = parse(text);
  assert.deepEqual(on, { push: { tags: ['v*'] } });
  assert.deepEqual(permissions, { contents: 'read' });
  assert.equal(jobs.deploy.needs, 'test');
  assert.equal(jobs.deploy.environment, 'prod');
  assert.equal(jobs.deploy.permissions['id-token'], 'write');
  assert.doesNotMatch(text, /AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY/);
});
