// Puts the built web app into a bucket: one deployment for each kind of file, because a deployment
// has one type and one time to be kept.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Aws, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type { CfnElement } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { acknowledge } from './nag';
import { nameOf } from './settings';
import type { Settings } from './settings';
import { filesOf } from './site-routing';

/** As MEDIA_TYPES in src/transport/beast/embed_web.py; a test compares them. */
export const kMediaTypes: Record<string, string> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** As cache_policy in src/transport/beast/static_assets.cpp. */
const kCaching = {
  assets: 'public, max-age=31536000, immutable',
  pages: 'no-cache',
  rest: 'public, max-age=3600',
};

/** CloudFront compresses by itself; the policy is in CloudFront's headers. */
const isServed = (path: string) => !/\.(br|gz)$/.test(path) && path !== '/csp.json';

interface Kind {
  folder: 'assets' | '';
  extension: string;
}

/** The kinds of files that there are, pages last: they name the others. */
function kindsOf(siteFolder: string): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const path of filesOf(siteFolder).filter(isServed)) {
    const extension = extname(path);
    const folder = path.startsWith('/assets/') ? 'assets' : '';
    if (!kMediaTypes[extension])
      throw new Error(`${path}: lib/site-files.ts does not know what ${extension} is`);
    kinds.set(`${folder}${extension}`, { folder, extension });
  }
  const isPage = ({ extension }: Kind) => Number(extension === '.html');
  return [...kinds.values()].sort((one, other) => isPage(one) - isPage(other));
}

/** What is shown for a path that is none; the function of CloudFront makes it a 404. */
function missingPages(siteFolder: string) {
  const shells = { '404.html': 'app.html', '404.en.html': 'app.en.html' };
  return Object.entries(shells).map(([name, shell]) =>
    deployment.Source.data(name, readFileSync(join(siteFolder, shell), 'utf8')),
  );
}

/**
 * Nothing is pruned: a browser that has the old page still asks for the old assets. A page that the
 * app no longer has is removed by hand.
 */
export function deploySite(scope: Construct, settings: Settings, bucket: s3.IBucket) {
  const { siteFolder } = settings;
  if (!existsSync(join(siteFolder, 'index.html')))
    throw new Error(`${siteFolder}/index.html is missing: npm --prefix web run build makes it`);
  const logGroup = new logs.LogGroup(scope, 'SiteLog', {
    logGroupName: `/imagify/${nameOf(settings, 'imagify-site')}`,
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = addWriter(scope, bucket, logGroup);
  let last: Construct | undefined;
  for (const { folder, extension } of kindsOf(siteFolder)) {
    const isPage = extension === '.html';
    const caching = folder ? 'assets' : isPage ? 'pages' : 'rest';
    const kind = new deployment.BucketDeployment(scope, `Site${folder}${extension}`, {
      destinationBucket: bucket,
      destinationKeyPrefix: folder || undefined,
      sources: [
        deployment.Source.asset(join(siteFolder, folder), {
          exclude: ['*.br', '*.gz', 'csp.json', '.*', ...(folder ? [] : ['assets'])],
        }),
        ...(isPage ? missingPages(siteFolder) : []),
      ],
      exclude: ['*'],
      include: [`*${extension}`],
      contentType: kMediaTypes[extension],
      cacheControl: [deployment.CacheControl.fromString(kCaching[caching])],
      prune: false,
      retainOnDelete: true,
      memoryLimit: 512,
      role: role.withoutPolicyUpdates(), // What the CDK would allow itself is wider.
      logGroup,
    });
    kind.node.addDependency(role);
    // One after the other: pages are last.
    if (last) kind.node.addDependency(last);
    last = kind;
  }
  for (const child of Stack.of(scope).node.children)
    if (child.node.id.startsWith('Custom::CDKBucketDeployment'))
      acknowledge(child, { 'AwsSolutions-L1': "The CDK chooses its deployment's runtime." });
}

/** Who may read what the CDK has uploaded, and write this bucket; nothing is deleted. */
function addWriter(scope: Construct, bucket: s3.IBucket, logGroup: logs.ILogGroup) {
  const stack = Stack.of(scope);
  const uploads = `cdk-hnb659fds-assets-${stack.account}-${stack.region}`;
  const role = new iam.Role(scope, 'SiteRole', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Writes the web app into its bucket',
  });
  const allow = (actions: string[], resource: string) =>
    role.addToPolicy(new iam.PolicyStatement({ actions, resources: [resource] }));
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
  allow(['s3:GetObject'], `arn:${Aws.PARTITION}:s3:::${uploads}/*`);
  allow(['s3:ListBucket'], bucket.bucketArn);
  allow(['s3:GetObject', 's3:PutObject'], bucket.arnForObjects('*'));
  const account = Token.isUnresolved(stack.account) ? '<AWS::AccountId>' : stack.account;
  const id = stack.getLogicalId(bucket.node.defaultChild as CfnElement);
  const found = [
    `arn:<AWS::Partition>:s3:::${uploads.replace(stack.account, account)}/*`,
    `<${id}.Arn>/*`,
  ];
  const reason = 'Files have names that change with their contents; both buckets have nothing else.';
  acknowledge(
    role,
    Object.fromEntries(found.map((one) => [`AwsSolutions-IAM5[Resource::${one}]`, reason])),
  );
  return role;
}
