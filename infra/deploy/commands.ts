// Runs ./run package and the CDK's own command line, with what they print.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Settings } from '../lib/settings';
import { kInfra, kRoot } from './options';
import type { Chosen } from './options';
import { Problem, say } from './problem';

export interface Command {
  program: string;
  words: string[];
  folder: string;
}

/** The program for Lambda and the site: ./run knows what is new. */
export const packageCommand = ({ architecture }: Settings): Command => ({
  program: './run',
  words: ['package', '--arch', architecture],
  folder: kRoot,
});

export const deployCommand = (chosen: Chosen): Command =>
  cdk(['deploy', '--all', '--concurrency', '4', ...kUnattended, ...contextOf(chosen)]);

export const roleCommand = (chosen: Chosen): Command =>
  cdk([
    'deploy',
    '--all',
    ...['--app', 'npx tsx bin/deploy-role.ts'],
    ...['--output', 'cdk.out/deploy-role'],
    ...kUnattended,
    ...contextOf(chosen),
  ]);

/** `assembly`: a folder of synthesised templates. */
export const destroyCommand = (assembly: string): Command =>
  cdk(['destroy', '--all', '--force', '--app', assembly]);

const kUnattended = ['--require-approval', 'never', '--progress', 'events', '--no-notices'];

const cdk = (words: string[]): Command => ({ program: 'cdk', words, folder: kInfra });

function contextOf({ account: _, ...chosen }: Chosen) {
  return Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** As somebody would type it. */
export const shown = ({ program, words }: Command) =>
  [program, ...words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`))].join(' ');

export async function execute(command: Command): Promise<void> {
  const cdkProgram = join(dirname(require.resolve('aws-cdk/package.json')), 'bin/cdk');
  const [program, words] =
    command.program === 'cdk'
      ? [process.execPath, [cdkProgram, ...command.words]]
      : [command.program, command.words];
  say(`\n${shown(command)}`);
  const child = spawn(program, words, { cwd: command.folder, stdio: 'inherit' });
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (given, signal) => resolve(signal ? 1 : (given ?? 1)));
  });
  if (code !== 0)
    throw new Problem(`${command.program} ${command.words[0]} failed (exit code ${code}); see above.`);
}
