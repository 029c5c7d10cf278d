#!/usr/bin/env node
// Brings pictures back that were deleted by mistake: docs/recovery-aws.md.
import { parseArgs } from 'node:util';
import { Aws } from './aws_cli.mjs';
import { kHelpRegion, nameIn } from './estate.mjs';

const kHelp = `Brings deleted pictures back: from the bucket's versions, or from the other region.

    restore_pictures.mjs --bucket NAME [--from BUCKET] [--since TIME] [--dry-run]

  --bucket NAME    whose pictures are missing
  --from BUCKET    the copy in the other region; without it the bucket's versions of the last week
  --since TIME     only what was deleted after it: 2026-11-24T03:00:00Z
  --stage NAME     another stage than prod
  --region REGION  ${kHelpRegion}
  --dry-run        only say what would be done

A picture that its owner deleted, or whose account is gone, stays deleted: the table is asked.
Example:
    ops/recovery/restore_pictures.mjs --bucket imagify-images-prod-111122223333 \\
        --since 2026-11-24T03:00:00Z --dry-run
`;

const kPrefix = 'images/';
/** images/<id>/original -> <id> */
export const idOf = (key) => key.split('/')[1];

function readOptions() {
  const { values } = parseArgs({
    options: {
      bucket: { type: 'string' },
      from: { type: 'string' },
      since: { type: 'string', default: '' },
      stage: { type: 'string', default: 'prod' },
      region: { type: 'string', default: process.env.AWS_REGION ?? 'ap-southeast-1' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return values;
  if (!values.bucket) throw new Error('--bucket is missing; --help has an example');
  if (values.since && Number.isNaN(Date.parse(values.since)))
    throw new Error(`--since is "${values.since}": write a time such as 2026-11-24T03:00:00Z`);
  return values;
}

/** Asks each picture once whether the books still have it. */
class Books {
  constructor(aws, stage) {
    Object.assign(this, { aws, table: nameIn(stage, 'imagify-images'), known: new Map() });
  }

  async keep(id) {
    if (!this.known.has(id)) {
      const { Item: item } = await this.aws.ask('dynamodb get-item', {
        TableName: this.table,
        Key: { imageId: { S: id } },
        ConsistentRead: true,
      });
      this.known.set(id, Boolean(item) && !item.deletedAt);
    }
    return this.known.get(id);
  }
}

/** Taking a delete marker away shows the version under it. */
async function fromVersions(aws, books, { bucket: Bucket, since }) {
  const { DeleteMarkers = [] } = await aws.ask('s3api list-object-versions', {
    Bucket,
    Prefix: kPrefix,
  });
  const after = since ? Date.parse(since) : 0;
  const figures = { back: 0, left: 0 };
  for (const { Key, VersionId, IsLatest, LastModified } of DeleteMarkers) {
    if (!IsLatest || Date.parse(LastModified) < after) continue;
    const kept = await books.keep(idOf(Key));
    ++figures[kept ? 'back' : 'left'];
    if (kept) await aws.change('s3api delete-object', { Bucket, Key, VersionId });
  }
  return figures;
}

async function keysOf(aws, Bucket) {
  const { Contents = [] } = await aws.ask('s3api list-objects-v2', { Bucket, Prefix: kPrefix });
  return Contents.map(({ Key }) => Key);
}

async function fromCopy(aws, books, { bucket: Bucket, from }) {
  const there = new Set(await keysOf(aws, Bucket));
  const { LocationConstraint } = await aws.ask('s3api get-bucket-location', { Bucket: from });
  const copies = await keysOf(aws.in(LocationConstraint ?? 'us-east-1'), from);
  const figures = { back: 0, left: 0 };
  for (const Key of copies.filter((key) => !there.has(key))) {
    const kept = await books.keep(idOf(Key));
    ++figures[kept ? 'back' : 'left'];
    if (kept) await aws.change('s3api copy-object', { Bucket, Key, CopySource: `${from}/${Key}` });
  }
  return figures;
}

async function main() {
  const options = readOptions();
  if (options.help) return process.stdout.write(kHelp);
  const say = (line) => process.stdout.write(`${line}\n`);
  const aws = new Aws({ region: options.region, dryRun: options['dry-run'], say });
  const books = new Books(aws, options.stage);
  const { back, left } = await (options.from ? fromCopy : fromVersions)(aws, books, options);
  return say(`${back} files ${aws.dryRun ? 'would come' : 'are'} back, ${left} stay deleted`);
}

main().catch((error) => {
  process.stderr.write(`restore_pictures: ${error.message}\n`);
  process.exitCode = 1;
});
