// Phase 3: a second region that has everything and writes nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import type { Template } from 'aws-cdk-lib/assertions';
import { settingsOf, templatesOf } from './support';

const kDomain = {
  domain: 'pictures.example',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/ab-12',
};
const { stacks, templates } = templatesOf({ phase: 3, ...kDomain });
const of = (template: Template, type: string) =>
  Object.values<any>(template.findResources(type)).map(({ Properties }) => Properties);

/** Imagify's own; the CDK has some to carry names between regions. */
const functionsOf = (template: Template) =>
  of(template, 'AWS::Lambda::Function').filter(({ FunctionName }) => FunctionName);

/** Whether what the stack's functions are called by is switched on. */
function isAwake(template: Template): boolean {
  const functions = functionsOf(template).map(
    ({ ReservedConcurrentExecutions: most }) => most !== 0,
  );
  const rules = of(template, 'AWS::Events::Rule').map(({ State }) => State === 'ENABLED');
  const [queue] = of(template, 'AWS::Lambda::EventSourceMapping');
  const all = new Set([...functions, ...rules, queue.Enabled !== false]);
  assert.equal(functions.length, 5);
  assert.equal(all.size, 1, 'half asleep');
  return [...all][0]!;
}

/** Where CloudFront sends what is for the API. */
const apiOf = (template: Template) =>
  JSON.stringify(
    of(template, 'AWS::CloudFront::Distribution')[0].DistributionConfig.Origins.find(
      ({ CustomOriginConfig }: any) => CustomOriginConfig,
    ).DomainName,
  );

test('one region works and the other one sleeps', () => {
  assert.equal(isAwake(templates.lambda), true);
  assert.equal(isAwake(templates.replicaLambda), false);
  assert.match(apiOf(templates.frontend), /execute-api\.ap-southeast-1/);
});

test('after a failover it is the other way round', () => {
  const failed = templatesOf({ phase: 3, activeRegion: 'ap-southeast-2' }).templates;
  assert.equal(isAwake(failed.lambda), false);
  assert.equal(isAwake(failed.replicaLambda), true);
  assert.match(apiOf(failed.frontend), /execute-api\.ap-southeast-2/);
});

test('phases before have no second region', () => {
  for (const phase of [1, 2])
    for (const name of ['replica', 'replicaNetwork', 'replicaLambda', 'health'] as const)
      assert.equal(templatesOf({ phase, ...kDomain }).templates[name], undefined);
});

test('both regions run the same functions, with copies of the same things', () => {
  const byName = (template: Template) =>
    Object.fromEntries<any>(
      functionsOf(template).map(({ FunctionName, Environment }) => [
        FunctionName,
        Environment.Variables,
      ]),
    );
  const first = byName(templates.lambda);
  const second = byName(templates.replicaLambda);
  assert.deepEqual(Object.keys(second).sort(), Object.keys(first).sort());
  for (const [name, variables] of Object.entries(second)) {
    assert.deepEqual(Object.keys(variables).sort(), Object.keys(first[name]).sort(), name);
    assert.equal(variables.TRANSACTIONS_TABLE, 'imagify-transactions');
    assert.match(JSON.stringify(variables.IMAGES_BUCKET), /-ap-southeast-2/);
    const secret = JSON.stringify(variables.JWT_SECRET_ARN ?? 'secret:imagify/jwt#current');
    assert.match(secret, /secret:imagify\/jwt#current/);
  }
});

test('tables and secrets are copied there', () => {
  for (const { Replicas } of of(templates.database, 'AWS::DynamoDB::GlobalTable'))
    assert.ok(Replicas.some(({ Region }: any) => Region === 'ap-southeast-2'));
  for (const { ReplicaRegions } of of(templates.security, 'AWS::SecretsManager::Secret'))
    assert.deepEqual(ReplicaRegions, [{ Region: 'ap-southeast-2' }]);
});

test('functions there may do with the copies what they need, and nothing with the originals', () => {
  const policies = JSON.stringify(of(templates.replicaLambda, 'AWS::IAM::Policy'));
  assert.match(policies, /:dynamodb:ap-southeast-2:/);
  assert.doesNotMatch(policies, /:dynamodb:ap-southeast-1:/);
  assert.match(policies, /secret:imagify\/jwt-\?{6}/);
});

test('the API there is behind a firewall that knows CloudFront too', () => {
  const [acl] = of(templates.replica, 'AWS::WAFv2::WebACL');
  const match = acl.Rules[0].Statement.NotStatement.Statement.ByteMatchStatement;
  assert.equal(match.SearchString, '{{resolve:secretsmanager:imagify/origin:SecretString:::}}');
  templates.replicaLambda.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
});

test('the site comes from the other bucket when the first one fails', () => {
  const [{ DistributionConfig: config }] = of(
    templates.frontend,
    'AWS::CloudFront::Distribution',
  );
  const [group, ...others] = config.OriginGroups.Items;
  assert.deepEqual(others, []);
  assert.deepEqual(group.FailoverCriteria.StatusCodes.Items, [500, 502, 503, 504]);
  assert.equal(config.DefaultCacheBehavior.TargetOriginId, group.Id);
  const spare = config.Origins.find(({ Id }: any) => Id === group.Members.Items[1].OriginId);
  assert.match(JSON.stringify(spare.DomainName), /-ap-southeast-2.*s3\.ap-southeast-2/);
  const statements = of(templates.replica, 'AWS::S3::BucketPolicy').flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
  const reader = statements.find(({ Action }) => Action === 's3:GetObject');
  assert.deepEqual(reader.Principal, { Service: 'cloudfront.amazonaws.com' });
  assert.deepEqual(reader.Condition.StringEquals['AWS:SourceAccount'], { Ref: 'AWS::AccountId' });
});

// A group of origins would send a payment to the region that sleeps, or to both.
test('the API has one origin, which only a person changes', () => {
  const [{ DistributionConfig: config }] = of(
    templates.frontend,
    'AWS::CloudFront::Distribution',
  );
  const groups = config.OriginGroups.Items.map(({ Id }: any) => Id);
  for (const { PathPattern, TargetOriginId } of config.CacheBehaviors)
    if (!PathPattern.startsWith('/assets'))
      assert.ok(!groups.includes(TargetOriginId), PathPattern);
});

test('pictures of both buckets may be shown', () => {
  const policies = JSON.stringify(
    of(templates.frontend, 'AWS::CloudFront::ResponseHeadersPolicy'),
  );
  assert.match(policies, /s3\.ap-southeast-1\.amazonaws\.com/);
  assert.match(policies, /s3\.ap-southeast-2\.amazonaws\.com/);
});

test('somebody is told when the site does not answer', () => {
  const health = templates.health;
  health.hasResourceProperties('AWS::Route53::HealthCheck', {
    HealthCheckConfig: Match.objectLike({
      FullyQualifiedDomainName: 'pictures.example',
      ResourcePath: '/readyz',
      Type: 'HTTPS',
    }),
  });
  health.hasResourceProperties('AWS::CloudWatch::Alarm', { TreatMissingData: 'breaching' });
  health.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: settingsOf().alarmEmail,
  });
  assert.equal(stacks.health!.region, 'us-east-1');
});

test('letters have a sender there too', () => {
  templates.replica.resourceCountIs('AWS::SES::EmailIdentity', 1);
});
