#!/usr/bin/env node
// AWS on this machine: emulators on loopback, each behind a gate that verifies signatures.
//
//   lab.mjs start [--env FILE]     starts everything, prints one JSON line, ends with Ctrl-C or
//                                  with the process that started it
//   lab.mjs run COMMAND...         the same around one command, which finds the variables
//   --only dynamodb,s3             not everything
//   --faults SEED                  one request in ten goes wrong
//
// The variables are IMAGIFY_TEST_DYNAMODB, _S3, _SQS, _SES, _COGNITO, _SECRETS (addresses of
// gates), _REDIS (redis://...), AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION. What a
// gate can do for a test: sigv4_gate.mjs.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { emulators } from './emulators.mjs';
import { kKeys, kRegion, openGate } from './sigv4_gate.mjs';

const say = (text) => process.stderr.write(`lab: ${text}\n`);
export const kServices = ['dynamodb', 's3', 'sqs', 'ses', 'cognito', 'secrets', 'redis'];

/**
 * Starts `only` these services. Resolves to {env, gates, stop} when every one answers; on failure
 * everything that had started is stopped again.
 */
export async function startLab({ only = kServices, faults } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'imagify-lab-'));
  const ends = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    while (ends.length) await ends.pop()();
  };
  const env = {
    AWS_ACCESS_KEY_ID: kKeys[0].id,
    AWS_SECRET_ACCESS_KEY: kKeys[0].secret,
    AWS_REGION: kRegion,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const gates = {};
  const begin = async (name) => {
    const started = Date.now();
    const emulator = await emulators[name]({ folder });
    ends.push(emulator.stop);
    const variable = `IMAGIFY_TEST_${name.toUpperCase()}`;
    if (emulator.url) {
      env[variable] = emulator.url;
    } else {
      const { service, port, gatePort } = emulator;
      const opened = await openGate({ service, target: port, port: gatePort });
      ends.push(opened.close);
      await emulator.reachedAt?.(opened.url);
      if (faults !== undefined) opened.gate.faults.chance(faults);
      gates[name] = opened.gate;
      env[variable] = opened.url;
    }
    Object.assign(env, emulator.env);
    say(`${name} on ${env[variable]} (${Date.now() - started} ms)`);
  };
  const outcomes = await Promise.allSettled(only.map(begin));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { env, gates, stop, folder };
}

/** Runs `stop` when the process is asked to end, or when the one that started it is gone. */
export function endWithParent(stop) {
  const parent = process.ppid;
  let ending = false;
  const end = (code) => {
    if (ending) return;
    ending = true;
    stop().finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => end(128 + constants.signals[signal]));
  setInterval(() => {
    if (process.ppid !== parent) end(1);
  }, 500).unref();
  return end;
}

/** `export NAME='value'` lines for a shell. */
export const asShell = (env) =>
  Object.entries(env)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('');

async function main() {
  const { values, positionals } = parseArgs({
    args: process.argv[2] === 'run' ? argumentsOfRun() : process.argv.slice(2),
    allowPositionals: true,
    options: {
      env: { type: 'string' },
      only: { type: 'string', default: kServices.join(',') },
      faults: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [what, ...command] = positionals;
  if (values.help || !['start', 'run'].includes(what) || (what === 'run') !== command.length > 0) {
    process.stdout.write(
      'usage: lab.mjs start [--env FILE] [--only dynamodb,s3,...] [--faults SEED]\n' +
        '       lab.mjs run [--only dynamodb,s3,...] [--faults SEED] COMMAND...\n' +
        `services: ${kServices.join(' ')}\n` +
        'example: tools/aws/lab.mjs run --only dynamodb build/dev/tests/contract/store_contract\n',
    );
    process.exit(values.help ? 0 : 2);
  }
  const faults = values.faults === undefined ? undefined : Number(values.faults);
  const lab = await startLab({ only: values.only.split(','), faults });
  const end = endWithParent(lab.stop);
  if (what === 'start') {
    if (values.env) writeFileSync(values.env, asShell(lab.env));
    process.stdout.write(`${JSON.stringify(lab.env)}\n`);
    setInterval(() => {}, 1 << 30);
    return;
  }
  const child = spawn(command[0], command.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, ...lab.env },
  });
  child.on('error', (error) => {
    say(`${command[0]}: ${error.message}`);
    end(127);
  });
  child.on('exit', (code, signal) => end(code ?? 128 + constants.signals[signal]));
}

/** The flags of `run` end where its command begins: what follows is the command's own. */
function argumentsOfRun() {
  const words = process.argv.slice(3);
  let at = 0;
  while (at < words.length && words[at].startsWith('--')) {
    if (words[at] === '--') {
      words.splice(at, 1);
      break;
    }
    at += words[at].includes('=') || words[at] === '--help' ? 1 : 2;
  }
  return [...words.slice(0, at), '--', 'run', ...words.slice(at)];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  main().catch((error) => {
    say(error.message);
    process.exit(1);
  });
