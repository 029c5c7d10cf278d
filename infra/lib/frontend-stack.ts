// The site and the API under one name: a private bucket and the API behind CloudFront.
import { Annotations, Aws, CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { kApiStage } from './api';
import { kOriginHeader } from './firewall';
import { acknowledge } from './nag';
import { routesOf } from './openapi';
import type { Settings } from './settings';
import { spareSiteName } from './replica-stack';
import { deploySite } from './site-files';
import { addSiteHeaders } from './site-headers';
import type { SiteHeaders } from './site-headers';
import { routingCode } from './site-routing';
import { ImagifyStack } from './stack';
import { imagesBucketName } from './storage-stack';

export interface FrontendProps {
  /** Of the region that works. */
  api: apigateway.RestApi;
  originSecret: secretsmanager.ISecret;
  accessLogs: s3.IBucket;
  /** ARN of the web ACL in us-east-1. */
  siteAcl: string;
}

/** Words with which the API's paths begin: "/image" and everything under it. */
export function apiPatterns(): string[] {
  const words = new Set(routesOf().map(({ path }) => path.split('/')[1]!));
  words.delete('openapi.json'); // A file of the site.
  return [...words].flatMap((word) => [`/${word}`, `/${word}/*`]);
}

const { REDIRECT_TO_HTTPS } = cloudfront.ViewerProtocolPolicy;

export class FrontendStack extends ImagifyStack {
  readonly siteBucket: s3.Bucket;
  readonly distribution: cloudfront.Distribution;

  constructor(app: App, settings: Settings, private readonly props: FrontendProps) {
    super(app, 'ImagifyFrontendStack', settings, { crossRegionReferences: true });
    this.siteBucket = this.addBucket();
    deploySite(this, settings, this.siteBucket);
    this.distribution = this.addDistribution();
    this.addRecords();
    new CfnOutput(this, 'SiteUrl', {
      value: `https://${settings.domain ?? this.distribution.distributionDomainName}`,
    });
    new CfnOutput(this, 'DistributionId', { value: this.distribution.distributionId });
  }

  private addBucket() {
    return new s3.Bucket(this, 'SiteBucket', {
      bucketName: ['imagify-site', this.settings.stage, Aws.ACCOUNT_ID].join('-'),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // What was there before a deployment can be brought back: docs/recovery-aws.md.
      versioned: true,
      lifecycleRules: [{ id: 'old', noncurrentVersionExpiration: Duration.days(90) }],
      serverAccessLogsBucket: this.props.accessLogs,
      serverAccessLogsPrefix: 'site/',
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private addDistribution() {
    const { domain, certificateArn, phase, region, secondRegion, siteFolder } = this.settings;
    const pictureRegions = phase === 3 ? [region, secondRegion] : [region];
    const headers = addSiteHeaders(this, {
      named: (name) => this.named(name),
      siteFolder,
      pictureOrigins: pictureRegions.map((one) => {
        const bucket = imagesBucketName(this.settings, one === region ? undefined : one);
        return `https://${bucket}.s3.${one}.amazonaws.com`;
      }),
    });
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: this.named('Imagify'),
      ...this.siteBehaviors(headers),
      defaultRootObject: 'index.html',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      // Asia too, but not every place in the world.
      priceClass: cloudfront.PriceClass.PRICE_CLASS_200,
      webAclId: this.props.siteAcl,
      enableLogging: true,
      logBucket: this.props.accessLogs,
      logFilePrefix: 'cloudfront/',
      logIncludesCookies: false,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(domain &&
        certificateArn && {
          domainNames: [domain],
          certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
        }),
    });
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'Customers may come from anywhere.',
      ...(!domain && {
        'AwsSolutions-CFR4':
          "CloudFront's own name has CloudFront's own certificate, which fixes the oldest TLS at 1.0 " +
          'whatever is asked for; with a domain it is TLS 1.2.',
      }),
    });
    return distribution;
  }

  private siteBehaviors(headers: SiteHeaders) {
    const site = this.siteOrigin();
    const routing = new cloudfront.Function(this, 'Routing', {
      functionName: this.named('imagify-pages'),
      comment: 'Which file a path means',
      code: cloudfront.FunctionCode.fromInline(routingCode(this.settings.siteFolder)),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
    });
    const { VIEWER_REQUEST, VIEWER_RESPONSE } = cloudfront.FunctionEventType;
    const api = this.apiBehavior(headers.api);
    return {
      defaultBehavior: {
        origin: site,
        viewerProtocolPolicy: REDIRECT_TO_HTTPS,
        responseHeadersPolicy: headers.pages,
        cachePolicy: this.caching('Pages', Duration.seconds(0)),
        functionAssociations: [VIEWER_REQUEST, VIEWER_RESPONSE].map((eventType) => ({
          function: routing,
          eventType,
        })),
      },
      additionalBehaviors: {
        '/assets/*': {
          origin: site,
          viewerProtocolPolicy: REDIRECT_TO_HTTPS,
          responseHeadersPolicy: headers.files,
          cachePolicy: this.caching('Assets', Duration.hours(24)),
        },
        ...Object.fromEntries(apiPatterns().map((pattern) => [pattern, api])),
      },
    };
  }

  /** Files say themselves how long they may be kept; nothing else of a request matters to them. */
  private caching(name: string, least: Duration) {
    return new cloudfront.CachePolicy(this, `${name}Caching`, {
      cachePolicyName: this.named(`imagify-${name.toLowerCase()}`),
      minTtl: least,
      defaultTtl: least,
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  /** May list, so that a file which is not there is a 404 and no 403. */
  private siteOrigin(): cloudfront.IOrigin {
    const { READ, LIST } = cloudfront.AccessLevel;
    const primary = origins.S3BucketOrigin.withOriginAccessControl(this.siteBucket, {
      originAccessLevels: [READ, LIST],
    });
    const { phase, secondRegion } = this.settings;
    if (phase !== 3) return primary;
    const spareSite = s3.Bucket.fromBucketAttributes(this, 'SpareSite', {
      bucketName: spareSiteName(this.settings),
      region: secondRegion,
    });
    // That bucket's policy lets CloudFront in itself.
    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
    );
    return new origins.OriginGroup({
      primaryOrigin: primary,
      fallbackOrigin: origins.S3BucketOrigin.withOriginAccessControl(spareSite),
      fallbackStatusCodes: [500, 502, 503, 504],
    });
  }

  private apiBehavior(
    responseHeadersPolicy: cloudfront.ResponseHeadersPolicy,
  ): cloudfront.BehaviorOptions {
    const { api, originSecret } = this.props;
    const { activeRegion } = this.settings;
    return {
      origin: new origins.HttpOrigin(`${api.restApiId}.execute-api.${activeRegion}.amazonaws.com`, {
        originPath: `/${kApiStage}`,
        originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
        protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        customHeaders: { [kOriginHeader]: originSecret.secretValue.unsafeUnwrap() },
        readTimeout: Duration.seconds(30), // A second more than API Gateway waits.
      }),
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: REDIRECT_TO_HTTPS,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy,
    };
  }

  private addRecords() {
    const { domain, hostedZoneId } = this.settings;
    if (!domain || !hostedZoneId) return;
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId,
      zoneName: domain,
    });
    const target = route53.RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
    new route53.ARecord(this, 'Address', { zone, target });
    new route53.AaaaRecord(this, 'Address6', { zone, target });
  }
}
