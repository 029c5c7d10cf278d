// ./run destroy: takes the stacks of a stage away, after its name was typed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { App } from 'aws-cdk-lib';
import { buildImagify } from '../lib/app';
import { writePlaceholders } from '../lib/placeholders';
import { readSettings } from '../lib/settings';
import type { Settings } from '../lib/settings';
import { checkAccount, dropProtection, stackOf, whoCalls } from './account';
import { destroyCommand, execute, shown } from './commands';
import { readOptions } from './options';
import type { Chosen, Options } from './options';
import { Problem, runMain, say } from './problem';
import { remains } from './remains';

const kHelp = `./run destroy takes Imagify's stacks out of your AWS account. What people made and paid stays:
tables, pictures, accounts, backups and secrets are kept by AWS, and go on costing, until you
delete them yourself. It lists them first.

  ./run destroy [--stage STAGE] [--settings FILE] [--context NAME=VALUE]... [--dry-run]
  ./run destroy --help

  --yes STAGE    do not ask: the name of the stage, said in advance
  --dry-run      list what would go and what would stay, change nothing
  Settings are those of ./run deploy: give the ones that it was deployed with.

Examples
  ./run destroy --stage dev --dry-run
  ./run destroy --stage dev               asks you to type "dev"
  ./run destroy --stage dev --yes dev     in a script`;

/** Neither what is missing nor what the functions are told matters here. */
function settingsOf(chosen: Chosen, folder: string, account: string): Settings {
  const all: Chosen = {
    mailFrom: 'no-reply@pictures.example',
    vnpayTmnCode: 'DESTROY1',
    ...chosen,
    ...writePlaceholders(folder),
  };
  try {
    return readSettings((name) => all[name], account);
  } catch (error) {
    throw new Problem((error as Error).message);
  }
}

async function destroy(options: Options, folder: string) {
  const { chosen, dryRun } = options;
  const caller = await whoCalls(chosen.region || 'ap-southeast-1');
  checkAccount(caller, chosen.account);
  const settings = settingsOf(chosen, folder, caller.account);
  say(`Account ${caller.account} as ${caller.arn}; looking for the stacks of ${settings.stage} ...`);
  const app = new App({ outdir: join(folder, 'cdk.out') });
  buildImagify(app, settings);
  const assembly = app.synth();
  const there = await existing(assembly.stacks.map(({ stackName: name, environment }) => ({
    name,
    region: environment.region,
  })));
  if (there.length === 0)
    throw new Problem(`There is no stack of stage ${settings.stage} in account ${caller.account}.`);
  const list = (lines: string[]) => lines.map((line) => `  ${line}`).join('\n');
  say(`\nThese stacks go:\n${list(there.map(({ name, region }) => `${name} (${region})`))}`);
  say(`\nThis stays, until you delete it (docs/deploy.md, "Destroy"), and is in the way of
deploying stage ${settings.stage} again:\n${list(remains(assembly))}`);
  const command = destroyCommand(assembly.directory);
  if (dryRun) return say(`\nThis would be run:\n  ${shown(command)}`);
  await confirm(settings.stage, options.yes);
  for (const { name, region, isProtected } of there)
    if (isProtected) await dropProtection(name, region);
  await execute(command);
}

async function existing(stacks: { name: string; region: string }[]) {
  const found = await Promise.all(
    stacks.map(async ({ name, region }) => {
      const stack = await stackOf(name, region);
      return stack && { name, region, isProtected: stack.EnableTerminationProtection ?? false };
    }),
  );
  return found.filter((one) => one !== undefined);
}

async function confirm(stage: string, said: string | undefined) {
  let answer = said;
  if (answer === undefined) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    answer = await Promise.race([
      terminal.question(`\nType the name of the stage (${stage}) to take it away: `),
      new Promise<string>((resolve) => terminal.on('close', () => resolve(''))),
    ]);
    terminal.close();
  }
  if (answer.trim() !== stage)
    throw new Problem(`\n"${answer.trim()}" is not ${stage}: nothing was changed.`);
}

runMain(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return say(kHelp);
  if (options.roleFor !== undefined) throw new Problem('--role-for is of ./run deploy.', 2);
  const folder = mkdtempSync(join(tmpdir(), 'imagify-destroy-'));
  try {
    await destroy(options, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
