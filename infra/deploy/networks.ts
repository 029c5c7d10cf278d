// CloudFront's networks, from which the program believes who a customer is (TRUSTED_PROXIES).
import { readFile } from 'node:fs/promises';
import { Problem } from './problem';

interface Ranges {
  prefixes?: { ip_prefix: string; service: string }[];
}

/** Of the 4 KB that a function's environment may have. */
const kMostBytes = 2500;

/** `source`: an address or a file. CloudFront asks API Gateway over IPv4. */
export async function cloudFrontNetworks(source: string): Promise<string> {
  const { prefixes = [] } = await rangesOf(source);
  const ours = prefixes.filter(({ service }) => service === 'CLOUDFRONT_ORIGIN_FACING');
  const networks = [...new Set(ours.map(({ ip_prefix }) => ip_prefix))].sort().join(',');
  if (!networks) throw new Problem(`${source} names no network of CLOUDFRONT_ORIGIN_FACING.`);
  if (networks.length > kMostBytes)
    throw new Problem(
      `${source} names ${ours.length} networks: too many for a function's environment. ` +
        'Give fewer, wider ones: --proxyNetworks A,B',
    );
  return networks;
}

async function rangesOf(source: string): Promise<Ranges> {
  try {
    if (!/^https?:/.test(source)) return JSON.parse(await readFile(source, 'utf8')) as Ranges;
    const answer = await fetch(source, { signal: AbortSignal.timeout(20_000) });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    return (await answer.json()) as Ranges;
  } catch (error) {
    throw new Problem(
      `CloudFront's networks could not be read from ${source}: ${(error as Error).message}\n` +
        'Without them every customer has the address of CloudFront. --networks FILE takes a copy.',
    );
  }
}
