// A folder with the stand-in of `aws` first in the PATH, and Imagify's resources in its state.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const kHere = dirname(fileURLToPath(import.meta.url));

export const kRoot = execFileSync('git', ['-C', kHere, 'rev-parse', '--show-toplevel'])
  .toString()
  .trim();

const kTags = { app: 'imagify', 'aws:cloudformation:stack-id': 'arn' };

/** A table in use: what it has now, and (`then`) what it had at the moment of interest. */
const inUse = (name) => ({
  status: 'ACTIVE',
  items: [`${name}-now`],
  indexes: ['due-index', 'list-index'],
  ttl: 'ttl',
  recovery: true,
  tags: kTags,
  stream: '',
  protected: true,
  then: { items: [`${name}-then`], indexes: ['due-index', 'list-index'] },
});

export const kTables = ['imagify-users', 'imagify-transactions', 'imagify-images'];

export class Rig {
  constructor(changes = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'imagify-recovery-'));
    after(() => rmSync(this.folder, { recursive: true, force: true }));
    const aws = join(this.folder, 'aws');
    writeFileSync(aws, `#!/bin/sh\nexec node '${join(kHere, 'aws_stand_in.mjs')}' "$@"\n`);
    chmodSync(aws, 0o755);
    this.file = join(this.folder, 'state.json');
    this.write({
      tables: Object.fromEntries(kTables.map((name) => [name, inUse(name)])),
      backups: {},
      asleep: {},
      apis: {},
      markers: [],
      objects: {},
      items: {},
      faults: {},
      forgets: [],
      calls: [],
      ...changes,
    });
  }

  get state() {
    return JSON.parse(readFileSync(this.file, 'utf8'));
  }

  write(state) {
    writeFileSync(this.file, JSON.stringify(state));
  }

  change(set) {
    const { state } = this;
    set(state);
    this.write(state);
  }

  /** Runs a script of ops/recovery; {status, out, complaint}. */
  run(script, ...flags) {
    const done = spawnSync('node', [join(kHere, '..', script), ...flags], {
      cwd: this.folder,
      encoding: 'utf8',
      env: {
        PATH: `${this.folder}:${process.env.PATH}`,
        AWS_STAND_IN: this.file,
        AWS_REGION: 'ap-southeast-1',
      },
    });
    return { status: done.status, out: done.stdout, complaint: done.stderr };
  }
}

/** What a call may be that only looks. */
export const kLooks = / (describe|get|list)-/;
