// What a restored table has lost: DynamoDB brings back items, keys, indexes, billing and
// encryption, and nothing of what follows.

const arnOf = async (aws, TableName) =>
  (await aws.ask('dynamodb describe-table', { TableName })).Table.TableArn;

/** What is set on a table, in the order in which `putBack` sets it again. */
export async function settingsOf(aws, TableName) {
  const { Table: table } = await aws.ask('dynamodb describe-table', { TableName });
  const { TimeToLiveDescription: ttl } = await aws.ask(
    'dynamodb describe-time-to-live',
    { TableName },
  );
  const { ContinuousBackupsDescription: backups } = await aws.ask(
    'dynamodb describe-continuous-backups',
    { TableName },
  );
  const { Tags = [] } = await aws.ask('dynamodb list-tags-of-resource', {
    ResourceArn: table.TableArn,
  });
  const stream = table.StreamSpecification;
  const recovery = backups.PointInTimeRecoveryDescription;
  return {
    deletionProtection: table.DeletionProtectionEnabled === true,
    stream: stream?.StreamEnabled ? stream.StreamViewType : '',
    ttl: /^ENABL/.test(ttl.TimeToLiveStatus) ? ttl.AttributeName : '',
    pointInTimeRecovery: recovery.PointInTimeRecoveryStatus === 'ENABLED',
    // AWS's own cannot be set.
    tags: Object.fromEntries(
      Tags.filter(({ Key }) => !Key.startsWith('aws:'))
        .map(({ Key, Value }) => [Key, Value])
        .sort(),
    ),
    replicas: (table.Replicas ?? []).map(({ RegionName }) => RegionName).sort(),
    indexes: (table.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName).sort(),
  };
}

export async function isActive(aws, TableName) {
  const answer = await aws.askUnless('ResourceNotFoundException', 'dynamodb describe-table', {
    TableName,
  });
  return answer?.Table.TableStatus === 'ACTIVE';
}

/** Sets again what is not as `wanted`; safe to repeat. */
export async function putBack(aws, TableName, wanted) {
  const has = await settingsOf(aws, TableName);
  const ready = () => aws.until(`${TableName} to be ready`, () => isActive(aws, TableName));
  if (wanted.ttl && has.ttl !== wanted.ttl)
    await aws.change('dynamodb update-time-to-live', {
      TableName,
      TimeToLiveSpecification: { Enabled: true, AttributeName: wanted.ttl },
    });
  if (wanted.pointInTimeRecovery && !has.pointInTimeRecovery)
    await aws.change('dynamodb update-continuous-backups', {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  const missing = Object.entries(wanted.tags).filter(([key, value]) => has.tags[key] !== value);
  if (missing.length)
    await aws.change('dynamodb tag-resource', {
      ResourceArn: await arnOf(aws, TableName),
      Tags: missing.map(([Key, Value]) => ({ Key, Value })),
    });
  if (wanted.stream && !has.stream) {
    await aws.change('dynamodb update-table', {
      TableName,
      StreamSpecification: { StreamEnabled: true, StreamViewType: wanted.stream },
    });
    await ready(); // One change of a table at a time.
  }
  if (wanted.deletionProtection && !has.deletionProtection) {
    await aws.change('dynamodb update-table', { TableName, DeletionProtectionEnabled: true });
    await ready();
  }
}

/** Names of settings that are not as they were; replicas are added by a person. */
export function differences(wanted, has) {
  return Object.keys(wanted)
    .filter((name) => name !== 'replicas')
    .filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(has[name]));
}
