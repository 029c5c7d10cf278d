// Changes that make the bill smaller, tried one by one on the model.
import { billOf } from './charges';
import type { Inventory } from './inventory';
import type { Basis, Scenario } from './model';

export interface Saving {
  change: string;
  usd: number;
  catch: string;
}

interface Change {
  change: string;
  catch: string;
  apply: (basis: Basis) => Basis;
}

const withInventory = (basis: Basis, more: Partial<Inventory>): Basis => ({
  ...basis,
  inventory: { ...basis.inventory, ...more },
});
const withScenario = (basis: Basis, more: Partial<Scenario>): Basis => ({
  ...basis,
  scenario: { ...basis.scenario, ...more },
});

function slowerPolls(basis: Basis): Basis {
  const { perPicture } = basis.scenario;
  const pollSeconds = { value: 3, from: 'a change' };
  return withScenario(basis, { perPicture: { ...perPicture, pollSeconds } });
}

function onArm(basis: Basis): Basis {
  const functions = { ...basis.inventory.functions };
  for (const name of Object.keys(functions) as Array<keyof typeof functions>)
    functions[name] = { ...functions[name], architecture: 'arm64' };
  return withInventory(basis, { functions });
}

function smallerWorker(basis: Basis): Basis {
  const { functions } = basis.inventory;
  const worker = { ...functions.worker, memoryMb: Math.min(functions.worker.memoryMb, 256) };
  return withInventory(basis, { functions: { ...functions, worker } });
}

export const kChanges: Change[] = [
  {
    change: 'pictures through CloudFront instead of from the bucket',
    catch: 'needs signed URLs of CloudFront instead of S3; nobody has built it',
    apply: (basis) => ({ ...basis, picturesByCdn: true }),
  },
  {
    change: 'asking for a picture in work every 3 s instead of 1.2 s',
    catch: 'a picture is seen up to 2 s later',
    apply: slowerPolls,
  },
  {
    change: 'arm64 instead of x86',
    catch: 'none: context architecture=arm64',
    apply: onArm,
  },
  {
    change: '256 MB for the worker',
    catch: 'half the processor: decoding a picture takes twice as long',
    apply: smallerWorker,
  },
  {
    change: "Imagify's own passwords instead of Cognito",
    catch: 'argon2id needs memory in the auth function; IDENTITY=local',
    apply: (basis) => withInventory(basis, { userPoolTier: 'none' }),
  },
  {
    change: "Cognito's plan Lite instead of Essentials",
    catch: 'no passkeys and no letters in your own words from Cognito',
    apply: (basis) =>
      basis.inventory.userPoolTier === 'ESSENTIALS'
        ? withInventory(basis, { userPoolTier: 'LITE' })
        : basis,
  },
  {
    change: 'metrics by function only, not by route',
    catch: 'which route is slow is then a question to the logs',
    apply: (basis) => withScenario(basis, { metrics: { value: 27, from: 'a change' } }),
  },
  {
    change: 'a WAF list for the CDN only',
    catch: "who knows the API's own address goes around it",
    apply: (basis) => {
      const { webAcls, webAclRules } = basis.inventory;
      if (webAcls < 2) return basis;
      return withInventory(basis, { webAcls: 1, webAclRules: Math.ceil(webAclRules / webAcls) });
    },
  },
  {
    change: 'daily backups kept for 7 days instead of 35',
    catch: 'point-in-time recovery still covers 35 days, but not the loss of a table',
    apply: (basis) =>
      withInventory(basis, {
        backups: basis.inventory.backups.map((rule) =>
          rule.everyDays === 1 ? { ...rule, days: Math.min(rule.days, 7) } : rule,
        ),
      }),
  },
  {
    change: 'an HTTP API instead of a REST API',
    catch: 'no WAF on the API itself, no validation of requests before the function',
    apply: (basis) => withInventory(basis, { apiKind: 'http' }),
  },
];

/** What each change saves by itself, the largest first; what saves nothing is left out. */
export function savingsOf(basis: Basis): Saving[] {
  const before = billOf(basis).usd;
  return kChanges
    .map(({ change, apply, ...rest }) => ({
      change,
      catch: rest.catch,
      usd: before - billOf(apply(basis)).usd,
    }))
    .filter(({ usd }) => usd > 0.005)
    .sort((one, other) => other.usd - one.usd);
}
