// The distribution: what it serves from where, how safely, and for how long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { routesOf } from '../lib/openapi';
import { kScriptHash, templatesOf } from './support';

const { templates } = templatesOf();
const own = (type: string) =>
  Object.entries<any>(templates.frontend.findResources(type)).map(([id, { Properties }]) => ({
    id,
    ...Properties,
  }));

const [{ DistributionConfig: config }] = own('AWS::CloudFront::Distribution');
const behaviors = [config.DefaultCacheBehavior, ...config.CacheBehaviors];
const originOf = (behavior: any) =>
  config.Origins.find(({ Id }: any) => Id === behavior.TargetOriginId);
const isApi = (behavior: any) => Boolean(originOf(behavior).CustomOriginConfig);

/** The behavior that CloudFront takes for a path: the first that fits. */
function behaviorOf(path: string) {
  const fits = ({ PathPattern }: any) =>
    PathPattern.endsWith('*') ? path.startsWith(PathPattern.slice(0, -1)) : path === PathPattern;
  return config.CacheBehaviors.find(fits) ?? config.DefaultCacheBehavior;
}

test('every path of the API goes to it, with every method and nothing kept', () => {
  for (const { path } of routesOf()) {
    if (path === '/openapi.json') continue; // A file of the site.
    const behavior = behaviorOf(path.replaceAll(/\{\w+\}/g, 'x'));
    assert.ok(isApi(behavior), path);
    assert.ok(['POST', 'DELETE', 'PUT'].every((verb) => behavior.AllowedMethods.includes(verb)));
    assert.equal(behavior.CachePolicyId, '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', 'caching is off');
    assert.equal(behavior.OriginRequestPolicyId, 'b689b0a8-53d0-40ab-baf2-68738e2966ac');
  }
});

test('pages and files of the site come from the bucket', () => {
  for (const path of ['/', '/studio', '/images', '/authors', '/assets/a.js', '/img/cat.webp'])
    assert.ok(!isApi(behaviorOf(path)), path);
});

test("an answer of the API is nobody's page", () => {
  assert.equal(config.CustomErrorResponses, undefined);
  for (const behavior of behaviors)
    assert.equal(
      behavior.FunctionAssociations?.length ?? 0,
      behavior === config.DefaultCacheBehavior ? 2 : 0,
    );
});

test('whoever comes without TLS is sent to it, and old TLS is refused', () => {
  for (const behavior of behaviors)
    assert.equal(behavior.ViewerProtocolPolicy, 'redirect-to-https');
  for (const { CustomOriginConfig } of config.Origins.filter((one: any) => one.CustomOriginConfig))
    assert.deepEqual(
      [CustomOriginConfig.OriginProtocolPolicy, CustomOriginConfig.OriginSSLProtocols],
      ['https-only', ['TLSv1.2']],
    );
  const domain = 'pictures.example';
  const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/ab-12';
  const { frontend } = templatesOf({ domain, certificateArn, hostedZoneId: 'Z1' }).templates;
  frontend.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: Match.objectLike({
      Aliases: [domain],
      ViewerCertificate: {
        AcmCertificateArn: certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    }),
  });
  frontend.resourceCountIs('AWS::Route53::RecordSet', 2);
});

test('hashed files stay for a day at least, pages are asked for again', () => {
  const policies = Object.fromEntries(
    own('AWS::CloudFront::CachePolicy').map(({ id, CachePolicyConfig }) => [id, CachePolicyConfig]),
  );
  const cachingOf = (path: string) => policies[behaviorOf(path).CachePolicyId.Ref];
  assert.equal(cachingOf('/assets/a.js').MinTTL, 86_400);
  assert.equal(cachingOf('/studio').MinTTL, 0);
  for (const caching of Object.values<any>(policies)) {
    const key = caching.ParametersInCacheKeyAndForwardedToOrigin;
    assert.ok(key.EnableAcceptEncodingBrotli && key.EnableAcceptEncodingGzip);
    assert.equal(key.CookiesConfig.CookieBehavior, 'none');
  }
  for (const behavior of behaviors) assert.equal(behavior.Compress, true);
  const kinds = own('Custom::CDKBucketDeployment');
  const kindOf = (folder: string | undefined, extension: string) =>
    kinds.find(
      ({ DestinationBucketKeyPrefix, Include }) =>
        DestinationBucketKeyPrefix === folder && Include[0] === `*${extension}`,
    ).SystemMetadata;
  assert.deepEqual(kindOf('assets', '.js'), {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  assert.equal(kindOf(undefined, '.html')['cache-control'], 'no-cache');
  for (const { Prune, Exclude } of kinds) assert.ok(Prune === false && Exclude[0] === '*');
});

test('pages are bound to what the app is made of', () => {
  const policies = Object.fromEntries(
    own('AWS::CloudFront::ResponseHeadersPolicy').map(({ id, ResponseHeadersPolicyConfig }) => [
      id,
      ResponseHeadersPolicyConfig,
    ]),
  );
  const headersOf = (path: string) =>
    policies[behaviorOf(path).ResponseHeadersPolicyId.Ref].SecurityHeadersConfig;
  for (const path of ['/', '/assets/a.js', '/image/x']) {
    assert.equal(headersOf(path).StrictTransportSecurity.AccessControlMaxAgeSec, 31_536_000, path);
    assert.ok(headersOf(path).ContentTypeOptions, path);
  }
  const policy = JSON.stringify(headersOf('/').ContentSecurityPolicy.ContentSecurityPolicy);
  assert.ok(policy.includes(`script-src 'self' '${kScriptHash}'`), policy);
  assert.match(policy, /https:\/\/imagify-images-prod-.*s3\.ap-southeast-1\.amazonaws\.com/);
  assert.equal(headersOf('/image/x').ContentSecurityPolicy.Override, false);
});

test("the site's bucket is CloudFront's alone, and an old site can be brought back", () => {
  const [bucket] = own('AWS::S3::Bucket');
  assert.deepEqual(Object.values(bucket.PublicAccessBlockConfiguration), Array(4).fill(true));
  assert.equal(bucket.VersioningConfiguration.Status, 'Enabled');
  assert.ok(bucket.BucketEncryption);
  const [{ PolicyDocument }] = own('AWS::S3::BucketPolicy');
  const allowed = PolicyDocument.Statement.filter(({ Effect }: any) => Effect === 'Allow');
  for (const { Principal, Condition } of allowed) {
    assert.deepEqual(Principal, { Service: 'cloudfront.amazonaws.com' });
    assert.match(JSON.stringify(Condition.StringEquals['AWS:SourceArn']), /Distribution/);
  }
  const refused = PolicyDocument.Statement.filter(({ Effect }: any) => Effect === 'Deny');
  assert.ok(refused.some((one: any) => one.Condition.Bool?.['aws:SecureTransport'] === 'false'));
  for (const origin of config.Origins.filter((one: any) => one.S3OriginConfig))
    assert.ok(origin.OriginAccessControlId);
});

test('the API is told that CloudFront asks, and the firewall stands before both', () => {
  const [api] = config.Origins.filter((one: any) => one.CustomOriginConfig);
  const [{ HeaderName, HeaderValue }] = api.OriginCustomHeaders;
  assert.equal(HeaderName, 'x-imagify-origin');
  assert.match(JSON.stringify(HeaderValue), /{{resolve:secretsmanager:/);
  assert.ok(config.WebACLId);
  templates.edgeSecurity.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT' });
  const [acl] = Object.values<any>(
    templates.edgeSecurity.findResources('AWS::WAFv2::WebACL'),
  ).map(({ Properties }) => Properties.Rules);
  assert.deepEqual(
    acl.filter(({ Statement }: any) => Statement.RateBasedStatement).length,
    2,
  );
});

test('who asked for what is written down, without sessions', () => {
  assert.equal(config.Logging.IncludeCookies, false);
  assert.match(JSON.stringify(config.Logging.Bucket), /AccessLogs/);
});
