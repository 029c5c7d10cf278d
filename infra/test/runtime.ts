// Starts the program as Lambda would, with Lambda's Runtime API and the Secrets Manager played here.
import { spawn } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { kProgram } from './support';

const kSecret = '0123456789abcdef'.repeat(4);
const kPatienceMs = 20_000;

/** What is only known once it is deployed, as it looks then. */
const kDeployed: Record<string, string> = {
  SQS_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/111122223333/imagify-work',
  COGNITO_USER_POOL_ID: 'ap-southeast-1_AbCdEfGhI',
  COGNITO_CLIENT_ID: '1h57kf5cpq17m0eml12EXAMPLE',
};

/** "#current" of a secret's ARN that is put together with it. */
const memberOf = (value: unknown) => /"(#\w+)"\]/.exec(JSON.stringify(value))?.[1] ?? '';

export function deployed(variables: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? value
        : (kDeployed[name] ?? `deployed-${name.toLowerCase()}${memberOf(value)}`),
    ]),
  );
}

/** A secret of one value, or of members: a session key has two, and at first only one in use. */
const secretCalled = (request: string) =>
  request.includes('jwt') ? JSON.stringify({ current: kSecret, previous: '' }) : kSecret;

/** Resolves to nothing when the function asks for work, else to why it does not start. */
export async function startFunction(variables: Record<string, string>): Promise<string | undefined> {
  let settle: (outcome: string | undefined) => void = () => {};
  const outcome = new Promise<string | undefined>((resolve) => (settle = resolve));
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url?.endsWith('/invocation/next')) return settle(undefined);
      if (request.url?.endsWith('/init/error')) settle(Buffer.concat(chunks).toString());
      const secret = JSON.stringify({ SecretString: secretCalled(String(Buffer.concat(chunks))) });
      return response.writeHead(200, { 'content-type': 'application/json' }).end(secret);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(kProgram, ['lambda'], {
    stdio: 'ignore',
    env: {
      AWS_LAMBDA_RUNTIME_API: here,
      SECRETS_ENDPOINT: `http://${here}`,
      AWS_REGION: 'ap-southeast-1',
      // As on Lambda, whose disk cannot be written: whoever needs no table would need this.
      IMAGIFY_DATA: '/proc/imagify',
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'secret-of-a-test',
      ...variables,
    },
  });
  child.once('error', (error) => settle(error.message));
  child.once('exit', (code) => settle(`it ended with ${code} and said nothing`));
  const timer = setTimeout(() => settle('it neither started nor failed'), kPatienceMs);
  const said = await outcome;
  clearTimeout(timer);
  child.removeAllListeners();
  child.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  return said;
}
