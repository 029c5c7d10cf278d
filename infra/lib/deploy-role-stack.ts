// Who may deploy from GitHub: a role without keys of its own, for the tags of one repository. It
// may do what the CDK's command line does with its own credentials, which is little: the rest is
// done by the roles that `cdk bootstrap` made, and those it may only assume.
import { Aws, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { readable } from './grants';
import { acknowledge } from './nag';
import { nameOf } from './settings';

const kIssuer = 'token.actions.githubusercontent.com';
/** Of the bootstrap stack, unless it was made with another. */
const kQualifier = 'hnb659fds';

export interface DeployRoleSettings {
  stage: string;
  region: string;
  /** Where there are stacks of Imagify: its own, that of the copies, CloudFront's. */
  regions: string[];
  /** "owner/name" on GitHub. */
  repository: string;
  /** GitHub's issuer is already known to the account, which knows each one once. */
  providerExists: boolean;
}

export class DeployRoleStack extends Stack {
  readonly role: iam.Role;

  constructor(app: App, settings: DeployRoleSettings) {
    const { stage, region, regions, repository, providerExists } = settings;
    super(app, nameOf({ stage }, 'ImagifyDeployStack'), {
      env: { account: process.env.CDK_DEFAULT_ACCOUNT, region },
      description: `Imagify: who may deploy stage ${stage}`,
      terminationProtection: stage === 'prod',
    });
    const provider = providerExists ? this.known() : this.addProvider();
    this.role = new iam.Role(this, 'Role', {
      roleName: nameOf({ stage }, 'ImagifyDeploy'),
      description: `Deploys Imagify from github.com/${repository}`,
      maxSessionDuration: Duration.hours(2),
      assumedBy: new iam.WebIdentityPrincipal(provider, {
        StringEquals: {
          [`${kIssuer}:aud`]: 'sts.amazonaws.com',
          // Only jobs of that environment, to which GitHub lets tags only.
          [`${kIssuer}:sub`]: `repo:${repository}:environment:${stage}`,
        },
      }),
    });
    this.grant(regions);
    new CfnOutput(this, 'RoleArn', { value: this.role.roleArn });
  }

  private addProvider() {
    return new iam.CfnOIDCProvider(this, 'GitHub', {
      url: `https://${kIssuer}`,
      clientIdList: ['sts.amazonaws.com'],
    }).attrArn;
  }

  private known() {
    return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:oidc-provider/${kIssuer}`;
  }

  private grant(regions: string[]) {
    const { PARTITION: partition, ACCOUNT_ID: account } = Aws;
    // Not its role for look-ups: that one may read everything in the account, tables too.
    const roles = regions.flatMap((region) =>
      ['deploy', 'file-publishing'].map(
        (kind) =>
          `arn:${partition}:iam::${account}:role/cdk-${kQualifier}-${kind}-role-${account}-${region}`,
      ),
    );
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: roles }),
    );
    // ./run deploy looks whether the CDK was set up, and which address CloudFront gave.
    const stacks = `arn:${partition}:cloudformation:*:${account}:stack`;
    const seen = [`${stacks}/CDKToolkit/*`, `${stacks}/Imagify*/*`];
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: seen }),
    );
    const where = 'The name of a stack ends in an id that AWS makes up.';
    acknowledge(
      this.role,
      Object.fromEntries(
        seen.map((one) => [`AwsSolutions-IAM5[Resource::${readable(one)}]`, where]),
      ),
    );
  }
}
