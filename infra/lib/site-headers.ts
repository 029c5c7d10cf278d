// What browsers are told with every answer: the same words as the program's own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

interface Hashes {
  script: string[];
  style: string[];
}

function hashesOf(siteFolder: string): Hashes {
  return JSON.parse(readFileSync(join(siteFolder, 'csp.json'), 'utf8'));
}

/** As policy_of in src/transport/beast/static_assets.cpp; a test compares them. */
export function contentSecurityPolicy({ script, style }: Hashes, pictureOrigins: string[]) {
  const own = (hashes: string[]) => ["'self'", ...hashes.map((hash) => `'${hash}'`)].join(' ');
  return [
    "default-src 'self'",
    `script-src ${own(script)}`,
    `style-src ${own(style)}`,
    `img-src ${["'self'", 'data:', 'blob:', ...pictureOrigins].join(' ')}`,
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

const kTransport: cloudfront.ResponseHeadersStrictTransportSecurity = {
  accessControlMaxAge: Duration.days(365),
  includeSubdomains: true,
  override: true,
};

const { SAME_ORIGIN, NO_REFERRER } = cloudfront.HeadersReferrerPolicy;

export interface SiteHeaders {
  pages: cloudfront.ResponseHeadersPolicy;
  files: cloudfront.ResponseHeadersPolicy;
  api: cloudfront.ResponseHeadersPolicy;
}

interface SiteHeadersProps {
  /** A name with the stage. */
  named: (name: string) => string;
  siteFolder: string;
  /** Where pictures are redirected to. */
  pictureOrigins: string[];
}

export function addSiteHeaders(
  scope: Construct,
  { named, siteFolder, pictureOrigins }: SiteHeadersProps,
): SiteHeaders {
  const policy = (
    id: string,
    securityHeadersBehavior: cloudfront.ResponseSecurityHeadersBehavior,
    custom: Record<string, string> = {},
  ) =>
    new cloudfront.ResponseHeadersPolicy(scope, `${id}Headers`, {
      responseHeadersPolicyName: named(`imagify-${id.toLowerCase()}`),
      securityHeadersBehavior: {
        strictTransportSecurity: kTransport,
        contentTypeOptions: { override: true },
        ...securityHeadersBehavior,
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(custom).map(([header, value]) => ({
          header,
          value,
          override: true,
        })),
      },
    });
  const content = contentSecurityPolicy(hashesOf(siteFolder), pictureOrigins);
  return {
    pages: policy(
      'Pages',
      {
        contentSecurityPolicy: { contentSecurityPolicy: content, override: true },
        referrerPolicy: { referrerPolicy: SAME_ORIGIN, override: true },
      },
      {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      },
    ),
    files: policy('Files', {}),
    // The program says all of it itself; this is for what API Gateway or the firewall answers.
    api: policy('Api', {
      contentSecurityPolicy: {
        contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
        override: false,
      },
      referrerPolicy: { referrerPolicy: NO_REFERRER, override: false },
    }),
  };
}
