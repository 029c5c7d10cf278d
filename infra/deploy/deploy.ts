// ./run deploy: everything that can be wrong is looked at first, then it builds and deploys.
import { nameOf, readSettings } from '../lib/settings';
import type { Settings } from '../lib/settings';
import { checkAccount, checkBootstrap, outputOf, regionsOf, whoCalls } from './account';
import { closingWords } from './closing';
import { deployCommand, execute, packageCommand, roleCommand, shown } from './commands';
import type { Command } from './commands';
import { cloudFrontNetworks } from './networks';
import { readOptions, settingNames } from './options';
import type { Chosen, Options } from './options';
import { Problem, runMain, say } from './problem';

const kHelp = `./run deploy builds Imagify and deploys it to your AWS account; docs/deploy.md is the whole way.

  ./run deploy [--SETTING VALUE]... [--context NAME=VALUE]... [--settings FILE] [--dry-run]
  ./run deploy --role-for OWNER/NAME      once: the role with which GitHub Actions deploys
  ./run deploy --help                     this

  --SETTING VALUE    one of the settings below; --context NAME=VALUE (-c) is the same
  --settings FILE    a JSON object of settings; else infra/deploy.json, if it is there
  --networks FILE    a copy of https://ip-ranges.amazonaws.com/ip-ranges.json; else it is fetched
  --provider-exists  with --role-for: the account knows GitHub's issuer already
  --dry-run          look at everything, print what would be run, build and change nothing

Settings (infra/lib/settings.ts); needed are vnpayTmnCode, and mailFrom or domain
  ${wrapped(settingNames())}

Examples
  ./run deploy --vnpayTmnCode ABCD1234 --mailFrom "Imagify <no-reply@pictures.example>" --dry-run
  ./run deploy --stage dev --architecture arm64     the rest from infra/deploy.json
  ./run deploy --settings production.json           a file of your own
  AWS_PROFILE=imagify ./run deploy -c phase=2       with Redis

It needs AWS credentials, and the CDK set up once in each region (cdk bootstrap). The first time
takes about half an hour, most of it CloudFront's.`;

function wrapped(names: string[]): string {
  const lines = [''];
  for (const name of names) {
    if (`${lines.at(-1)}${name}, `.length > 94) lines.push('');
    lines.push(`${lines.pop()}${name}, `);
  }
  return lines.join('\n  ').replace(/, $/, '').replace(/ +\n/g, '\n');
}

/** In which region CloudFormation keeps the site's stack, and where it says the site's address. */
const siteOf = (settings: Settings) =>
  outputOf(nameOf(settings, 'ImagifyFrontendStack'), settings.region, 'SiteUrl');

async function inspect(options: Options) {
  const settings = settingsOf(options);
  const caller = await whoCalls(settings.region);
  checkAccount(caller, options.chosen.account);
  say(`Account ${caller.account} as ${caller.arn}`);
  const regions = regionsOf(settings);
  await checkBootstrap(regions, caller);
  say(`Stage ${settings.stage}, phase ${settings.phase}, ${settings.architecture}; ${regions.join(', ')}`);
  return settings;
}

function settingsOf({ chosen, from }: Options): Settings {
  try {
    return readSettings((name) => chosen[name]);
  } catch (error) {
    const place = from ?? 'infra/deploy.json, which is not there,';
    throw new Problem(`${(error as Error).message}
Write them into ${place} or give them as --SETTING VALUE. Nothing was built or changed.`);
  }
}

async function deploy(options: Options) {
  const settings = await inspect(options);
  const chosen: Chosen = { ...options.chosen };
  chosen.proxyNetworks ||= await cloudFrontNetworks(options.networks);
  const known = settings.publicUrl ?? (await siteOf(settings));
  if (known && !settings.domain) chosen.publicUrl = known;
  const steps = [packageCommand(settings), deployCommand(chosen)];
  if (options.dryRun) {
    say('\nThis would be run:');
    for (const step of steps) say(`  ${inFolder(step)}`);
    if (!known) say('  and the second once more, with the address that CloudFront gave');
    return;
  }
  for (const step of steps) await execute(step);
  const site = known ?? (await learnAddress(settings, chosen));
  say(closingWords(settings, site));
}

/** Without a domain CloudFront gives the name, and the functions have to be told. */
async function learnAddress(settings: Settings, chosen: Chosen): Promise<string> {
  const site = await siteOf(settings);
  if (!site) throw new Problem('The site was deployed, but its stack does not say its address.');
  say(`\nCloudFront gave ${site}: deploying once more, so that the functions know it.`);
  await execute(deployCommand({ ...chosen, publicUrl: site }));
  return site;
}

/** The stack with the role alone; its settings are two. */
async function deployRole({ chosen, roleFor, providerExists, dryRun }: Options) {
  if (!/^[\w.-]+\/[\w.-]+$/.test(roleFor!))
    throw new Problem(`--role-for ${roleFor}: write OWNER/NAME, a repository on GitHub.`, 2);
  const region = chosen.region || 'ap-southeast-1';
  const caller = await whoCalls(region);
  checkAccount(caller, chosen.account);
  await checkBootstrap([region], caller);
  const own = ['stage', 'region', 'secondRegion'].filter((name) => chosen[name]);
  const context = Object.fromEntries(own.map((name) => [name, chosen[name]!]));
  const step = roleCommand({
    ...context,
    repository: roleFor!,
    ...(providerExists && { providerExists: 'yes' }),
  });
  if (dryRun) return say(`This would be run:\n  ${inFolder(step)}`);
  await execute(step);
  const arn = await outputOf(roleStackOf(chosen), region, 'RoleArn');
  say(`
On GitHub, in ${roleFor}: Settings, Environments: make "${chosen.stage || 'prod'}", let only tags
v* deploy to it, and give it the variables
  AWS_ROLE_ARN     ${arn}
  DEPLOY_SETTINGS  what infra/deploy.json has
Then "git tag v1.0.0 && git push origin v1.0.0" deploys (.github/workflows/deploy.yml).`);
}

const roleStackOf = ({ stage }: Chosen) => nameOf({ stage: stage || 'prod' }, 'ImagifyDeployStack');

const inFolder = (step: Command) =>
  step.program === 'cdk' ? `(cd infra && npx ${shown(step)})` : shown(step);

runMain(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.yes !== undefined) throw new Problem('--yes is of ./run destroy.', 2);
  if (options.help) return say(kHelp);
  await (options.roleFor === undefined ? deploy(options) : deployRole(options));
});
