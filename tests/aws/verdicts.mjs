// Counts what held, prints what did not, and closes as ./test reads it.
import { parseArgs } from 'node:util';

export class Verdicts {
  /** `only`: parts whose name has that; all without it. */
  constructor(suite, only = '') {
    Object.assign(this, { suite, only, passed: 0, failed: 0 });
  }

  expect(what, holds, detail = '') {
    if (holds) {
      this.passed += 1;
    } else {
      this.failed += 1;
      process.stdout.write(`${this.suite}: FAILED: ${what} ${detail}\n`);
    }
  }

  equal(what, actual, wanted) {
    const [left, right] = [JSON.stringify(actual), JSON.stringify(wanted)];
    this.expect(what, left === right, `is ${left}, not ${right}`);
  }

  /** One part; an exception is a failure of it, and the next part goes on. */
  async part(what, body) {
    if (!what.includes(this.only)) return;
    const started = Date.now();
    process.stderr.write(`${this.suite}: ${what} ...\n`);
    const before = this.passed + this.failed;
    try {
      await body();
      if (this.passed + this.failed === before) this.expect(what, false, 'proved nothing');
    } catch (error) {
      this.expect(what, false, error.stack);
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${what}: ${seconds} s\n`);
  }

  close() {
    process.stdout.write(`${this.suite}: ${this.passed} passed, ${this.failed} failed\n`);
    process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}

/** --program, --seed N, --only TEXT, --deep and --help, which every program here takes. */
export function readFlags(about, defaults) {
  const { values } = parseArgs({
    options: {
      program: { type: 'string', default: defaults.program },
      seed: { type: 'string' },
      only: { type: 'string' },
      deep: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (!values.help) return values;
  process.stdout.write(
    `${about}\n\n  --program PATH  default ${defaults.program}\n` +
      '  --seed N        calls of AWS go wrong by this seed\n' +
      '  --only TEXT     parts whose name has that\n' +
      '  --deep          more of the same\n',
  );
  return process.exit(0);
}
