// The CDK's own command line, as ./run deploy calls it: no account, and no network where that can be.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { kContext, kRoot } from './support';

const folder = mkdtempSync(join(tmpdir(), 'imagify-synth-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A network with nobody in it; not every machine lets us have one. */
const kAlone = ['unshare', '-rn'];
const alone = spawnSync(kAlone[0]!, [...kAlone.slice(1), 'true']).status === 0 ? kAlone : [];

/** Without what a developer's shell may know of an account. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name)),
);

function synth(context: Record<string, unknown>) {
  const settings = Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const program = join(kRoot, 'infra/node_modules/.bin/cdk');
  const flags = ['--quiet', '--no-notices', '--no-version-check', '--output', folder];
  const [first, ...rest] = [...alone, program, 'synth', ...flags, ...settings] as [string];
  return spawnSync(first, rest, {
    cwd: join(kRoot, 'infra'),
    env: { ...environment, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' },
    encoding: 'utf8',
  });
}

test('cdk synth needs neither account nor network', () => {
  const { status, stdout, stderr } = synth(kContext);
  assert.equal(status, 0, stdout + stderr);
  const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  for (const stack of ['Database', 'Auth', 'Storage', 'Security', 'Lambda', 'Frontend', 'Backup'])
    assert.ok(templates.includes(`Imagify${stack}Stack.template.json`), `${stack} of ${templates}`);
});

test('a setting that is missing ends it with what to write', () => {
  const { vnpayTmnCode, ...rest } = kContext;
  const { status, stderr } = synth(rest);
  assert.notEqual(status, 0);
  assert.match(stderr, /vnpayTmnCode is missing.*-c vnpayTmnCode="ABCD1234"/);
});
