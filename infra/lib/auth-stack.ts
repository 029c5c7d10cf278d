// Who people are: a user pool that checks passwords and codes. Sessions are the program's own
// (docs/decisions/0010), so its tokens matter only to whoever calls with one of the pool's.
import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as ses from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { acknowledge } from './nag';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';

/** "Imagify <no-reply@pictures.example>" -> no-reply@pictures.example */
export const addressOf = (mailbox: string) => /<(.*)>/.exec(mailbox)?.[1] ?? mailbox;
const displayNameOf = (mailbox: string) => /^(.*?) <.*>$/.exec(mailbox)?.[1];

/** What letters are sent as, in the region of `scope`: SES knows senders by region. */
export function addSender(scope: Construct, settings: Settings) {
  const { domain, hostedZoneId, mailFrom } = settings;
  const identity =
    domain && hostedZoneId
      ? ses.Identity.publicHostedZone(
          route53.PublicHostedZone.fromPublicHostedZoneAttributes(scope, 'Zone', {
            hostedZoneId,
            zoneName: domain,
          }),
        )
      : domain
        ? ses.Identity.domain(domain)
        : ses.Identity.email(addressOf(mailFrom));
  return new ses.EmailIdentity(scope, 'Sender', { identity });
}

export class AuthStack extends ImagifyStack {
  readonly userPool: cognito.UserPool;
  readonly userPoolClient: cognito.UserPoolClient;
  /** What letters are sent as; it has to be verified before the first one. */
  readonly sender: ses.EmailIdentity;

  constructor(app: App, settings: Settings) {
    super(app, 'ImagifyAuthStack', settings, {
      crossRegionReferences: settings.phase === 3, // The second region asks the same pool.
    });
    this.sender = addSender(this, settings);
    this.userPool = new cognito.UserPool(this, 'ImagifyUserPool', {
      userPoolName: this.named('imagify-users'),
      featurePlan: cognito.FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // The old address stays until the new one is proven.
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: {
        minLength: 8,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: false,
        tempPasswordValidity: Duration.days(1),
      },
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      email: this.poolMail(),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.userPool, {
      'AwsSolutions-COG1':
        'The report asks for eight characters with upper and lower case and digits; current advice ' +
        '(NIST SP 800-63B) is against more kinds of characters. The program refuses common passwords.',
      'AwsSolutions-COG2': 'A second factor is the choice of each customer, as the report says.',
      'AwsSolutions-COG8':
        'Threat protection is of the PLUS plan, at $0.02 a person a month: the program limits ' +
        'log-ins by person, address and network itself.',
    });
    this.userPoolClient = this.userPool.addClient('ImagifyUserPoolClient', {
      userPoolClientName: this.named('imagify-web'),
      authFlows: { userPassword: true, userSrp: true },
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(24),
      idTokenValidity: Duration.hours(24),
      refreshTokenValidity: Duration.hours(24),
      disableOAuth: true,
    });
    new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: this.userPoolClient.userPoolClientId });
  }

  private poolMail() {
    const { poolMail, mailFrom, region, domain } = this.settings;
    if (poolMail === 'cognito') return cognito.UserPoolEmail.withCognito();
    return cognito.UserPoolEmail.withSES({
      fromEmail: addressOf(mailFrom),
      fromName: displayNameOf(mailFrom),
      sesRegion: region,
      sesVerifiedDomain: domain,
    });
  }
}
