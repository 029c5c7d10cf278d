// The customers' pictures: nobody reaches them but the program, by URLs that end soon.
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { acknowledge } from './nag';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';

/** Old pictures are hardly looked at, and after a year they go: the report's rule. */
export const kPictureLife: s3.LifecycleRule = {
  id: 'pictures',
  prefix: 'images/',
  transitions: [
    { storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) },
    {
      storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
      transitionAfter: Duration.days(90),
    },
  ],
  expiration: Duration.days(365),
};

/** Names of buckets are unique in the world, so the account is part of it. */
export const imagesBucketName = ({ stage }: Settings, region?: string) =>
  ['imagify-images', stage, Aws.ACCOUNT_ID, region].filter(Boolean).join('-');

/** The name of the rule that copies pictures, among its figures. */
export const kCopiesRule = 'copies';

/** What is replaced or deleted can be brought back for a week: docs/recovery-aws.md. */
export const kRests: s3.LifecycleRule = {
  id: 'rests',
  abortIncompleteMultipartUploadAfter: Duration.days(1),
  noncurrentVersionExpiration: Duration.days(7),
  expiredObjectDeleteMarker: true,
};

export class StorageStack extends ImagifyStack {
  readonly imagesBucket: s3.Bucket;

  constructor(app: App, settings: Settings) {
    super(app, 'ImagifyStorageStack', settings);
    const copies = s3.Bucket.fromBucketName(
      this,
      'Copies',
      imagesBucketName(settings, settings.secondRegion),
    );
    this.imagesBucket = new s3.Bucket(this, 'ImagesBucket', {
      bucketName: imagesBucketName(settings),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // The report wants no versions and a copy in another region; S3 copies only what has them.
      versioned: true,
      lifecycleRules: [kPictureLife, kRests],
      replicationRules: [
        {
          id: kCopiesRule,
          destination: copies,
          // Within 15 minutes by contract, and measured: the report allows the loss of an hour.
          replicationTimeControl: s3.ReplicationTimeValue.FIFTEEN_MINUTES,
          metrics: s3.ReplicationTimeValue.FIFTEEN_MINUTES,
          // A picture that its owner deleted is deleted there too.
          deleteMarkerReplication: true,
          priority: 1,
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.imagesBucket, {
      'AwsSolutions-S1':
        'Pictures are fetched by presigned URLs that only the program signs, and it logs each one; ' +
        'management calls are in CloudTrail.',
      'AwsSolutions-IAM5[Resource::<ImagesBucket1E86AFB2.Arn>/*]': kCopier,
      [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${readable(copies)}/*]`]: kCopier,
    });
  }
}

const kCopier = 'S3 itself copies every picture, whatever its name.';

/** As cdk-nag writes a name that has the account in it. */
const readable = ({ bucketName }: s3.IBucket) =>
  bucketName.replace(Aws.ACCOUNT_ID, '<AWS::AccountId>');
