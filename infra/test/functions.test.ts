// What the functions may do, what calls them, and how they are released.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kTasks } from '../lib/schedules';
import { kRoot, templatesOf } from './support';

const { templates } = templatesOf();
const resources = Object.entries<any>(templates.lambda.toJSON().Resources);
const of = (type: string) => resources.filter(([, { Type }]) => Type === type);
const properties = (type: string): any[] => of(type).map(([, { Properties }]) => Properties);
const listed = (value: unknown): any[] => (Array.isArray(value) ? value : [value]);
const functions = of('AWS::Lambda::Function').map(([id, { Properties }]) => ({
  id,
  name: Properties.Environment.Variables.IMAGIFY_ROUTES as string,
  ...Properties,
}));

/** Statements of a function's role: [{actions, resources}], resources as text. */
function rightsOf(name: string) {
  const { Role: role } = functions.find((one) => one.name === name)!;
  return properties('AWS::IAM::Policy')
    .filter(({ Roles }) => Roles[0].Ref === role['Fn::GetAtt'][0])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map(({ Action, Resource }) => ({
      actions: listed(Action) as string[],
      resources: listed(Resource).map((one) => JSON.stringify(one)),
    }));
}

/** Of the CDK's own making: it copies the site into its bucket, and is explained to cdk-nag. */
const kOfTheCdk = /^CustomCDKBucketDeployment/;

/** Every statement of every policy in every stack. */
function allStatements(all = Object.values(templates)) {
  return all.flatMap((template) =>
    Object.entries<any>(template.findResources('AWS::IAM::Policy'))
      .filter(([id]) => !kOfTheCdk.test(id))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement),
  );
}

const wildcards = (statements: any[]) =>
  statements.flatMap(({ Action }) => listed(Action)).filter((action) => action.includes('*'));

test('no action is a wildcard', () => {
  assert.ok(allStatements().length > 20);
  assert.deepEqual(wildcards(allStatements()), []);
  assert.deepEqual(wildcards([{ Action: ['s3:Get*'] }]), ['s3:Get*']);
});

test('functions have five names, sizes and machines', () => {
  const sizes = functions.map(({ name, MemorySize, Timeout }) => [name, MemorySize, Timeout]);
  assert.deepEqual(sizes.sort(), [
    ['auth', 256, 29],
    ['image', 512, 29],
    ['payment', 256, 29],
    ['scheduler', 256, 55],
    ['worker', 512, 80],
  ]);
  for (const one of functions) {
    assert.equal(one.FunctionName, `imagify-${one.name}-function`);
    assert.deepEqual(one.Architectures, ['x86_64']);
    assert.equal(one.TracingConfig.Mode, 'Active');
  }
  const arm = templatesOf({ architecture: 'arm64' }).templates.lambda;
  for (const one of Object.values<any>(arm.findResources('AWS::Lambda::Function')))
    assert.deepEqual(one.Properties.Architectures, ['arm64']);
});

/** The ARN of a secret of which a setting names a member: {"Fn::Join": ["", [ARN, "#current"]]}. */
const wholeSecret = (value: any) => value['Fn::Join']?.[1][0] ?? value;

test('each function reads the secrets that its settings name, and no other', () => {
  for (const { name, Environment } of functions) {
    const named = Object.entries(Environment.Variables)
      .filter(([variable]) => variable.endsWith('_ARN'))
      .map(([, value]) => JSON.stringify(wholeSecret(value)));
    const readable = rightsOf(name)
      .filter(({ actions }) => actions.includes('secretsmanager:GetSecretValue'))
      .flatMap(({ resources: allowed }) => allowed);
    assert.deepEqual(readable.sort(), [...new Set(named)].sort(), name);
  }
});

test('who paints can sign nothing, who signs can paint nothing', () => {
  const variables = (name: string) =>
    functions.find((one) => one.name === name)!.Environment.Variables;
  assert.ok(!variables('worker').JWT_SECRET_ARN && !variables('worker').VNPAY_HASH_SECRET_ARN);
  for (const name of ['auth', 'image'])
    assert.ok(!variables(name).VNPAY_HASH_SECRET_ARN && !variables(name).CLIPDROP_API_SECRET_ARN);
});

test('the ledger cannot be deleted, and nobody reads whole tables', () => {
  for (const { name } of functions)
    for (const { actions, resources: where } of rightsOf(name)) {
      const text = where.join();
      assert.ok(!actions.includes('dynamodb:Scan'), name);
      if (/TransactionsTable/.test(text)) assert.ok(!actions.includes('dynamodb:DeleteItem'), name);
      if (text === '"*"')
        assert.deepEqual(actions, ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], name);
    }
});

test('a message comes to one worker at a time, and is put aside after three', () => {
  const [worker] = functions.filter(({ name }) => name === 'worker');
  const queues = properties('AWS::SQS::Queue');
  const work = queues.find(({ RedrivePolicy }) => RedrivePolicy)!;
  assert.ok(work.VisibilityTimeout > worker!.Timeout);
  assert.equal(work.RedrivePolicy.maxReceiveCount, 3);
  for (const queue of queues) assert.equal(queue.SqsManagedSseEnabled, true);
  const [source] = properties('AWS::Lambda::EventSourceMapping');
  assert.equal(source.BatchSize, 1);
  assert.deepEqual(source.FunctionResponseTypes, ['ReportBatchItemFailures']);
  assert.ok(source.ScalingConfig.MaximumConcurrency >= 2);
});

test('a worker has time for what it takes', () => {
  const source = readFileSync(join(kRoot, 'src/app/lambda_backend.cpp'), 'utf8');
  const generation = readFileSync(join(kRoot, 'src/domain/generation.hpp'), 'utf8');
  const limit = Number(/kGenerationLimit\{(\d+)\}/.exec(generation)![1]);
  const margin = Number(/kGenerationLimit \+ std::chrono::seconds\((\d+)\)/.exec(source)![1]);
  const [worker] = functions.filter(({ name }) => name === 'worker');
  assert.ok(worker!.Timeout > limit + margin, `${worker!.Timeout} s for ${limit + margin}`);
});

test('the scheduler is asked for tasks that it has, and for all of them', () => {
  const source = ['lambda_backend.cpp', 'lambda_server.cpp']
    .map((file) => readFileSync(join(kRoot, 'src/app', file), 'utf8'))
    .join('');
  const has = [...source.matchAll(/\{"([a-z]+)",\s*\[this\]/g)].map(([, task]) => task);
  assert.ok(has.includes('reap'));
  // Only there while a secret changes; the daily call asks for whatever there is.
  assert.deepEqual([...kTasks, 'reseal'].sort(), has.sort());
  const inputs = properties('AWS::Events::Rule').map(({ Targets }) => Targets[0].Input);
  assert.equal(inputs.filter((input) => input === undefined).length, 1);
  assert.ok(inputs.includes('{"imagify":"reap"}'));
});

test('everybody calls the live version, and a bad one is taken back', () => {
  const aliases = of('AWS::Lambda::Alias');
  assert.equal(aliases.length, 5);
  for (const [id, { UpdatePolicy }] of aliases)
    assert.ok(UpdatePolicy.CodeDeployLambdaAliasUpdate.DeploymentGroupName, id);
  for (const group of properties('AWS::CodeDeploy::DeploymentGroup')) {
    assert.equal(group.DeploymentConfigName, 'CodeDeployDefault.LambdaCanary10Percent5Minutes');
    assert.ok(group.AlarmConfiguration.Enabled && group.AlarmConfiguration.Alarms.length > 0);
    assert.ok(group.AutoRollbackConfiguration.Events.includes('DEPLOYMENT_STOP_ON_ALARM'));
  }
  for (const method of properties('AWS::ApiGateway::Method'))
    assert.match(JSON.stringify(method.Integration.Uri), /Aliaslive/);
});

test('logs are kept two months', () => {
  const groups = properties('AWS::Logs::LogGroup');
  assert.equal(groups.length, 6);
  for (const { LogGroupName, RetentionInDays } of groups)
    assert.equal(RetentionInDays, 60, LogGroupName);
});
