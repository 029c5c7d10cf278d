#!/usr/bin/env node
// Moves the work to the other region: docs/failover.md.
import { parseArgs } from 'node:util';
import { Aws } from './aws_cli.mjs';
import { nameIn, setAwake } from './estate.mjs';

const kHelp = `Moves Imagify's work from one region to the other (phase 3).

    failover.mjs --from REGION --to REGION --distribution ID [--dry-run]

  --from REGION        the region that stops; it may be out of reach
  --to REGION          the region that takes over
  --distribution ID    CloudFront's id of the site (output of ImagifyFrontendStack)
  --stage NAME         another stage than prod
  --lost               the other region does not answer: go on without stopping it
  --dry-run            only say what would be done
  --poll SECONDS       how often AWS is asked whether it is done (10)

Example:
    ops/recovery/failover.mjs --from ap-southeast-1 --to ap-southeast-2 \\
        --distribution E2EXAMPLE --dry-run
`;

/** What CloudFront says to the API: infra/lib/firewall.ts. */
export const kOriginHeader = 'x-imagify-origin';

function readOptions() {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      distribution: { type: 'string' },
      stage: { type: 'string', default: 'prod' },
      poll: { type: 'string', default: '10' },
      lost: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return values;
  for (const name of ['from', 'to', 'distribution'])
    if (!values[name]) throw new Error(`--${name} is missing; --help has an example`);
  if (values.from === values.to) throw new Error('--from and --to are the same region');
  return values;
}

/** Two regions at work would write the same credits twice, and the last one would win. */
async function stop(aws, { stage, lost, from }) {
  try {
    await setAwake(aws, stage, false);
  } catch (error) {
    if (!lost)
      throw new Error(
        `${from} was not stopped (${error.message}): repeat this, or add --lost when the region ` +
          'is really out of reach',
      );
    aws.say(`WARNING ${from} was not stopped: the moment it answers, stop it (docs/failover.md)`);
  }
}

async function apiHost(aws, stage) {
  const name = nameIn(stage, 'imagify-api');
  const { items = [] } = await aws.ask('apigateway get-rest-apis', { limit: 500 });
  const found = items.filter((item) => item.name === name);
  if (found.length !== 1)
    throw new Error(`${aws.region} has ${found.length} APIs called ${name}; one is needed`);
  return `${found[0].id}.execute-api.${aws.region}.amazonaws.com`;
}

async function point(aws, Id, host) {
  const { DistributionConfig: config, ETag: IfMatch } = await aws.ask(
    'cloudfront get-distribution-config',
    { Id },
  );
  const origins = config.Origins.Items.filter(({ CustomHeaders }) =>
    CustomHeaders?.Items?.some(({ HeaderName }) => HeaderName.toLowerCase() === kOriginHeader),
  );
  if (origins.length === 0) throw new Error(`${Id} has no origin with ${kOriginHeader}`);
  if (origins.every(({ DomainName }) => DomainName === host))
    return aws.say(`CloudFront asks ${host} already`);
  for (const origin of origins) origin.DomainName = host;
  aws.say(`CloudFront will ask ${host}`);
  // Its configuration has the header's value in it, so it is not shown.
  if (!aws.dryRun)
    await aws.ask('cloudfront update-distribution', { Id, IfMatch, DistributionConfig: config });
  return aws.until('CloudFront', async () => {
    const { Distribution } = await aws.ask('cloudfront get-distribution', { Id });
    return Distribution.Status === 'Deployed';
  });
}

async function main() {
  const options = readOptions();
  if (options.help) return process.stdout.write(kHelp);
  const say = (line) => process.stdout.write(`${line}\n`);
  const aws = new Aws({
    region: options.to,
    dryRun: options['dry-run'],
    pollSeconds: Number(options.poll),
    say,
  });
  const host = await apiHost(aws, options.stage); // Before anything is stopped.
  await stop(aws.in(options.from), options);
  await setAwake(aws, options.stage, true);
  await point(aws.in('us-east-1'), options.distribution, host);
  if (aws.dryRun) return say('nothing was changed');
  return say(
    `${options.to} works. Write -c activeRegion=${options.to} into the next deployments, and run ` +
      '"imagify verify" there (docs/failover.md, "After").',
  );
}

main().catch((error) => {
  process.stderr.write(`failover: ${error.message}\n`);
  process.exitCode = 1;
});
