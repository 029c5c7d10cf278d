// ./run deploy and ./run destroy, up to where AWS would be changed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fakeAws } from './fake-aws';
import type { FakeAccount } from './fake-aws';
import { kRoot } from './support';

const folder = mkdtempSync(join(tmpdir(), 'imagify-deploy-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const networks = join(folder, 'ranges.json');
writeFileSync(
  networks,
  JSON.stringify({
    prefixes: [
      { ip_prefix: '192.0.2.0/24', service: 'CLOUDFRONT_ORIGIN_FACING' },
      { ip_prefix: '198.51.100.0/24', service: 'EC2' },
    ],
  }),
);

const kBootstrapped = { CDKToolkit: {} };
const kNeeded = ['--vnpayTmnCode', 'TESTTMN1', '--mailFrom', 'no-reply@pictures.example'];

/** Without what a developer's shell knows of an account. */
const kBare = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name)),
);
const kKeys = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'invented' };

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

async function run(
  command: 'deploy' | 'destroy',
  words: string[],
  account: Partial<FakeAccount> = {},
  keys: Record<string, string> = kKeys,
): Promise<Ended & { asked: string[] }> {
  const whole: FakeAccount = { stacks: {}, asked: [], ...account };
  const child = spawn(
    process.execPath,
    [
      `--import=${join(kRoot, 'infra/node_modules/tsx/dist/loader.mjs')}`,
      join(kRoot, `infra/deploy/${command}.ts`),
      ...words,
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...kBare,
        ...keys,
        HOME: folder,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_MAX_ATTEMPTS: '1',
        AWS_ENDPOINT_URL: await fakeAws(whole),
      },
    },
  );
  let [out, err] = ['', ''];
  child.stdout.on('data', (piece) => (out += piece));
  child.stderr.on('data', (piece) => (err += piece));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err, asked: whole.asked };
}

const deploy = (words: string[], account?: Partial<FakeAccount>, keys?: Record<string, string>) =>
  run('deploy', ['--networks', networks, ...words], account, keys);

test('help has examples and asks nobody', async () => {
  for (const command of ['deploy', 'destroy'] as const) {
    const { code, out, asked } = await run(command, ['--help'], {}, {});
    assert.equal(code, 0);
    assert.match(out, /Examples\n {2}\.\/run d/);
    assert.deepEqual(asked, []);
  }
});

test('missing settings are named, all of them, before anything is asked', async () => {
  const { code, err, asked } = await deploy(['--region', 'mars']);
  assert.equal(code, 1);
  for (const word of [/vnpayTmnCode is missing/, /mailFrom is missing/, /region is "mars"/])
    assert.match(err, word);
  assert.match(err, /Nothing was built or changed/);
  assert.deepEqual(asked, []);
});

test('a setting that there is not is told from those that there are', async () => {
  const { code, err } = await deploy(['-c', 'regoin=ap-southeast-1', ...kNeeded]);
  assert.equal(code, 2);
  assert.match(err, /There is no setting "regoin".*region/);
});

test('without credentials it says how to get some', async () => {
  const { code, err } = await deploy(kNeeded, {}, {});
  assert.equal(code, 1);
  assert.match(err, /There are no AWS credentials/);
  assert.match(err, /aws configure sso/);
});

test('expired and unknown credentials are told apart', async () => {
  assert.match((await deploy(kNeeded, { refusal: 'ExpiredToken' })).err, /have expired/);
  assert.match(
    (await deploy(kNeeded, { refusal: 'InvalidClientTokenId' })).err,
    /does not know these credentials/,
  );
});

test("another account's credentials are refused", async () => {
  const { code, err } = await deploy([...kNeeded, '--account', '999900001111']);
  assert.equal(code, 1);
  assert.match(err, /of account 111122223333 .*for 999900001111/);
});

test('a region without the bootstrap is named, with the command for it', async () => {
  const { code, err } = await deploy(kNeeded);
  assert.equal(code, 1);
  assert.match(err, /npx cdk bootstrap aws:\/\/111122223333\/ap-southeast-1/);
});

test('a dry run prints what would be run and changes nothing', async () => {
  const { code, out, asked } = await deploy([...kNeeded, '--dry-run'], { stacks: kBootstrapped });
  assert.equal(code, 0);
  assert.match(out, /Account 111122223333 as arn:aws:iam::111122223333:user\/an/);
  assert.match(out, /\.\/run package --arch x86_64/);
  assert.match(out, /npx cdk deploy --all .*-c proxyNetworks=192\.0\.2\.0\/24/);
  assert.match(out, /once more, with the address that CloudFront gave/);
  assert.ok(asked.every((one) => /^(GetCallerIdentity|DescribeStacks)/.test(one)));
});

test('the address that CloudFront gave is known the next time', async () => {
  const stacks = {
    ...kBootstrapped,
    ImagifyFrontendStack: { SiteUrl: 'https://d1.cloudfront.net' },
  };
  const { out } = await deploy([...kNeeded, '--dry-run'], { stacks });
  assert.match(out, /-c publicUrl=https:\/\/d1\.cloudfront\.net/);
  assert.doesNotMatch(out, /once more/);
});

test('settings come from a file, and the command line wins', async () => {
  const file = join(folder, 'own.json');
  writeFileSync(
    file,
    JSON.stringify({ vnpayTmnCode: 'FILETMN1', mailFrom: 'a@pictures.example', phase: 2 }),
  );
  const words = ['--settings', file, '--vnpayTmnCode', 'LINETMN1', '--dry-run'];
  const { code, out } = await deploy(words, { stacks: kBootstrapped });
  assert.equal(code, 0);
  assert.match(out, /phase 2/);
  assert.match(out, /-c vnpayTmnCode=LINETMN1/);
  writeFileSync(file, '{');
  assert.match((await deploy(words)).err, /is no JSON/);
});

test('the role for GitHub is a stack of its own', async () => {
  const words = ['--role-for', 'owner/imagify', '--dry-run'];
  const { code, out } = await deploy(words, { stacks: kBootstrapped });
  assert.equal(code, 0);
  assert.match(out, /bin\/deploy-role\.ts.*-c repository=owner\/imagify/);
  const wrong = await deploy(['--role-for', 'imagify']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /write OWNER\/NAME/);
});

test('destroy lists what goes and what stays, and asks for the name of the stage', async () => {
  const stacks = { 'ImagifyLambdaStack-dev': {}, 'ImagifyDatabaseStack-dev': {} };
  const dry = await run('destroy', ['--stage', 'dev', '--dry-run'], { stacks });
  assert.equal(dry.code, 0, dry.err);
  assert.match(dry.out, /These stacks go:[^]*ImagifyLambdaStack-dev \(ap-southeast-1\)/);
  assert.match(dry.out, /This stays[^]*imagify-users-dev/);
  assert.doesNotMatch(dry.out, /ImagifyAuthStack-dev \(/);
  for (const said of [[], ['--yes', 'prod']]) {
    const ended = await run('destroy', ['--stage', 'dev', ...said], { stacks });
    assert.equal(ended.code, 1);
    assert.match(ended.err, /is not dev: nothing was changed/);
    assert.ok(ended.asked.every((one) => !/^Update|^Delete/.test(one)));
  }
});

test('there may be nothing to destroy', async () => {
  const { code, err } = await run('destroy', ['--stage', 'dev'], {});
  assert.equal(code, 1);
  assert.match(err, /no stack of stage dev/);
});
