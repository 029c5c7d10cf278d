// Phase 2: Redis, and who reaches it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { templatesOf } from './support';

const { templates } = templatesOf({ phase: 2 });
const network = templates.network;
const of = (type: string) =>
  Object.values<any>(network.findResources(type)).map(({ Properties }) => Properties);

test('phase 1 has no network and pays for none', () => {
  const first = templatesOf().templates;
  assert.equal(first.network, undefined);
  for (const template of Object.values(first)) {
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::ElastiCache::ReplicationGroup', 0);
  }
});

test('Redis speaks TLS, wants a password, and has a second node in another zone', () => {
  network.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
    Engine: 'valkey',
    TransitEncryptionEnabled: true,
    TransitEncryptionMode: 'required',
    AtRestEncryptionEnabled: true,
    AutomaticFailoverEnabled: true,
    MultiAZEnabled: true,
    NumCacheClusters: 2,
  });
  const [{ AuthToken }] = of('AWS::ElastiCache::ReplicationGroup');
  assert.match(JSON.stringify(AuthToken), /{{resolve:secretsmanager:.*CachePassword/);
});

test('only functions reach Redis, and nobody reaches functions', () => {
  const [rule, ...others] = of('AWS::EC2::SecurityGroupIngress');
  assert.deepEqual(others, []);
  assert.deepEqual([rule.FromPort, rule.ToPort, rule.IpProtocol], [6379, 6379, 'tcp']);
  assert.match(JSON.stringify(rule.SourceSecurityGroupId), /Functions/);
  for (const group of of('AWS::EC2::SecurityGroup'))
    assert.equal(group.SecurityGroupIngress, undefined);
  for (const subnet of of('AWS::EC2::Subnet')) assert.equal(subnet.MapPublicIpOnLaunch, false);
  const [subnets] = of('AWS::ElastiCache::SubnetGroup');
  for (const { Ref } of subnets.SubnetIds) assert.match(Ref, /^Vpccache/);
});

test('S3 and DynamoDB are reached without the NAT gateway, and no endpoint costs money', () => {
  const endpoints = of('AWS::EC2::VPCEndpoint');
  assert.deepEqual(
    endpoints.map(({ VpcEndpointType }) => VpcEndpointType),
    ['Gateway', 'Gateway'],
  );
  const services = JSON.stringify(endpoints.map(({ ServiceName }) => ServiceName));
  assert.ok(services.includes('s3') && services.includes('dynamodb'));
  assert.equal(of('AWS::EC2::NatGateway').length, 1);
});

test('functions that answer customers count in Redis; the others stay outside', () => {
  const functions = Object.values<any>(
    templates.lambda.findResources('AWS::Lambda::Function'),
  ).map(({ Properties }) => Properties);
  for (const { FunctionName, VpcConfig, Environment } of functions) {
    const { LIMITS, REDIS_URL_SECRET_ARN } = Environment.Variables;
    const serves = /auth|image|payment/.test(FunctionName);
    assert.equal(Boolean(VpcConfig), serves, FunctionName);
    assert.equal(LIMITS, serves ? 'redis' : undefined, FunctionName);
    assert.equal(Boolean(REDIS_URL_SECRET_ARN), serves, FunctionName);
  }
  const [url] = of('AWS::SecretsManager::Secret').filter(({ SecretString }) => SecretString);
  assert.match(JSON.stringify(url.SecretString), /"rediss:\/\/:{{resolve:secretsmanager:/);
});

test('one address may ask for less than in phase 1', () => {
  const limitsIn = (phase: number) => {
    const { security, edgeSecurity } = templatesOf({ phase }).templates;
    return [security, edgeSecurity]
      .flatMap((template) => Object.values<any>(template.findResources('AWS::WAFv2::WebACL')))
      .flatMap(({ Properties }) => Properties.Rules)
      .map(({ Statement }) => Statement.RateBasedStatement?.Limit)
      .filter(Boolean);
  };
  const first = limitsIn(1);
  assert.equal(first.length, 3);
  limitsIn(2).forEach((limit, index) => assert.ok(limit < first[index]));
});

test('what the network refused is written down', () => {
  network.hasResourceProperties('AWS::EC2::FlowLog', {
    TrafficType: 'REJECT',
    ResourceType: 'VPC',
    LogGroupName: Match.anyValue(),
  });
});
