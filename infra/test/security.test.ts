// Secrets, firewalls and the trail.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { kRoot, templatesOf } from './support';

const { templates } = templatesOf();
const resources = (type: string) =>
  Object.values<any>(templates.security.findResources(type)).map(({ Properties }) => Properties);

const [acl] = resources('AWS::WAFv2::WebACL');
const ruleOf = (name: string) => acl.Rules.find(({ Name }: any) => Name === name);

test('secrets are made up by AWS, outlive the stack and are in no template', () => {
  const all = Object.values<any>(templates.security.findResources('AWS::SecretsManager::Secret'));
  assert.equal(all.length, 4);
  for (const { Properties, DeletionPolicy } of all) {
    assert.equal(DeletionPolicy, 'Retain');
    assert.equal(Properties.SecretString, undefined);
    assert.equal(Properties.GenerateSecretString.PasswordLength, 64);
  }
});

test('the key that signs sessions is changed, by somebody who may only do that', () => {
  templates.security.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
    RotationRules: { ScheduleExpression: 'rate(30 days)' },
    RotateImmediatelyOnUpdate: false,
  });
  const policies = resources('AWS::IAM::Policy').flatMap((one) => one.PolicyDocument.Statement);
  const actions = policies.flatMap(({ Action }) => Action);
  assert.deepEqual(
    [...new Set(actions)].filter((action) => !/^(logs|secretsmanager):\w+$/.test(action)),
    [],
  );
  const wide = policies.filter(({ Resource }) => Resource === '*');
  assert.deepEqual(
    wide.map(({ Action }) => Action),
    ['secretsmanager:GetRandomPassword'],
  );
});

test('functions read both keys of that secret', () => {
  const functions = Object.values<any>(
    templates.lambda.findResources('AWS::Lambda::Function'),
  ).map(({ Properties }) => Properties.Environment.Variables);
  const signing = functions.filter(({ JWT_SECRET_ARN }) => JWT_SECRET_ARN);
  assert.equal(signing.length, 4);
  for (const { JWT_SECRET_ARN, JWT_SECRET_PREVIOUS_ARN } of signing) {
    assert.match(JSON.stringify(JWT_SECRET_ARN), /#current/);
    assert.match(JSON.stringify(JWT_SECRET_PREVIOUS_ARN), /#previous/);
  }
});

test('the API answers CloudFront only, and nobody too often', () => {
  assert.equal(acl.Scope, 'REGIONAL');
  const { NotStatement } = ruleOf('OnlyFromCloudFront').Statement;
  const match = NotStatement.Statement.ByteMatchStatement;
  assert.deepEqual(match.FieldToMatch, { SingleHeader: { Name: 'x-imagify-origin' } });
  assert.match(JSON.stringify(match.SearchString), /{{resolve:secretsmanager:.*OriginSecret/);
  assert.deepEqual(ruleOf('OnlyFromCloudFront').Action, { Block: {} });
  const rate = ruleOf('Rate').Statement.RateBasedStatement;
  assert.equal(rate.AggregateKeyType, 'FORWARDED_IP');
  assert.equal(rate.Limit, 2000);
});

test('rules come in an order, each with its figure', () => {
  const priorities = acl.Rules.map(({ Priority }: any) => Priority);
  assert.equal(new Set(priorities).size, acl.Rules.length);
  const metrics = acl.Rules.map(({ VisibilityConfig }: any) => VisibilityConfig.MetricName);
  assert.equal(new Set(metrics).size, acl.Rules.length);
  for (const name of ['CommonRuleSet', 'KnownBadInputsRuleSet', 'SQLiRuleSet']) {
    const group = ruleOf(name).Statement.ManagedRuleGroupStatement;
    assert.equal(group.Name, `AWSManagedRules${name}`);
    assert.deepEqual(ruleOf(name).OverrideAction, { None: {} }, `${name} only counts`);
  }
});

test('what customers write and what VNPAY sends is not stopped', () => {
  const counted = ['CommonRuleSet', 'SQLiRuleSet'].flatMap((name) =>
    ruleOf(name).Statement.ManagedRuleGroupStatement.RuleActionOverrides.map(
      ({ Name, ActionToUse }: any) => (ActionToUse.Count ? Name : undefined),
    ),
  );
  for (const rule of ['NoUserAgent_HEADER', 'CrossSiteScripting_BODY', 'SQLi_BODY'])
    assert.ok(counted.includes(rule), rule);
  // The address has to be the one that VNPAY is told.
  const exempt = JSON.stringify(ruleOf('Rate').Statement.RateBasedStatement.ScopeDownStatement);
  const path = /"SearchString":"([^"]+)"/.exec(exempt)![1]!;
  const description = readFileSync(join(kRoot, 'api/openapi.yaml'), 'utf8');
  assert.ok(description.includes(`\n  ${path}:`), path);
});

test("the firewall's log has no sessions in it", () => {
  templates.security.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
    RedactedFields: ['authorization', 'cookie', 'x-imagify-origin'].map((Name) => ({
      SingleHeader: { Name },
    })),
  });
  templates.security.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: Match.stringLikeRegexp('^aws-waf-logs-'),
  });
});

test('the trail covers all regions and shows when it was tampered with', () => {
  templates.security.hasResourceProperties('AWS::CloudTrail::Trail', {
    IsLogging: true,
    IsMultiRegionTrail: true,
    EnableLogFileValidation: true,
    IncludeGlobalServiceEvents: true,
  });
});

test('no bucket of logs is public, plain or forgotten', () => {
  const buckets = Object.values<any>(templates.security.findResources('AWS::S3::Bucket'));
  assert.equal(buckets.length, 2);
  for (const { Properties, DeletionPolicy } of buckets) {
    assert.equal(DeletionPolicy, 'Retain');
    assert.deepEqual(Object.values(Properties.PublicAccessBlockConfiguration), Array(4).fill(true));
    assert.ok(Properties.BucketEncryption);
    assert.ok(Properties.LifecycleConfiguration.Rules[0].ExpirationInDays <= 365);
  }
});
