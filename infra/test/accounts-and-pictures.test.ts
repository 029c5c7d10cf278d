// The user pool and the bucket of pictures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { templatesOf } from './support';

const { templates } = templatesOf();

test('the user pool is the one of the report', () => {
  templates.auth.hasResourceProperties('AWS::Cognito::UserPool', {
    UserPoolName: 'imagify-users',
    UsernameAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
    MfaConfiguration: 'OPTIONAL',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    DeletionProtection: 'ACTIVE',
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    Policies: {
      PasswordPolicy: Match.objectLike({
        MinimumLength: 8,
        RequireLowercase: true,
        RequireUppercase: true,
        RequireNumbers: true,
      }),
    },
  });
  templates.auth.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: 'Retain' });
});

test('its client hides who has an account, and its tokens live a day', () => {
  templates.auth.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ],
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
    GenerateSecret: false,
    AccessTokenValidity: 1440,
    IdTokenValidity: 1440,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
  });
});

test('letters have a sender', () => {
  templates.auth.hasResourceProperties('AWS::SES::EmailIdentity', {
    EmailIdentity: 'no-reply@pictures.example',
  });
  const domain = 'pictures.example';
  const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/ab-12';
  const own = templatesOf({ domain, certificateArn, hostedZoneId: 'Z1', poolMail: 'ses' });
  own.templates.auth.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: domain });
  own.templates.auth.resourceCountIs('AWS::Route53::RecordSet', 3);
  own.templates.auth.hasResourceProperties('AWS::Cognito::UserPool', {
    EmailConfiguration: Match.objectLike({ EmailSendingAccount: 'DEVELOPER' }),
  });
});

test('pictures are private, encrypted, and gone after a year', () => {
  templates.storage.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: Match.objectLike({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({
            Status: 'Enabled',
            ExpirationInDays: 365,
            Transitions: [
              { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
              { StorageClass: 'GLACIER_IR', TransitionInDays: 90 },
            ],
          }),
        ]),
      },
    }),
  });
});

test('nobody comes to the pictures without TLS', () => {
  const [policy] = Object.values<any>(templates.storage.findResources('AWS::S3::BucketPolicy'));
  const denied = policy.Properties.PolicyDocument.Statement.filter(
    ({ Effect }: any) => Effect === 'Deny',
  );
  assert.ok(
    denied.some(({ Condition }: any) => Condition.Bool?.['aws:SecureTransport'] === 'false'),
  );
});
