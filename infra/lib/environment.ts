// The settings of each function: README, "Configuration". Each gets what it uses, and a test
// compares the names with those that the program reads.
import type { FunctionName } from './functions';
import type { Settings } from './settings';

/** What functions work with, wherever it was made: phase 3 has two sets of it. */
export interface Surroundings {
  tables: { users: string; transactions: string; images: string };
  imagesBucket: string;
  queueUrl: string;
  userPoolId: string;
  userPoolClientId: string;
  secretArns: { jwt: string; vnpayHash: string; clipdrop: string; redisUrl?: string };
}

/** Stands where the address of the site will, until CloudFront has given one. */
export const kNoUrlYet = 'https://not-deployed-yet.invalid';

type Variables = Record<string, string | undefined>;

const listed = (items: string[]) => items.join(',') || undefined;

/** What every function needs, or production would not start. */
function common(settings: Settings, { tables, imagesBucket }: Surroundings): Variables {
  return {
    IMAGIFY_MODE: 'production',
    IMAGIFY_PUBLIC_URL: settings.publicUrl ?? kNoUrlYet,
    SELLER_NAME: settings.sellerName,
    STORE: 'dynamodb',
    USERS_TABLE: tables.users,
    TRANSACTIONS_TABLE: tables.transactions,
    IMAGES_TABLE: tables.images,
    BLOBS: 's3',
    IMAGES_BUCKET: imagesBucket,
    MAIL: 'ses',
    MAIL_FROM: settings.mailFrom,
  };
}

/** Two members of one secret: it changes as a whole. */
const signing = ({ secretArns }: Surroundings): Variables => ({
  JWT_SECRET_ARN: `${secretArns.jwt}#current`,
  JWT_SECRET_PREVIOUS_ARN: `${secretArns.jwt}#previous`,
});

/** Who serves HTTP knows people, counts their uses and sees them through proxies. */
function serving(settings: Settings, around: Surroundings): Variables {
  const cognito = settings.identity === 'cognito';
  return {
    ...signing(around),
    // Lambda cannot answer with more than 6 MB.
    S3_PRESIGN: 'on',
    IDENTITY: settings.identity,
    COGNITO_USER_POOL_ID: cognito ? around.userPoolId : undefined,
    COGNITO_CLIENT_ID: cognito ? around.userPoolClientId : undefined,
    LIMITS: around.secretArns.redisUrl ? 'redis' : 'store',
    REDIS_URL_SECRET_ARN: around.secretArns.redisUrl,
    CORS_ORIGINS: listed(settings.corsOrigins),
    TRUSTED_PROXIES: listed(settings.proxyNetworks),
  };
}

function paying({ vnpay, recoveryMode }: Settings, { secretArns }: Surroundings): Variables {
  return {
    VNPAY_TMN_CODE: vnpay.tmnCode,
    VNPAY_URL: vnpay.payUrl,
    VNPAY_API_URL: vnpay.apiUrl,
    VNPAY_HASH_SECRET_ARN: secretArns.vnpayHash,
    RECOVERY_MODE: recoveryMode === 'on' ? 'on' : undefined,
  };
}

export function environmentOf(
  name: FunctionName,
  settings: Settings,
  around: Surroundings,
): Record<string, string> {
  const painters = { PAINTERS: listed(settings.painters) };
  const own: Record<FunctionName, Variables> = {
    auth: serving(settings, around),
    image: {
      ...serving(settings, around),
      ...painters,
      QUEUE: 'sqs',
      SQS_QUEUE_URL: around.queueUrl,
    },
    payment: { ...serving(settings, around), ...paying(settings, around) },
    worker: {
      ...painters,
      CLIPDROP_API_SECRET_ARN: settings.painters.includes('clipdrop')
        ? around.secretArns.clipdrop
        : undefined,
    },
    scheduler: { ...signing(around), ...paying(settings, around) },
  };
  const all: Variables = { IMAGIFY_ROUTES: name, ...common(settings, around), ...own[name] };
  return Object.fromEntries(
    Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
