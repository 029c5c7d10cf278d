// Firewalls (AWS WAF): one in front of CloudFront, one in front of each region's API.
import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Phase } from './settings';

/** What CloudFront says to the API, so that nobody walks around it. */
export const kOriginHeader = 'x-imagify-origin';

type Rule = Omit<wafv2.CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

/**
 * A prompt may say anything, <script> and ' OR 1=1 too: the program keeps it as text, and no text
 * becomes a statement in DynamoDB. VNPAY's server says no User-Agent. Such findings are counted.
 */
const kCounted: Record<string, string[]> = {
  CommonRuleSet: [
    'NoUserAgent_HEADER',
    'SizeRestrictions_BODY',
    'CrossSiteScripting_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
  ],
  SQLiRuleSet: ['SQLi_BODY', 'SQLiExtendedPatterns_BODY'],
};

/** One of AWS's own sets of rules. */
export function managed(name: string): Rule {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: `AWSManagedRules${name}`,
        ruleActionOverrides: kCounted[name]?.map((rule) => ({
          name: rule,
          actionToUse: { count: {} },
        })),
      },
    },
  };
}

const starts = (path: string): wafv2.CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString: path,
    textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }],
  },
});

const without = (statement: wafv2.CfnWebACL.StatementProperty) => ({
  notStatement: { statement },
});

interface Rate {
  name: string;
  /** Requests of one address in five minutes. */
  limit: number;
  /** Only paths that start so. */
  path?: string;
  /** Behind CloudFront the address is in a header. */
  forwarded?: boolean;
}

/** Blocks an address that asks too often. VNPAY tells of every payment from few addresses. */
export function rate({ name, limit, path, forwarded }: Rate): Rule {
  return {
    name,
    action: { block: { customResponse: { responseCode: 429 } } },
    statement: {
      rateBasedStatement: {
        limit,
        evaluationWindowSec: 300,
        aggregateKeyType: forwarded ? 'FORWARDED_IP' : 'IP',
        forwardedIpConfig: forwarded
          ? { headerName: 'X-Forwarded-For', fallbackBehavior: 'NO_MATCH' }
          : undefined,
        scopeDownStatement: path ? starts(path) : without(starts('/payment/vnpay-ipn')),
      },
    },
  };
}

/** Blocks whoever does not know what CloudFront says. */
export function onlyFromCloudFront(secret: string): Rule {
  return {
    name: 'OnlyFromCloudFront',
    action: { block: {} },
    statement: without({
      byteMatchStatement: {
        fieldToMatch: { singleHeader: { Name: kOriginHeader } },
        positionalConstraint: 'EXACTLY',
        searchString: secret,
        textTransformations: [{ priority: 0, type: 'NONE' }],
      },
    }),
  };
}

/** Tighter from phase 2 on: more customers make what one address may take a bigger part of a bill. */
const limitIn = (phase: Phase, limit: number) => (phase === 1 ? limit : limit / 2);

/** A region's API: what comes has passed CloudFront's firewall, if it came that way. */
export const apiRules = (phase: Phase, originSecret: string) => [
  onlyFromCloudFront(originSecret),
  rate({ name: 'Rate', limit: limitIn(phase, 2000), forwarded: true }),
  managed('CommonRuleSet'),
  managed('KnownBadInputsRuleSet'),
  managed('SQLiRuleSet'),
];

/** The whole site: an office behind one address loads a page of thirty files sixty times. */
export const siteRules = (phase: Phase) => [
  rate({ name: 'Rate', limit: limitIn(phase, 5000) }),
  rate({ name: 'RateOfAccounts', limit: limitIn(phase, 300), path: '/auth/' }),
  managed('AmazonIpReputationList'),
  managed('KnownBadInputsRuleSet'),
];

interface Firewall {
  name: string;
  scope: 'REGIONAL' | 'CLOUDFRONT';
  rules: Rule[];
}

/** Returns the ARN. Its log has what was stopped or counted, without anybody's session. */
export function addFirewall(owner: Construct, id: string, { name, scope, rules }: Firewall) {
  const visibility = (metricName: string) => ({
    metricName,
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
  });
  const acl = new wafv2.CfnWebACL(owner, id, {
    name,
    scope,
    defaultAction: { allow: {} },
    visibilityConfig: visibility(name),
    rules: rules.map((rule, priority) => ({
      ...rule,
      priority,
      visibilityConfig: visibility(`${name}-${rule.name}`),
    })),
  });
  const log = new logs.LogGroup(owner, `${id}Log`, {
    logGroupName: `aws-waf-logs-${name}`, // WAF takes no other beginning.
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new wafv2.CfnLoggingConfiguration(owner, `${id}Logging`, {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [log.logGroupArn],
    redactedFields: ['authorization', 'cookie', kOriginHeader].map((header) => ({
      singleHeader: { Name: header },
    })),
    loggingFilter: {
      DefaultBehavior: 'DROP',
      Filters: [
        {
          Behavior: 'KEEP',
          Requirement: 'MEETS_ANY',
          Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((action) => ({
            ActionCondition: { Action: action },
          })),
        },
      ],
    },
  });
  return acl.attrArn;
}
