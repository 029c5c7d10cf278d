#!/usr/bin/env node
// Planted faults that tests/aws/servers.mjs and worker.mjs have to find: without them, that nothing
// failed there would prove nothing.
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFlags, Verdicts } from './verdicts.mjs';

const kFolder = dirname(fileURLToPath(import.meta.url));
const kBuilt = join(kFolder, '../../build/dev/src/app/imagify');
const flags = readFlags('Faults that the programs beside this one have to find', {
  program: kBuilt,
});
const verdicts = new Verdicts('planted', flags.only);

/** `fault`: of the program or of the queue; `found`: the words of a verdict that has to fail. */
const kFaults = [
  {
    program: 'servers.mjs',
    only: 'work, limits in store',
    fault: { IMAGIFY_MUTANT: 'dynamodb.balance_rewritten' },
    found: /FAILED: (nothing is pending|a customer pays|the books balance)/,
  },
  {
    program: 'worker.mjs',
    only: 'killed at paint.before_publish',
    fault: { IMAGIFY_PLANTED: 'lost messages' },
    found: /FAILED: paint.before_publish: one end/,
  },
];

/** What the program prints and its exit code. */
function run({ program, only, fault }) {
  const words = [join(kFolder, program), '--program', flags.program, '--only', only];
  const env = { ...process.env, ...fault };
  return new Promise((resolve) => {
    execFile(process.execPath, words, { env, maxBuffer: 1 << 24 }, (error, stdout) =>
      resolve({ code: error?.code ?? 0, stdout }),
    );
  });
}

for (const planted of kFaults) {
  const [what] = Object.values(planted.fault);
  await verdicts.part(`${what} in ${planted.program}`, async () => {
    const { code, stdout } = await run(planted);
    const line = stdout.split('\n').find((one) => planted.found.test(one));
    verdicts.equal(`${what} fails ${planted.program}`, code, 1);
    verdicts.expect(`${what} is found as what it is`, line, stdout);
    process.stdout.write(`  as planted: ${line}\n`);
  });
}
verdicts.close();
