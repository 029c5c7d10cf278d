// What the command lines of ./run deploy and ./run destroy say, with infra/deploy.json.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readSettings } from '../lib/settings';
import { Problem } from './problem';

export const kInfra = resolve(__dirname, '..');
export const kRoot = resolve(kInfra, '..');

export type Chosen = Record<string, string>;

export interface Options {
  /** Settings by name, as the CDK takes them with -c. */
  chosen: Chosen;
  /** The file that some of them came from. */
  from?: string;
  help: boolean;
  dryRun: boolean;
  /** ./run destroy: the stage, said in advance. */
  yes?: string;
  /** ./run deploy: the repository on GitHub that may deploy. */
  roleFor?: string;
  /** With it: GitHub's issuer is already known to the account. */
  providerExists: boolean;
  /** ./run deploy: where AWS says which networks are CloudFront's. */
  networks: string;
}

/** Beside those of lib/settings.ts: the account that the credentials have to be of. */
const kAccount = 'account';

/** The names that lib/settings.ts asks for. */
export function settingNames(): string[] {
  const names = new Set<string>();
  try {
    readSettings((name) => void names.add(name));
  } catch {
    // Something is missing, of course.
  }
  return [...names, kAccount];
}

export function readOptions(words: string[]): Options {
  const names = settingNames();
  const values: Record<string, string | boolean | string[] | undefined> = parse(words, names).values;
  const from = fileOf(values.settings as string | undefined);
  const chosen: Chosen = { ...readUsual(), ...(from && readFile(from)) };
  for (const name of names) {
    const value = values[name];
    if (typeof value === 'string') chosen[name] = value;
  }
  for (const pair of (values.context ?? []) as string[]) {
    const [name, ...rest] = pair.split('=');
    if (!name || rest.length === 0) throw new Problem(`--context ${pair}: write NAME=VALUE`, 2);
    chosen[name] = rest.join('=');
  }
  for (const name of Object.keys(chosen))
    if (!names.includes(name))
      throw new Problem(`There is no setting "${name}". There are: ${names.join(', ')}`, 2);
  return {
    chosen,
    from,
    help: Boolean(values.help),
    dryRun: Boolean(values['dry-run']),
    yes: values.yes as string | undefined,
    roleFor: values['role-for'] as string | undefined,
    providerExists: Boolean(values['provider-exists']),
    networks: (values.networks as string) ?? 'https://ip-ranges.amazonaws.com/ip-ranges.json',
  };
}

function parse(words: string[], names: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: words,
      options: {
        ...Object.fromEntries(names.map((name) => [name, text])),
        context: { type: 'string', short: 'c', multiple: true },
        settings: text,
        networks: text,
        yes: text,
        'role-for': text,
        'provider-exists': flag,
        'dry-run': flag,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Problem(`${(error as Error).message}\n--help says what there is.`, 2);
  }
}

function fileOf(given: string | undefined): string | undefined {
  const usual = resolve(kInfra, 'deploy.json');
  if (given) {
    const path = resolve(process.cwd(), given);
    if (!existsSync(path)) throw new Problem(`${given} is not there.`, 2);
    return path;
  }
  return existsSync(usual) ? usual : undefined;
}

/** The CDK reads cdk.json itself: what is looked at here has to be what it deploys. */
function readUsual(): Chosen {
  const { context } = JSON.parse(readFileSync(resolve(kInfra, 'cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  return textsOf(context);
}

const textsOf = (values: object): Chosen =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : String(value),
    ]),
  );

function readFile(path: string): Chosen {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Problem(`${path} is no JSON: ${(error as Error).message}`, 2);
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw new Problem(`${path} has to be an object: {"vnpayTmnCode": "ABCD1234"}`, 2);
  return textsOf(read);
}
