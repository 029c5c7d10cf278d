/** Fails when src/api/schema.d.ts is not what api/openapi.yaml gives. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'imagify-schema-'));
const fresh = join(folder, 'schema.d.ts');
execFileSync(
  process.execPath,
  [
    join(root, 'node_modules/openapi-typescript/bin/cli.js'),
    join(root, '../api/openapi.yaml'),
    '-o',
    fresh,
  ],
  { stdio: 'pipe' },
);
const same =
  readFileSync(fresh, 'utf8') === readFileSync(join(root, 'src/api/schema.d.ts'), 'utf8');
rmSync(folder, { recursive: true });
if (!same) {
  console.error('src/api/schema.d.ts is out of date: run `npm run gen`');
  process.exit(1);
}
console.log('schema.d.ts matches api/openapi.yaml');
