// All stacks, in every phase and for both machines, with AWS's rules of good practice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { checkRules } from '../lib/nag';
import { buildWith, templatesOf } from './support';

for (const phase of [1, 2, 3])
  for (const architecture of ['x86_64', 'arm64'])
    test(`phase ${phase} on ${architecture} has no unexplained finding`, () => {
      const { assembly } = templatesOf({ phase, architecture });
      const names = assembly.stacks.map(({ stackName }) => stackName);
      for (const name of ['Database', 'Auth', 'Storage', 'Security', 'Lambda'])
        assert.ok(names.includes(`Imagify${name}Stack`), `${name} of ${names}`);
    });

test('the rules find a public bucket', () => {
  const { app, stacks } = buildWith();
  new s3.Bucket(stacks.storage, 'Leak');
  checkRules(app);
  assert.throws(() => app.synth(), /Validation failed/);
});

test('an explained wildcard explains no other', () => {
  const { app, stacks } = buildWith();
  const { role } = stacks.lambda.functions.worker;
  role!.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  checkRules(app);
  assert.throws(() => app.synth(), /Validation failed/);
});

test('stages share an account', () => {
  const { assembly, templates } = templatesOf({ stage: 'dev' });
  assert.ok(assembly.stacks.every(({ stackName }) => stackName.endsWith('-dev')));
  templates.database.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    TableName: 'imagify-users-dev',
  });
  templates.lambda.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'imagify-auth-function-dev',
  });
});
