// What can be chosen: CDK context, in cdk.json or as -c name=value. docs/deploy.md explains each.
import { resolve } from 'node:path';
import { SettingReader } from './setting-reader';
import type { Context } from './setting-reader';

export type Architecture = 'arm64' | 'x86_64';
export type Phase = 1 | 2 | 3;

export interface Settings {
  /** Part of every name, so that stages share an account; production has none in its names. */
  stage: string;
  region: string;
  /** Where copies of backups and pictures are; in phase 3 a second Imagify waits there. */
  secondRegion: string;
  /** Phase 3: which of the two works; the other one stands by. */
  activeRegion: string;
  account?: string;
  /** The report's scaling path: 1 one region, 2 with Redis in a VPC, 3 with a second region. */
  phase: Phase;
  /** Has to be that of the package. */
  architecture: Architecture;
  /** The program for Lambda, made by ./run package. */
  zip: string;
  /** The built web app. */
  siteFolder: string;
  domain?: string;
  /** The Route 53 zone of the domain; without one the records are made by hand. */
  hostedZoneId?: string;
  /** The domain's certificate for CloudFront, in us-east-1. */
  certificateArn?: string;
  /** Where customers are. `undefined` only before CloudFront has given a name. */
  publicUrl?: string;
  mailFrom: string;
  /** Who sends Cognito's letters: itself (50 a day) or SES (needs the verified domain). */
  poolMail: 'cognito' | 'ses';
  /** Who checks passwords. */
  identity: 'cognito' | 'local';
  /** After old tables were restored, paid orders that they lack are made again. */
  recoveryMode: 'off' | 'on';
  alarmEmail?: string;
  monthlyBudgetUsd: number;
  sellerName: string;
  painters: string[];
  vnpay: { tmnCode: string; payUrl: string; apiUrl: string };
  /** Other sites whose pages may call the API. */
  corsOrigins: string[];
  /** CloudFront's networks, from which `X-Forwarded-For` is believed; ./run deploy fetches them. */
  proxyNetworks: string[];
}

const kInfra = resolve(__dirname, '..');
const kRegion = /^[a-z]{2}(-[a-z]+)+-\d$/;
const kDomain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const kAddress = /^([^<>]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;
const kCertificate = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/;

/** Throws one error that names everything that is wrong, and what to write instead. */
export function readSettings(context: Context, account = process.env.CDK_DEFAULT_ACCOUNT) {
  const reader = new SettingReader(context);
  const architecture = reader.choice('architecture', ['x86_64', 'arm64'] as const);
  const domain = reader.optional('domain', kDomain, 'a domain such as pictures.example');
  const publicUrl = reader.optional('publicUrl', /^https:\/\/[^/]+$/, 'an https:// address');
  const region = reader.text('region', 'ap-southeast-1', kRegion, 'a region, such as ap-southeast-1');
  const settings: Settings = {
    stage: reader.text('stage', 'prod', /^[a-z][a-z0-9]{0,11}$/, 'a short word, such as dev'),
    region,
    secondRegion: reader.text('secondRegion', 'ap-southeast-2', kRegion, 'another region'),
    activeRegion: reader.text('activeRegion', region, kRegion, 'region or secondRegion'),
    account,
    phase: Number(reader.choice('phase', ['1', '2', '3'] as const)) as Phase,
    architecture,
    zip: resolve(kInfra, reader.text('zip', `../dist/imagify-lambda-${architecture}.zip`)),
    siteFolder: resolve(kInfra, reader.text('siteFolder', '../web/dist')),
    domain,
    hostedZoneId: reader.optional('hostedZoneId', /^Z[A-Z0-9]+$/, 'the id of a hosted zone: Z...'),
    certificateArn: reader.optional('certificateArn', kCertificate, 'an ARN of us-east-1'),
    publicUrl: domain ? `https://${domain}` : publicUrl,
    mailFrom: reader.required('mailFrom', domain && `Imagify <no-reply@${domain}>`, kAddress, {
      what: 'a name and an address that SES may send from',
      example: 'Imagify <no-reply@pictures.example>',
    }),
    poolMail: reader.choice('poolMail', ['cognito', 'ses'] as const),
    identity: reader.choice('identity', ['cognito', 'local'] as const),
    recoveryMode: reader.choice('recoveryMode', ['off', 'on'] as const),
    alarmEmail: reader.optional('alarmEmail', /^[^@\s]+@[^@\s]+$/, 'an e-mail address'),
    monthlyBudgetUsd: reader.number('monthlyBudgetUsd', 75),
    sellerName: reader.text('sellerName', 'Imagify'),
    painters: reader.list('painters', ['clipdrop'], /^(clipdrop|demo)$/),
    vnpay: {
      tmnCode: reader.required('vnpayTmnCode', undefined, /^[A-Za-z0-9]{8}$/, {
        what: 'the terminal code of 8 characters that VNPAY gave you',
        example: 'ABCD1234',
      }),
      payUrl: reader.url('vnpayUrl', 'https://sandbox.vnpayment.vn/paymentv2/vpcpay.html'),
      apiUrl: reader.url(
        'vnpayApiUrl',
        'https://sandbox.vnpayment.vn/merchant_webapi/api/transaction',
      ),
    },
    corsOrigins: reader.list('corsOrigins', [], /^https:\/\/[^/]+$/),
    proxyNetworks: reader.list('proxyNetworks', [], /^[0-9a-f.:]+\/\d{1,3}$/),
  };
  check(reader, settings);
  reader.finish();
  return settings;
}

function check(reader: SettingReader, { domain, certificateArn, ...rest }: Settings) {
  const { phase, region, secondRegion, activeRegion, poolMail } = rest;
  if (domain && !certificateArn)
    reader.complain('certificateArn', 'is needed with domain: a certificate of ACM in us-east-1');
  if (!domain && certificateArn)
    reader.complain('domain', 'is missing: certificateArn is of no use without it');
  const working = phase === 3 ? [region, secondRegion] : [region];
  if (!working.includes(activeRegion))
    reader.complain('activeRegion', `is ${activeRegion}, not one of ${working.join(', ')}`);
  if (region === secondRegion)
    reader.complain('secondRegion', `is ${region} too: copies belong into another one`);
  if (poolMail === 'ses' && !domain)
    reader.complain('poolMail', 'can be ses only with a domain: Cognito asks for a verified one');
}

/** Names that people see have the stage behind them, production's have none. */
export const nameOf = ({ stage }: Pick<Settings, 'stage'>, name: string) =>
  stage === 'prod' ? name : `${name}-${stage}`;
