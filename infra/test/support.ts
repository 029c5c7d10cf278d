// What the tests of the stacks share.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildImagify } from '../lib/app';
import { checkRules } from '../lib/nag';
import { kScriptHash, writePlaceholders } from '../lib/placeholders';
import { readSettings } from '../lib/settings';
import type { Settings } from '../lib/settings';

export const kRoot = resolve(__dirname, '../..');

/** The program as ./test builds it. */
export const kProgram = join(kRoot, 'build/dev/src/app/imagify');

const kFolder = mkdtempSync(join(tmpdir(), 'imagify-infra-'));
after(() => rmSync(kFolder, { recursive: true, force: true }));

const kPlaceholders = writePlaceholders(kFolder);
export { kScriptHash };

export const kContext: Record<string, unknown> = {
  mailFrom: 'Imagify <no-reply@pictures.example>',
  vnpayTmnCode: 'TESTTMN1',
  publicUrl: 'https://d111111abcdef8.cloudfront.net',
  alarmEmail: 'operators@pictures.example',
  ...kPlaceholders,
};

export function settingsOf(context: Record<string, unknown> = {}): Settings {
  const all = { ...kContext, ...context };
  return readSettings((name) => all[name], '111122223333');
}

/** All stacks with these settings, in a folder of their own. */
export function buildWith(context: Record<string, unknown> = {}) {
  const app = new App({ outdir: mkdtempSync(join(kFolder, 'out-')) });
  return { app, stacks: buildImagify(app, settingsOf(context)) };
}

/** Of a stack that the settings did not ask for there is none. */
export type Templates = Record<keyof ReturnType<typeof buildImagify>, Template>;

/** The templates of all stacks; synthesised with cdk-nag, so a finding fails here. */
export function templatesOf(context: Record<string, unknown> = {}) {
  const { app, stacks } = buildWith(context);
  checkRules(app);
  const assembly = app.synth();
  const templates = Object.fromEntries(
    Object.entries(stacks).map(([name, stack]) => [name, Template.fromStack(stack)]),
  ) as Templates;
  return { app, assembly, stacks, templates };
}
