#!/usr/bin/env node
// Brings the tables back as they were at a moment: docs/recovery-aws.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Aws } from './aws_cli.mjs';
import { kHelpRegion, nameIn, setAwake } from './estate.mjs';
import { differences, isActive, putBack, settingsOf } from './table_settings.mjs';

const kHelp = `Brings Imagify's three tables back as they were at a moment of the last 35 days.

    restore_tables.mjs --at TIME              into three tables beside the ones in use
    restore_tables.mjs --at TIME --swap       puts those into the place of the ones in use

  --at TIME        2026-11-24T03:00:00Z, or "latest" (five minutes ago, or less)
  --stage NAME     another stage than prod
  --region REGION  ${kHelpRegion}
  --dry-run        only say what would be done
  --swap           stop the program, put the restored tables in place, start it again
  --file FILE      keeps what was found and done (recovery.json); repeat a call that was cut off
  --poll SECONDS   how often AWS is asked whether it is done (10)

Look at the copies before --swap: the first call prints the line for "imagify verify".
Examples:
    ops/recovery/restore_tables.mjs --at 2026-11-24T03:00:00Z --dry-run
    ops/recovery/restore_tables.mjs --at latest --stage dev
`;

const kTables = {
  USERS_TABLE: 'users',
  TRANSACTIONS_TABLE: 'transactions',
  IMAGES_TABLE: 'images',
};

function readOptions() {
  const { values } = parseArgs({
    options: {
      at: { type: 'string' },
      stage: { type: 'string', default: 'prod' },
      region: { type: 'string', default: process.env.AWS_REGION ?? 'ap-southeast-1' },
      file: { type: 'string', default: 'recovery.json' },
      poll: { type: 'string', default: '10' },
      'dry-run': { type: 'boolean', default: false },
      swap: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return values;
  if (values.at !== 'latest' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(values.at ?? ''))
    throw new Error('--at is missing or no time: write --at 2026-11-24T03:00:00Z or --at latest');
  return values;
}

/** Notes of the recovery, so that a second call goes on where the first one ended. */
class Journal {
  constructor(file, { at, stage, region }, dryRun) {
    Object.assign(this, { file, dryRun });
    this.notes = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    const begun = { at, stage, region };
    this.notes.recovery ??= begun;
    if (JSON.stringify(this.notes.recovery) !== JSON.stringify(begun))
      throw new Error(
        `${file} is of another recovery (${JSON.stringify(this.notes.recovery)}): ` +
          'name another --file, or go on with that one',
      );
    this.notes.tables ??= {};
    this.notes.swapped ??= [];
  }

  save() {
    if (!this.dryRun) writeFileSync(this.file, `${JSON.stringify(this.notes, null, 2)}\n`);
  }
}

const stamp = (at) => at.replaceAll(/[^0-9a-z]/gi, '');

async function restoreBeside(aws, journal, live, at) {
  const beside = `${live}-at-${stamp(at)}`;
  if (!journal.notes.tables[live]) {
    journal.notes.tables[live] = { beside, settings: await settingsOf(aws, live) };
    journal.save();
  }
  const known = await aws.askUnless('ResourceNotFoundException', 'dynamodb describe-table', {
    TableName: beside,
  });
  if (!known)
    await aws.change('dynamodb restore-table-to-point-in-time', {
      SourceTableName: live,
      TargetTableName: beside,
      ...(at === 'latest' ? { UseLatestRestorableTime: true } : { RestoreDateTime: at }),
    });
  return beside;
}

/** Without time to live: nothing may go from a copy that is only looked at. */
const forLooking = (settings) => ({ ...settings, ttl: '', stream: '', deletionProtection: false });

async function restoreAll(aws, journal, { at, stage }) {
  const names = Object.values(kTables).map((name) => nameIn(stage, `imagify-${name}`));
  for (const live of names) await restoreBeside(aws, journal, live, at);
  for (const live of names) {
    const { beside, settings } = journal.notes.tables[live];
    await aws.until(beside, () => isActive(aws, beside));
    if (!aws.dryRun) await putBack(aws, beside, forLooking(settings));
  }
  const copyOf = (name) => journal.notes.tables[nameIn(stage, `imagify-${name}`)].beside;
  const variables = Object.entries(kTables).map(([key, name]) => `${key}=${copyOf(name)}`);
  const settings = ['STORE=dynamodb', `AWS_REGION=${aws.region}`, ...variables].join(' ');
  aws.say(`look at the copies:\n  ${settings} imagify verify`);
}

async function swapOne(aws, journal, live) {
  const note = journal.notes.tables[live];
  const find = () =>
    aws.askUnless('ResourceNotFoundException', 'dynamodb describe-table', { TableName: live });
  const old = await find();
  const replicas = (old?.Table.Replicas ?? []).map(({ RegionName }) => RegionName);
  if (replicas.length)
    throw new Error(
      `${live} has replicas in ${replicas.join(', ')}: docs/recovery-aws.md, "Tables with ` +
        'replicas", says what comes first',
    );
  const BackupName = note.beside;
  if (!note.backup) {
    const made = await aws.change('dynamodb create-backup', { TableName: note.beside, BackupName });
    note.backup = made.BackupDetails?.BackupArn;
    journal.save();
  }
  await aws.until(`the backup of ${note.beside}`, async () => {
    const { BackupDescription: of } = await aws.ask('dynamodb describe-backup', {
      BackupArn: note.backup,
    });
    return of.BackupDetails.BackupStatus === 'AVAILABLE';
  });
  if (old && !note.deleted) {
    if (old.Table.DeletionProtectionEnabled) {
      await aws.change('dynamodb update-table', {
        TableName: live,
        DeletionProtectionEnabled: false,
      });
      await aws.until(`${live} to be ready`, () => isActive(aws, live));
    }
    // DynamoDB itself keeps a last backup of it for 35 days.
    await aws.change('dynamodb delete-table', { TableName: live });
  }
  if (!note.deleted) {
    await aws.until(`${live} to be gone`, async () => !(await find()));
    note.deleted = true;
    journal.save();
  }
  if (aws.dryRun || !(await find()))
    await aws.change('dynamodb restore-table-from-backup', {
      TargetTableName: live,
      BackupArn: note.backup,
    });
  await aws.until(live, () => isActive(aws, live));
  if (aws.dryRun) return;
  await putBack(aws, live, note.settings);
  const lost = differences(note.settings, await settingsOf(aws, live));
  if (lost.length)
    throw new Error(`${live} is back without its ${lost.join(', ')}: call this again`);
  journal.notes.swapped.push(live);
  journal.save();
}

async function swapAll(aws, journal, stage) {
  await setAwake(aws, stage, false);
  for (const live of Object.keys(journal.notes.tables))
    if (!journal.notes.swapped.includes(live)) await swapOne(aws, journal, live);
  await setAwake(aws, stage, true);
}

async function main() {
  const options = readOptions();
  if (options.help) return process.stdout.write(kHelp);
  const say = (line) => process.stdout.write(`${line}\n`);
  const aws = new Aws({
    region: options.region,
    dryRun: options['dry-run'],
    pollSeconds: Number(options.poll),
    say,
  });
  const journal = new Journal(options.file, options, aws.dryRun);
  await restoreAll(aws, journal, options);
  if (options.swap) await swapAll(aws, journal, options.stage);
  say(aws.dryRun ? 'nothing was changed' : options.swap ? 'the tables are in place' : 'restored');
}

main().catch((error) => {
  process.stderr.write(`restore_tables: ${error.message}\n`);
  process.exitCode = 1;
});
