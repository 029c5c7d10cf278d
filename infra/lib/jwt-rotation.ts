// Who changes the key that signs sessions: lambda/rotate-jwt.
import { resolve } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './nag';
import { nameOf } from './settings';
import type { Settings } from './settings';

/** Every second rotation takes a key into use, so a key signs for twice as long. */
const kEvery = Duration.days(30);

export function addJwtRotation(
  scope: Construct,
  settings: Settings,
  secret: secretsmanager.Secret,
) {
  const functionName = nameOf(settings, 'imagify-rotate-jwt');
  const logGroup = new logs.LogGroup(scope, 'RotationLog', {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new iam.Role(scope, 'RotationRole', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: `What ${functionName} may do`,
  });
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  const rotation = new lambda.Function(scope, 'Rotation', {
    functionName,
    description: 'Imagify: changes the key that signs sessions, and signs nobody out',
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(resolve(__dirname, '../lambda/rotate-jwt')),
    timeout: Duration.seconds(30),
    role,
    logGroup,
  });
  secret.addRotationSchedule('Schedule', {
    rotationLambda: rotation,
    automaticallyAfter: kEvery,
    rotateImmediatelyOnUpdate: false,
  });
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::*]':
      'The CDK lets a rotation ask Secrets Manager for a random text, a call that knows no resource.',
  });
}
