// Plays the AWS command line over a file of state: as forgetful as DynamoDB's restore, as slow in
// small, with faults on demand. What it does not know it refuses.
//
// State: {tables, backups, functions, rules, mappings, apis, distribution, markers, objects, items,
// faults: {"dynamodb tag-resource": 2}, forgets: ["ttl"], calls: [...]}.
import { readFileSync, writeFileSync } from 'node:fs';

const kFile = process.env.AWS_STAND_IN;
const [service, operation, ...rest] = process.argv.slice(2);
const option = (name) => rest[rest.indexOf(`--${name}`) + 1];
const input = JSON.parse(option('cli-input-json'));
const region = option('region');
const state = JSON.parse(readFileSync(kFile, 'utf8'));

class Refusal extends Error {
  constructor(code, text = 'no') {
    super(`An error occurred (${code}) when calling the ${operation} operation: ${text}`);
  }
}

const bare = () => ({ ttl: '', recovery: false, tags: {}, stream: '', protected: false });

function table(name = input.TableName) {
  const found = state.tables[name];
  if (!found) throw new Refusal('ResourceNotFoundException');
  return found;
}

/** Each look brings what goes on to its end. */
function settle(name) {
  const one = state.tables[name];
  if (one?.status === 'DELETING') delete state.tables[name];
  else if (one) one.status = 'ACTIVE';
}

function make(name, source) {
  if (state.tables[name]) throw new Refusal('TableAlreadyExistsException');
  const { items, indexes } = source;
  state.tables[name] = { ...bare(), items: [...items], indexes, status: 'CREATING' };
  return {};
}

function changed(name, set) {
  const one = table();
  if (one.status !== 'ACTIVE') throw new Refusal('ResourceInUseException', one.status);
  if (!state.forgets.includes(name)) set(one);
  return {};
}

function describeTable() {
  const one = table();
  const answer = {
    Table: {
      TableArn: `arn:aws:dynamodb:${region}:111122223333:table/${input.TableName}`,
      TableStatus: one.status,
      DeletionProtectionEnabled: one.protected,
      StreamSpecification: one.stream && { StreamEnabled: true, StreamViewType: one.stream },
      GlobalSecondaryIndexes: one.indexes.map((IndexName) => ({ IndexName })),
      Replicas: (one.replicas ?? []).map((RegionName) => ({ RegionName })),
    },
  };
  settle(input.TableName);
  return answer;
}

function updateTable() {
  const { DeletionProtectionEnabled: safe, StreamSpecification: stream } = input;
  if (safe !== undefined) changed('protected', (one) => (one.protected = safe));
  if (stream) changed('stream', (one) => (one.stream = stream.StreamViewType));
  table().status = 'UPDATING';
  return {};
}

function deleteTable() {
  if (table().protected) throw new Refusal('ValidationException', 'deletion protection');
  table().status = 'DELETING';
  return {};
}

function createBackup() {
  const BackupArn = `arn:backup/${input.BackupName}`;
  state.backups[BackupArn] = { ...table(), status: 'CREATING' };
  return { BackupDetails: { BackupArn } };
}

function describeBackup() {
  const one = state.backups[input.BackupArn];
  const BackupStatus = one.status;
  one.status = 'AVAILABLE';
  return { BackupDescription: { BackupDetails: { BackupStatus } } };
}

const byArn = () => input.ResourceArn.split('/').at(-1);
const here = (what) => (state[what][region] ??= {});

const kOperations = {
  'dynamodb describe-table': describeTable,
  'dynamodb describe-time-to-live': () => ({
    TimeToLiveDescription: table().ttl
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: table().ttl }
      : { TimeToLiveStatus: 'DISABLED' },
  }),
  'dynamodb describe-continuous-backups': () => ({
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: table().recovery ? 'ENABLED' : 'DISABLED',
      },
    },
  }),
  'dynamodb list-tags-of-resource': () => ({
    Tags: Object.entries(table(byArn()).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
  'dynamodb update-time-to-live': () =>
    changed('ttl', (one) => (one.ttl = input.TimeToLiveSpecification.AttributeName)),
  'dynamodb update-continuous-backups': () => changed('recovery', (one) => (one.recovery = true)),
  'dynamodb tag-resource': () => {
    for (const { Key, Value } of input.Tags) table(byArn()).tags[Key] = Value;
    return {};
  },
  'dynamodb update-table': updateTable,
  'dynamodb delete-table': deleteTable,
  'dynamodb create-backup': createBackup,
  'dynamodb describe-backup': describeBackup,
  'dynamodb restore-table-to-point-in-time': () => {
    if (!table(input.SourceTableName).recovery)
      throw new Refusal('PointInTimeRecoveryUnavailableException');
    return make(input.TargetTableName, table(input.SourceTableName).then);
  },
  'dynamodb restore-table-from-backup': () =>
    make(input.TargetTableName, state.backups[input.BackupArn]),
  'dynamodb get-item': () => ({ Item: state.items[input.Key.imageId.S] }),
  'lambda put-function-concurrency': () => {
    here('asleep')[input.FunctionName] = true;
    return {};
  },
  'lambda delete-function-concurrency': () => {
    here('asleep')[input.FunctionName] = false;
    return {};
  },
  'lambda list-event-source-mappings': () => ({ EventSourceMappings: [{ UUID: 'queue' }] }),
  'lambda update-event-source-mapping': () => {
    here('asleep')[input.UUID] = !input.Enabled;
    return {};
  },
  'events enable-rule': () => {
    here('asleep')[input.Name] = false;
    return {};
  },
  'events disable-rule': () => {
    here('asleep')[input.Name] = true;
    return {};
  },
  'apigateway get-rest-apis': () => ({ items: state.apis[region] ?? [] }),
  'cloudfront get-distribution-config': () => ({
    ETag: 'E1',
    DistributionConfig: state.distribution,
  }),
  'cloudfront update-distribution': () => {
    if (input.IfMatch !== 'E1') throw new Refusal('PreconditionFailed');
    state.distribution = input.DistributionConfig;
    return {};
  },
  'cloudfront get-distribution': () => ({ Distribution: { Status: 'Deployed' } }),
  's3api list-object-versions': () => ({ DeleteMarkers: state.markers }),
  's3api delete-object': () => {
    if (!input.VersionId) throw new Refusal('AccessDenied', 'that would delete the picture');
    state.markers = state.markers.filter(({ VersionId }) => VersionId !== input.VersionId);
    return {};
  },
  's3api list-objects-v2': () => ({
    Contents: (state.objects[input.Bucket] ?? []).map((Key) => ({ Key })),
  }),
  's3api get-bucket-location': () => ({ LocationConstraint: 'ap-southeast-2' }),
  's3api copy-object': () => {
    state.objects[input.Bucket].push(input.Key);
    return {};
  },
};

function answer() {
  const name = `${service} ${operation}`;
  state.calls.push(`${region} ${name}`);
  if (state.lost === region) throw new Refusal('ConnectTimeout', 'out of reach');
  if (state.faults[name] > 0) {
    --state.faults[name];
    throw new Refusal('InternalServerError');
  }
  if (!kOperations[name]) throw new Refusal('NotInStandIn', name);
  return kOperations[name]();
}

try {
  process.stdout.write(JSON.stringify(answer()));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 254;
}
writeFileSync(kFile, JSON.stringify(state));
