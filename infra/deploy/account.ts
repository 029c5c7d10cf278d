// Asks AWS whose credentials these are, and which stacks there are.
import {
  CloudFormationClient,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { kGlobalRegion } from '../lib/edge-security-stack';
import type { Settings } from '../lib/settings';
import { Problem } from './problem';

export interface Caller {
  account: string;
  arn: string;
}

const kNone = `There are no AWS credentials. Any of these gives some:
  aws configure sso; export AWS_PROFILE=NAME        for people (AWS IAM Identity Center)
  export AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=... AWS_SESSION_TOKEN=...
  the role ImagifyDeploy for GitHub Actions         docs/deploy.md, "From GitHub"
Then try again. Nothing was built or changed.`;

const kExpired = `The AWS credentials have expired. Get new ones (aws sso login, or those of your
role once more) and try again. Nothing was built or changed.`;

const kRefused = `AWS does not know these credentials: a wrong or deleted key, or one of another
partition. "aws sts get-caller-identity" has to answer. Nothing was built or changed.`;

/** Errors of AWS by name, as people meet them. */
function meaningOf(error: Error): string | undefined {
  if (/^ExpiredToken|^RequestExpired|^TokenRefreshRequired/.test(error.name)) return kExpired;
  if (/^(InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient)/.test(error.name))
    return `${kRefused}\n${error.name}: ${error.message}`;
  // Of a profile whose log-in has ended, before AWS was asked.
  if (/CredentialsProviderError|TokenProviderError/.test(error.name))
    return /expired|sso login/i.test(error.message)
      ? `${kExpired}\n${error.message}`
      : `${kNone}\n${error.message}`;
  return undefined;
}

export async function whoCalls(region: string): Promise<Caller> {
  try {
    const { Account, Arn } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
    return { account: Account!, arn: Arn! };
  } catch (error) {
    const { name, message } = error as Error;
    throw new Problem(
      meaningOf(error as Error) ??
        `AWS's STS in ${region} gave no answer. Is there a network? ${name}: ${message}`,
    );
  }
}

/** Whether the credentials are of the account that the settings name, if they do. */
export function checkAccount({ account, arn }: Caller, wanted: string | undefined) {
  if (wanted && wanted !== account)
    throw new Problem(
      `These credentials are of account ${account} (${arn}), the settings are for ${wanted}.`,
    );
}

/** All regions in which there is a stack, whatever the phase: copies are in the second one. */
export const regionsOf = ({ region, secondRegion }: Settings) => [
  ...new Set([region, secondRegion, kGlobalRegion]),
];

/** `undefined` if there is none. */
export async function stackOf(name: string, region: string): Promise<Stack | undefined> {
  try {
    const client = new CloudFormationClient({ region });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0];
  } catch (error) {
    const { name: kind, message } = error as Error;
    if (kind === 'ValidationError' && /does not exist/.test(message)) return undefined;
    throw new Problem(
      meaningOf(error as Error) ?? `CloudFormation in ${region}, stack ${name}: ${kind}: ${message}`,
    );
  }
}

export async function outputOf(name: string, region: string, key: string) {
  const outputs = (await stackOf(name, region))?.Outputs ?? [];
  return outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
}

export async function dropProtection(name: string, region: string) {
  const client = new CloudFormationClient({ region });
  const command = { StackName: name, EnableTerminationProtection: false };
  await client.send(new UpdateTerminationProtectionCommand(command));
}

/** The CDK uploads into a bucket that "cdk bootstrap" makes once, in each region. */
export async function checkBootstrap(regions: string[], { account }: Caller) {
  const found = await Promise.all(regions.map((region) => stackOf('CDKToolkit', region)));
  const without = regions.filter((_, index) => !found[index]);
  if (without.length === 0) return;
  const places = without.map((region) => `aws://${account}/${region}`).join(' ');
  throw new Problem(`The CDK is not set up in ${without.join(', ')}. Once for each account, as an
administrator of it (docs/deploy.md, step 2):
  cd infra && npx cdk bootstrap ${places}
Then try again. Nothing was built or changed.`);
}
