// How each emulator is started: versions in package.json and fetch.sh, traps in the comments.
// Every one listens on 127.0.0.1 only and dies with this process.
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secrets } from './secrets.mjs';
import { Sqs } from './sqs.mjs';
import { createUserPool } from './user_pool.mjs';

const kRoom = dirname(fileURLToPath(import.meta.url));
const kModules = join(kRoom, 'node_modules');
const kFetched = join(kRoom, '../../build/aws');
const kReadyMs = 60_000;
const kBucket = 'imagify-images';

/** A port that nobody listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const connects = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts a program that dies with us, and resolves to how it is stopped once its port answers. */
export async function startProgram(name, port, folder, command, options = {}) {
  const log = join(folder, `${name}.log`);
  const out = openSync(log, 'w');
  // A killed lab leaves nothing behind: the kernel ends the child with its parent.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
    cwd: folder,
    stdio: ['ignore', out, out],
    ...options,
    env: { ...process.env, ...options.env },
  });
  let ended;
  child.once('exit', (code, signal) => (ended = `exit ${code ?? signal}`));
  child.once('error', (error) => (ended = error.message));
  const stop = () =>
    new Promise((resolve) => {
      if (ended) return resolve();
      child.once('exit', resolve);
      return child.kill('SIGKILL');
    });
  for (const until = Date.now() + kReadyMs; !(await connects(port)); await pause(30)) {
    if (!ended && Date.now() < until) continue;
    await stop();
    const tail = readFileSync(log, 'utf8').split('\n').slice(-15).join('\n');
    throw new Error(`${name} did not start (${ended ?? 'no answer'}):\n${tail}`);
  }
  return stop;
}

async function dynamodb({ folder }) {
  const port = await freePort();
  const at = join(kFetched, 'dynamodb-local/emulator');
  const stop = await startProgram(
    'dynamodb',
    port,
    folder,
    [
      ...['java', '-Xmx512m', '-Djava.net.preferIPv4Stack=true', '-XX:TieredStopAtLevel=1'],
      ...[`-Djava.library.path=${at}/DynamoDBLocal_lib`, '-jar', `${at}/DynamoDBLocal.jar`],
      ...['-port', String(port), '-inMemory', '-sharedDb', '-disableTelemetry'],
    ],
    // It has no option for its address, and tells its maker about its use unless told not to.
    { env: { LD_PRELOAD: join(kFetched, 'loopback_bind.so'), DDB_LOCAL_TELEMETRY: '0' } },
  );
  return { service: 'dynamodb', port, stop };
}

async function s3({ folder }) {
  const port = await freePort();
  const disk = join(folder, 's3');
  mkdirSync(disk);
  const stop = await startProgram('s3', port, folder, [
    ...['node', join(kModules, 's3rver/bin/s3rver.js'), '-d', disk, '-a', '127.0.0.1'],
    ...['-p', String(port), '--silent', '--configure-bucket', kBucket],
  ]);
  return { service: 's3', port, stop, env: { IMAGIFY_TEST_S3_BUCKET: kBucket } };
}

async function cognito({ folder }) {
  const port = await freePort();
  // Its tokens name their issuer: the address where clients reach it.
  const gatePort = await freePort();
  const home = join(folder, 'cognito');
  mkdirSync(join(home, '.cognito'), { recursive: true });
  const config = {
    ServerConfig: { hostname: '127.0.0.1', port },
    TokenConfig: { IssuerDomain: `http://127.0.0.1:${gatePort}` },
  };
  writeFileSync(join(home, '.cognito/config.json'), JSON.stringify(config));
  const stop = await startProgram(
    'cognito',
    port,
    folder,
    ['node', join(kModules, 'cognito-local/lib/bin/start.js')],
    // CODE fixes the confirmation codes that a user would read in a mail.
    { cwd: home, env: { HOST: '127.0.0.1', PORT: String(port), CODE: '123456' } },
  );
  const env = { IMAGIFY_TEST_COGNITO_CODE: '123456' };
  const reachedAt = async (url) => {
    const pool = await createUserPool(url);
    env.IMAGIFY_TEST_COGNITO_POOL = pool.id;
    env.IMAGIFY_TEST_COGNITO_CLIENT = pool.clientId;
    env.IMAGIFY_TEST_COGNITO_CLIENT_SECRET = pool.clientSecret;
  };
  return { service: 'cognito-idp', port, gatePort, stop, env, reachedAt };
}

async function ses({ folder }) {
  const port = await freePort();
  const stop = await startProgram('ses', port, folder, [
    ...['node', join(kModules, 'aws-ses-v2-local/dist/cli.js')],
    ...['--host', '127.0.0.1', '--port', String(port)],
  ]);
  return { service: 'ses', port, stop };
}

async function sqs() {
  const queues = new Sqs();
  const { port, close } = await queues.open();
  const names = { queue: 'imagify-generations', dead: 'imagify-generations-dead' };
  const env = {};
  const reachedAt = (url) => {
    queues.url = url;
    queues.create({ QueueName: names.dead });
    const policy = {
      deadLetterTargetArn: queues.named(names.dead).arn,
      maxReceiveCount: 3,
    };
    const created = queues.create({
      QueueName: names.queue,
      Attributes: { VisibilityTimeout: '90', RedrivePolicy: JSON.stringify(policy) },
    });
    env.IMAGIFY_TEST_SQS_QUEUE = created.QueueUrl;
  };
  return { service: 'sqs', port, stop: close, reachedAt, env };
}

async function secrets() {
  const { port, close } = await new Secrets().open();
  return { service: 'secretsmanager', port, stop: close };
}

async function redis({ folder }) {
  const port = await freePort();
  const stop = await startProgram('redis', port, folder, [
    ...['redis-server', '--bind', '127.0.0.1', '--port', String(port)],
    ...['--save', '', '--appendonly', 'no'],
  ]);
  return { url: `redis://127.0.0.1:${port}`, stop };
}

/** By name: starts it; gives {service, port} for a gate or {url}, and {stop, env?, reachedAt?}. */
export const emulators = { dynamodb, s3, cognito, ses, sqs, secrets, redis };
