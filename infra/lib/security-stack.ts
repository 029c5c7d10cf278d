// What the program keeps secret, the firewall in front of the API, and who did what in the account.
import { Aws, CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { addFirewall, apiRules } from './firewall';
import { addJwtRotation } from './jwt-rotation';
import { acknowledge } from './nag';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';

export interface Secrets {
  /** {"current", "previous"}: the key that signs, and another that is believed. */
  jwt: secretsmanager.ISecret;
  vnpayHash: secretsmanager.ISecret;
  clipdrop: secretsmanager.ISecret;
}

/** Names without the stage; `imagify/jwt-dev` in stage dev. */
export const kSecretNames: Record<keyof Secrets | 'origin', string> = {
  jwt: 'imagify/jwt',
  vnpayHash: 'imagify/vnpay-hash',
  clipdrop: 'imagify/clipdrop',
  origin: 'imagify/origin',
};

interface Kept {
  id: string;
  name: string;
  description: string;
  /** Why Secrets Manager does not change it. */
  reason?: string;
  generate?: Partial<secretsmanager.SecretStringGenerator>;
}

export class SecurityStack extends ImagifyStack {
  readonly secrets: Secrets;
  /** What CloudFront says to the API. */
  readonly originSecret: secretsmanager.Secret;
  /** ARN of the regional web ACL. */
  readonly apiAcl: string;
  /** Where buckets and CloudFront say who asked for what. */
  readonly accessLogs: s3.Bucket;
  readonly trail: cloudtrail.Trail;

  constructor(app: App, settings: Settings) {
    super(app, 'ImagifySecurityStack', settings);
    this.secrets = this.addSecrets();
    this.originSecret = this.secret({
      id: 'OriginSecret',
      name: kSecretNames.origin,
      description: 'What CloudFront says to the API.',
      reason: 'Firewall and CloudFront have to learn of it in one deployment: docs/deploy.md.',
    });
    this.apiAcl = addFirewall(this, 'ApiAcl', {
      name: this.named('imagify-api'),
      scope: 'REGIONAL',
      rules: apiRules(settings.phase, this.originSecret.secretValue.unsafeUnwrap()),
    });
    this.accessLogs = this.addAccessLogs();
    this.trail = this.addTrail();
    new CfnOutput(this, 'VnpaySecretName', { value: this.named(kSecretNames.vnpayHash) });
    new CfnOutput(this, 'ClipdropSecretName', { value: this.named(kSecretNames.clipdrop) });
  }

  private addSecrets(): Secrets {
    const jwt = this.secret({
      id: 'JwtSecret',
      name: kSecretNames.jwt,
      description: 'Signs sessions: current, and previous, which is believed too.',
      generate: {
        // Empty is none.
        secretStringTemplate: JSON.stringify({ previous: '', announced: 'no' }),
        generateStringKey: 'current',
      },
    });
    addJwtRotation(this, this.settings, jwt);
    return {
      jwt,
      vnpayHash: this.secret({
        id: 'VnpayHashSecret',
        name: kSecretNames.vnpayHash,
        description: "VNPAY's vnp_HashSecret: an operator enters it (docs/deploy.md).",
        reason: 'VNPAY gives it out and knows no call that changes it.',
      }),
      clipdrop: this.secret({
        id: 'ClipdropKey',
        name: kSecretNames.clipdrop,
        description: "ClipDrop's API key: an operator enters it (docs/deploy.md).",
        reason: 'ClipDrop gives it out and knows no call that changes it.',
      }),
    };
  }

  private secret({ id, name, description, reason, generate }: Kept) {
    const { phase, secondRegion } = this.settings;
    const secret = new secretsmanager.Secret(this, id, {
      secretName: this.named(name),
      description,
      // Until somebody enters another: what nobody can guess.
      generateSecretString: { passwordLength: 64, excludePunctuation: true, ...generate },
      replicaRegions: phase === 3 ? [{ region: secondRegion }] : undefined,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (reason) acknowledge(secret, { 'AwsSolutions-SMG4': reason });
    return secret;
  }

  private addAccessLogs() {
    const bucket = new s3.Bucket(this, 'AccessLogs', {
      bucketName: ['imagify-logs', this.settings.stage, Aws.ACCOUNT_ID].join('-'),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // CloudFront's standard log is written as somebody else, who needs an ACL.
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ id: 'forget', expiration: Duration.days(60) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(bucket, {
      'AwsSolutions-S1': 'A log of who reads logs in the log would never end; CloudTrail is there.',
    });
    return bucket;
  }

  /** Calls that change something anywhere in the account; what customers do is in the audit log. */
  private addTrail() {
    const bucket = new s3.Bucket(this, 'TrailBucket', {
      bucketName: ['imagify-trail', this.settings.stage, Aws.ACCOUNT_ID].join('-'),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      serverAccessLogsBucket: this.accessLogs,
      serverAccessLogsPrefix: 'trail/',
      lifecycleRules: [
        {
          id: 'year',
          expiration: Duration.days(365),
          noncurrentVersionExpiration: Duration.days(30),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    return new cloudtrail.Trail(this, 'Trail', {
      trailName: this.named('imagify'),
      bucket,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableFileValidation: true,
    });
  }
}
