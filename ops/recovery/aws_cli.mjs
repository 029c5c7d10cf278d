// Calls of the AWS command line, shown before they change something.
import { execFile } from 'node:child_process';

/** What AWS said no with, by its name: "ResourceNotFoundException". */
export class AwsError extends Error {
  constructor(operation, text) {
    super(`aws ${operation}: ${text.trim()}`);
    this.code = /\((\w+)\)/.exec(text)?.[1] ?? '';
  }
}

const kNotInstalled =
  'the AWS command line is missing: https://docs.aws.amazon.com/cli/ says how it is installed';

function run(parameters) {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 256 * 1024 * 1024 };
    execFile('aws', parameters, options, (error, out, complaint) => {
      if (error?.code === 'ENOENT') return reject(new Error(kNotInstalled));
      const operation = parameters.slice(0, 2).join(' ');
      if (error) return reject(new AwsError(operation, complaint || String(error)));
      return resolve(out);
    });
  });
}

export class Aws {
  constructor({ region, dryRun = false, say = () => {}, pollSeconds = 10 }) {
    Object.assign(this, { region, dryRun, say, pollSeconds });
  }

  in(region) {
    return new Aws({ ...this, region });
  }

  /** Asks; resolves to the answer. `operation` is "dynamodb describe-table". */
  async ask(operation, input = {}) {
    const parameters = [...operation.split(' '), '--cli-input-json', JSON.stringify(input)];
    const out = await run([...parameters, '--region', this.region, '--output', 'json']);
    return out.trim() ? JSON.parse(out) : {};
  }

  /** As `ask`; resolves to nothing when AWS answers with this code. */
  async askUnless(code, operation, input) {
    try {
      return await this.ask(operation, input);
    } catch (error) {
      if (error.code !== code) throw error;
      return undefined;
    }
  }

  /** Changes something, or says what would be changed. */
  async change(operation, input = {}) {
    this.say(`${this.dryRun ? 'would' : 'now'}: aws ${operation} ${JSON.stringify(input)}`);
    return this.dryRun ? {} : this.ask(operation, input);
  }

  /** Asks until it is so, with a word each time. */
  async until(what, isSo) {
    if (this.dryRun) return;
    for (const started = Date.now(); !(await isSo()); ) {
      const seconds = Math.round((Date.now() - started) / 1000);
      this.say(`waiting for ${what} (${seconds} s)`);
      await new Promise((resolve) => setTimeout(resolve, this.pollSeconds * 1000));
    }
  }
}
