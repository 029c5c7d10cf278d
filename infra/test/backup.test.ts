// What is kept where, for how long, and that it cannot be lost by mistake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { templatesOf } from './support';

const { assembly, stacks, templates } = templatesOf();

const [plan] = Object.values<any>(templates.backup.findResources('AWS::Backup::BackupPlan')).map(
  ({ Properties }) => Properties.BackupPlan,
);

test('every table is backed up every day, and kept for five weeks', () => {
  const daily = plan.BackupPlanRule.find(({ RuleName }: any) => RuleName === 'daily');
  assert.equal(daily.ScheduleExpression, 'cron(0 17 * * ? *)');
  assert.equal(daily.Lifecycle.DeleteAfterDays, 35);
  const [selection] = Object.values<any>(
    templates.backup.findResources('AWS::Backup::BackupSelection'),
  );
  const { Resources } = selection.Properties.BackupSelection;
  assert.equal(Resources.length, stacks.database.tables.length);
  for (const table of ['UsersTable', 'TransactionsTable', 'ImagesTable'])
    assert.ok(Resources.some((arn: any) => JSON.stringify(arn).includes(table)), table);
});

test('a month stays for a year', () => {
  const monthly = plan.BackupPlanRule.find(({ RuleName }: any) => RuleName === 'monthly');
  assert.equal(monthly.Lifecycle.DeleteAfterDays, 365);
});

test('each backup is copied into a vault of another region, for as long', () => {
  const vault = Object.values<any>(templates.copies.findResources('AWS::Backup::BackupVault'))[0]!;
  for (const { CopyActions, Lifecycle } of plan.BackupPlanRule) {
    const [copy] = CopyActions;
    const arn = JSON.stringify(copy.DestinationBackupVaultArn);
    assert.match(arn, /:backup:ap-southeast-2:/);
    assert.ok(arn.includes(`backup-vault:${vault.Properties.BackupVaultName}`), arn);
    assert.deepEqual(copy.Lifecycle, Lifecycle);
  }
  assert.equal(stacks.copies.region, 'ap-southeast-2');
});

test('vaults outlive the stack and let nobody delete what is new', () => {
  for (const template of [templates.backup, templates.copies])
    template.hasResource('AWS::Backup::BackupVault', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({ LockConfiguration: { MinRetentionDays: 7 } }),
    });
});

test('pictures are copied within minutes, with what was deleted', () => {
  const [bucket] = Object.values<any>(templates.storage.findResources('AWS::S3::Bucket'));
  assert.equal(bucket.Properties.VersioningConfiguration.Status, 'Enabled');
  const [rule] = bucket.Properties.ReplicationConfiguration.Rules;
  assert.equal(rule.Status, 'Enabled');
  assert.equal(rule.DeleteMarkerReplication.Status, 'Enabled');
  assert.equal(rule.Destination.ReplicationTime.Time.Minutes, 15);
  const [copy] = Object.values<any>(templates.copies.findResources('AWS::S3::Bucket'));
  const nameOf = ({ 'Fn::Join': [, parts] }: any) =>
    parts.map((part: any) => (typeof part === 'string' ? part : 'ACCOUNT')).join('');
  const name = nameOf(copy.Properties.BucketName);
  assert.equal(name, 'imagify-images-prod-ACCOUNT-ap-southeast-2');
  assert.ok(JSON.stringify(rule.Destination.Bucket).includes('-ap-southeast-2'));
  const place = assembly.getStackByName('ImagifyStorageStack').dependencies.map(({ id }) => id);
  assert.ok(place.includes('ImagifyCopiesStack'), 'the bucket has to be there first');
});

test('the copy is as private as the pictures, and ends with them', () => {
  const [bucket] = Object.values<any>(templates.storage.findResources('AWS::S3::Bucket'));
  const [copy] = Object.values<any>(templates.copies.findResources('AWS::S3::Bucket'));
  for (const name of [
    'PublicAccessBlockConfiguration',
    'BucketEncryption',
    'OwnershipControls',
    'LifecycleConfiguration',
    'VersioningConfiguration',
  ])
    assert.deepEqual(copy.Properties[name], bucket.Properties[name], name);
  assert.equal(copy.DeletionPolicy, 'Retain');
});

test('deleted pictures are really gone after a week', () => {
  const [bucket] = Object.values<any>(templates.storage.findResources('AWS::S3::Bucket'));
  const rest = bucket.Properties.LifecycleConfiguration.Rules.find(({ Id }: any) => Id === 'rests');
  assert.equal(rest.NoncurrentVersionExpiration.NoncurrentDays, 7);
  assert.equal(rest.ExpiredObjectDeleteMarker, true);
});
