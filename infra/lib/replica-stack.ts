// Phase 3: what a second Imagify needs in its own region, beside its functions: a firewall, a sender
// of letters, and a copy of the site that CloudFront takes when the first bucket does not answer.
import { Aws, Duration, RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { addSender } from './auth-stack';
import { addFirewall, apiRules } from './firewall';
import type { Estate } from './grants';
import { acknowledge } from './nag';
import { kSecretNames } from './security-stack';
import type { Settings } from './settings';
import { deploySite } from './site-files';
import { ImagifyStack } from './stack';
import { imagesBucketName } from './storage-stack';

export const spareSiteName = ({ stage, secondRegion }: Settings) =>
  ['imagify-site', stage, Aws.ACCOUNT_ID, secondRegion].join('-');

export class ReplicaStack extends ImagifyStack {
  readonly siteBucket: s3.Bucket;
  /** ARN of this region's web ACL. */
  readonly apiAcl: string;
  /** What functions here work with; tables and secrets are replicas of the first region's. */
  readonly estate: Omit<Estate, 'queue' | 'userPoolArn'>;

  constructor(app: App, settings: Settings) {
    super(app, 'ImagifyReplicaStack', settings, { region: settings.secondRegion });
    this.siteBucket = this.addSite();
    this.apiAcl = addFirewall(this, 'ApiAcl', {
      name: this.named('imagify-api'),
      scope: 'REGIONAL',
      rules: apiRules(settings.phase, this.originSecret()),
    });
    this.estate = {
      users: this.table('Users', 'imagify-users'),
      transactions: this.table('Transactions', 'imagify-transactions'),
      images: this.table('Images', 'imagify-images'),
      bucketName: imagesBucketName(settings, settings.secondRegion),
      senderArn: addSender(this, settings).emailIdentityArn,
      secrets: {
        jwt: this.secret('Jwt', kSecretNames.jwt),
        vnpayHash: this.secret('VnpayHash', kSecretNames.vnpayHash),
        clipdrop: this.secret('Clipdrop', kSecretNames.clipdrop),
      },
    };
  }

  private originSecret() {
    return SecretValue.secretsManager(this.named(kSecretNames.origin)).unsafeUnwrap();
  }

  private table(id: string, name: string) {
    return dynamodb.TableV2.fromTableName(this, id, this.named(name));
  }

  private secret(id: string, name: string) {
    return secretsmanager.Secret.fromSecretNameV2(this, id, this.named(name));
  }

  private addSite() {
    const bucket = new s3.Bucket(this, 'SiteBucket', {
      bucketName: spareSiteName(this.settings),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [{ id: 'old', noncurrentVersionExpiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(bucket, {
      'AwsSolutions-S1': "The site's files are public, and CloudFront logs who asks for them.",
    });
    // CloudFront of this account: which distribution it is, is known only after this bucket.
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: {
          StringEquals: { 'AWS:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: {
            'AWS:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*`,
          },
        },
      }),
    );
    deploySite(this, this.settings, bucket);
    return bucket;
  }
}
