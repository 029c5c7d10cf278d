// The role with which GitHub deploys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DeployRoleStack } from '../lib/deploy-role-stack';
import { checkRules } from '../lib/nag';

function templateWith(more: Partial<ConstructorParameters<typeof DeployRoleStack>[1]> = {}) {
  const app = new App();
  const stack = new DeployRoleStack(app, {
    stage: 'prod',
    region: 'ap-southeast-1',
    regions: ['ap-southeast-1', 'us-east-1'],
    repository: 'owner/imagify',
    providerExists: false,
    ...more,
  });
  checkRules(app);
  app.synth();
  return Template.fromStack(stack);
}

const roleOf = (template: Template) =>
  Object.values<any>(template.findResources('AWS::IAM::Role'))[0].Properties;

test('only jobs of the environment of one repository get it', () => {
  const [{ Action, Condition }] = roleOf(templateWith()).AssumeRolePolicyDocument.Statement;
  assert.equal(Action, 'sts:AssumeRoleWithWebIdentity');
  assert.deepEqual(Condition, {
    StringEquals: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': 'repo:owner/imagify:environment:prod',
    },
  });
});

test('it may assume the roles of the bootstrap and read stacks, nothing else', () => {
  const [policy] = Object.values<any>(templateWith().findResources('AWS::IAM::Policy'));
  const statements = policy.Properties.PolicyDocument.Statement;
  assert.deepEqual(
    statements.map(({ Action }: any) => Action),
    ['sts:AssumeRole', 'cloudformation:DescribeStacks'],
  );
  const roles = statements[0].Resource.map((one: unknown) => JSON.stringify(one));
  assert.equal(roles.length, 4);
  for (const role of roles) {
    assert.doesNotMatch(role, /\*/);
    assert.match(role, /:role\/cdk-hnb659fds-(deploy|file-publishing)-role-/);
  }
  assert.equal(roleOf(templateWith()).ManagedPolicyArns, undefined);
});

test('an account knows its issuer once', () => {
  templateWith().resourceCountIs('AWS::IAM::OIDCProvider', 1);
  const second = templateWith({ stage: 'dev', providerExists: true });
  second.resourceCountIs('AWS::IAM::OIDCProvider', 0);
  second.hasResourceProperties('AWS::IAM::Role', { RoleName: 'ImagifyDeploy-dev' });
});
