// What survives a region: copies of the pictures and of the tables' backups, in another one.
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { acknowledge } from './nag';
import { nameOf } from './settings';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';
import { imagesBucketName, kPictureLife, kRests } from './storage-stack';

export const copiesVaultName = (settings: Settings) => nameOf(settings, 'imagify-copies');

/** Nobody deletes a backup before, not even by mistake; an administrator may take the lock off. */
export const kVaultLock: backup.LockConfiguration = { minRetention: Duration.days(7) };

/** In every phase: whoever has the copies can rebuild the rest. */
export class CopiesStack extends ImagifyStack {
  readonly imagesBucket: s3.Bucket;
  readonly vault: backup.BackupVault;

  constructor(app: App, settings: Settings) {
    super(app, 'ImagifyCopiesStack', settings, { region: settings.secondRegion });
    this.imagesBucket = new s3.Bucket(this, 'Images', {
      bucketName: imagesBucketName(settings, settings.secondRegion),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [kPictureLife, kRests],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.imagesBucket, {
      'AwsSolutions-S1': 'Only S3 itself writes here; management calls are in CloudTrail.',
    });
    this.vault = new backup.BackupVault(this, 'Vault', {
      backupVaultName: copiesVaultName(settings),
      lockConfiguration: kVaultLock,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
