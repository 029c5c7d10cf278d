// What each function may do, action by action: docs/aws.md says what the program calls. Convenient
// grants of the CDK are left alone, they are wider. `tests/aws/permissions.mjs` holds these against
// what the functions do call.
import { Aws } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { FunctionName } from './functions';
import { acknowledge } from './nag';

/** What there is to be allowed. */
export interface Estate {
  users: dynamodb.ITable;
  transactions: dynamodb.ITable;
  images: dynamodb.ITable;
  /** By name: a bucket of another region has to be named before it is there. */
  bucketName: string;
  queue: sqs.IQueue;
  userPoolArn: string;
  /** Of the address or domain that letters come from. */
  senderArn: string;
  secrets: {
    jwt: secretsmanager.ISecret;
    vnpayHash: secretsmanager.ISecret;
    clipdrop: secretsmanager.ISecret;
    redisUrl?: secretsmanager.ISecret;
  };
}

const kRead = ['GetItem', 'BatchGetItem'];
const kWrite = ['PutItem', 'UpdateItem', 'ConditionCheckItem'];

const allow = (actions: string[], ...resources: string[]) =>
  new iam.PolicyStatement({ actions, resources });

/** Item by item, and by the named indexes; never a Scan. */
function table(of: dynamodb.ITable, indexes: string[], actions: string[]) {
  const operations = [...kRead, ...actions].map((action) => `dynamodb:${action}`);
  const arns = indexes.map((index) => `${of.tableArn}/index/${index}`);
  return [allow(operations, of.tableArn), allow(['dynamodb:Query'], ...arns)];
}

function books({ users, transactions, images }: Estate) {
  return [
    ...table(users, ['email-index', 'due-index', 'list-index'], [...kWrite, 'DeleteItem']),
    // The ledger is never deleted; what may go there goes by its TTL.
    ...table(transactions, ['userId-index', 'due-index', 'list-index'], kWrite),
    ...table(images, ['userId-index', 'due-index'], [...kWrite, 'DeleteItem']),
  ];
}

const kPictures = 'images/*';
const bucketArn = ({ bucketName }: Estate) => `arn:${Aws.PARTITION}:s3:::${bucketName}`;

function pictures(estate: Estate, ...actions: string[]) {
  return allow(
    actions.map((action) => `s3:${action}`),
    `${bucketArn(estate)}/${kPictures}`,
  );
}

/** Without this an absent picture looks like a forbidden one. */
const absence = (estate: Estate) => allow(['s3:ListBucket'], bucketArn(estate));

/** Letters leave after an answer, wherever it was given. */
const letters = ({ senderArn }: Estate) => allow(['ses:SendEmail', 'ses:SendRawEmail'], senderArn);

function secrets(...wanted: Array<secretsmanager.ISecret | undefined>) {
  // A replica is known by its name only; AWS ends ARNs of secrets with six letters of its own.
  const arns = wanted.flatMap((secret) =>
    secret ? [secret.secretFullArn ?? `${secret.secretArn}-??????`] : [],
  );
  return allow(['secretsmanager:GetSecretValue'], ...arns);
}

function statementsOf(name: FunctionName, estate: Estate): iam.PolicyStatement[] {
  const { jwt, vnpayHash, clipdrop, redisUrl } = estate.secrets;
  switch (name) {
    case 'auth':
      return [
        ...books(estate),
        pictures(estate, 'GetObject'), // An export has them in it.
        absence(estate),
        letters(estate),
        secrets(jwt, redisUrl),
        allow(
          ['cognito-idp:AdminUserGlobalSignOut', 'cognito-idp:AdminUpdateUserAttributes'],
          estate.userPoolArn,
        ),
      ];
    case 'image':
      return [
        ...books(estate),
        pictures(estate, 'GetObject', 'DeleteObject'),
        absence(estate),
        letters(estate),
        secrets(jwt, redisUrl),
        allow(['sqs:SendMessage'], estate.queue.queueArn),
      ];
    case 'payment':
      return [...books(estate), letters(estate), secrets(jwt, vnpayHash, redisUrl)];
    case 'worker':
      return [
        ...books(estate),
        pictures(estate, 'GetObject', 'PutObject', 'DeleteObject'),
        absence(estate),
        secrets(clipdrop),
      ];
    case 'scheduler':
      return [
        ...books(estate),
        pictures(estate, 'DeleteObject'),
        letters(estate),
        secrets(jwt, vnpayHash),
      ];
  }
}

/** As cdk-nag writes what is known only when it is deployed. */
export const readable = (arn: string) =>
  arn.replaceAll(Aws.PARTITION, '<AWS::Partition>').replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');

/** Allows the function what it does, and its log. */
export function grantTo(name: FunctionName, own: lambda.Function, estate: Estate) {
  const role = own.role as iam.Role;
  for (const statement of statementsOf(name, estate)) role.addToPolicy(statement);
  const { logGroupArn } = own.logGroup;
  role.addToPolicy(allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroupArn));
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::*]':
      "X-Ray's two actions know no resources; nor do those by which Lambda joins a VPC.",
    [`AwsSolutions-IAM5[Resource::${readable(bucketArn(estate))}/${kPictures}]`]:
      'Pictures have names that nobody knows before: images/* is all of them.',
  });
}
