// The functions' settings against the program that reads them: names by its source, values by
// starting it with exactly what the stacks set.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deployed, startFunction } from './runtime';
import { kRoot, templatesOf } from './support';

/** Has a default that does: without it the function starts all the same. */
const kDefaulted = [
  'SELLER_NAME',
  'JWT_SECRET_PREVIOUS_ARN', // Then sessions end when the key changes.
  'IDENTITY', // Then nobody's password is asked at Cognito.
  'LIMITS',
  'S3_PRESIGN',
  'USERS_TABLE',
  'TRANSACTIONS_TABLE',
  'IMAGES_TABLE',
  'QUEUE',
  'PAINTERS',
  'CORS_ORIGINS',
  'TRUSTED_PROXIES',
  'IMAGIFY_MODE',
  'IMAGIFY_ROUTES',
];

function functionsOf(context: Record<string, unknown> = {}) {
  const { templates } = templatesOf(context);
  const found = templates.lambda.findResources('AWS::Lambda::Function', {
    Properties: { Runtime: 'provided.al2023' },
  });
  return Object.values<any>(found).map(({ Properties }) => ({
    name: Properties.FunctionName as string,
    variables: Properties.Environment.Variables as Record<string, unknown>,
  }));
}

const kMost = {
  corsOrigins: 'https://shop.example',
  proxyNetworks: '13.124.199.0/24,2600:9000:3000::/36',
};

/** Every name of a setting in the program's source. */
function readNames(): Set<string> {
  const folder = join(kRoot, 'src/app');
  const names = new Set<string>();
  for (const file of readdirSync(folder).filter((name) => /(config|secrets)\.cpp$/.test(name)))
    for (const [, name] of readFileSync(join(folder, file), 'utf8').matchAll(/"([A-Z][A-Z0-9_]+)"/g))
      names.add(name!);
  return names;
}

test('every setting that is made is read', () => {
  const known = readNames();
  assert.ok(known.has('STORE') && known.has('JWT_SECRET_ARN'), 'the source was not understood');
  assert.ok(!known.has('MONGODB_URI'));
  const functions = functionsOf(kMost);
  assert.equal(functions.length, 5);
  for (const { name, variables } of functions)
    for (const variable of Object.keys(variables))
      assert.ok(known.has(variable), `${name}: nobody reads ${variable}`);
});

test('settings fit into what Lambda allows', () => {
  // CloudFront has about 120 networks from which it asks origins.
  const proxyNetworks = Array.from({ length: 120 }, (_, one) => `2600:9000:${one}::/36`);
  for (const { name, variables } of functionsOf({ proxyNetworks })) {
    const bytes = JSON.stringify(deployed(variables)).length;
    assert.ok(bytes < 4096, `${name}: ${bytes} bytes of 4096`);
  }
});

for (const { name, variables } of functionsOf(kMost))
  test(`${name} starts with them, and needs each that has no default`, async () => {
    const given = deployed(variables);
    assert.equal(await startFunction(given), undefined);
    for (const variable of Object.keys(given)) {
      if (kDefaulted.includes(variable)) continue;
      const { [variable]: _, ...rest } = given;
      assert.ok(await startFunction(rest), `${name} does not need ${variable}`);
    }
  });

test('with local passwords functions start too', async () => {
  for (const { name, variables } of functionsOf({ identity: 'local', painters: 'demo' })) {
    assert.ok(!('COGNITO_CLIENT_ID' in variables), name);
    assert.equal(await startFunction(deployed(variables)), undefined, name);
  }
});
