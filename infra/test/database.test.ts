// The tables against the program's own schema.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { kProgram, templatesOf } from './support';

interface TableSchema {
  TableName: string;
  KeySchema: unknown;
  AttributeDefinitions: Array<{ AttributeName: string; AttributeType: string }>;
  GlobalSecondaryIndexes: unknown[];
  TimeToLiveAttribute: string;
}

const printed: TableSchema[] = JSON.parse(
  execFileSync(kProgram, ['tables', 'print'], { encoding: 'utf8' }),
).tables;

function synthesised(phase = 1) {
  const { templates } = templatesOf({ phase });
  return Object.values<any>(templates.database.findResources('AWS::DynamoDB::GlobalTable')).map(
    (resource) => resource,
  );
}

const byName = <T>(name: keyof T, items: T[]) =>
  [...items].sort((one, other) => String(one[name]).localeCompare(String(other[name])));

/** What the program says of a table, and the stack of the same one. */
function schemaOf({ Properties: table }: any): TableSchema {
  return {
    TableName: table.TableName,
    KeySchema: table.KeySchema,
    AttributeDefinitions: byName('AttributeName', table.AttributeDefinitions),
    GlobalSecondaryIndexes: byName<any>('IndexName', table.GlobalSecondaryIndexes),
    TimeToLiveAttribute: table.TimeToLiveSpecification.AttributeName,
  };
}

function wanted({ TableName, KeySchema, ...rest }: TableSchema): TableSchema {
  return {
    TableName,
    KeySchema,
    AttributeDefinitions: byName('AttributeName', rest.AttributeDefinitions),
    GlobalSecondaryIndexes: byName<any>('IndexName', rest.GlobalSecondaryIndexes),
    TimeToLiveAttribute: rest.TimeToLiveAttribute,
  };
}

test('tables are those that the program creates in its own tests', () => {
  assert.deepEqual(
    byName('TableName', synthesised().map(schemaOf)),
    byName('TableName', printed.map(wanted)),
  );
});

test('another key of an index would be noticed', () => {
  const [first, ...rest] = synthesised().map(schemaOf);
  const changed: any = structuredClone(first);
  changed.GlobalSecondaryIndexes[0].KeySchema[0].AttributeName = 'other';
  assert.notDeepEqual(
    byName('TableName', [changed, ...rest]),
    byName('TableName', printed.map(wanted)),
  );
});

test('tables are paid by use, recoverable, encrypted and hard to lose', () => {
  for (const table of synthesised()) {
    const { TableName, Replicas, ...rest } = table.Properties;
    assert.equal(table.DeletionPolicy, 'Retain', TableName);
    assert.equal(table.UpdateReplacePolicy, 'Retain', TableName);
    assert.equal(rest.BillingMode, 'PAY_PER_REQUEST', TableName);
    assert.equal(rest.TimeToLiveSpecification.Enabled, true, TableName);
    assert.equal(rest.SSESpecification.SSEEnabled, true, TableName);
    for (const replica of Replicas) {
      assert.equal(replica.DeletionProtectionEnabled, true, TableName);
      const recovery = replica.PointInTimeRecoverySpecification;
      assert.equal(recovery.PointInTimeRecoveryEnabled, true, TableName);
    }
  }
});

test('phase 3 has every table in both regions', () => {
  for (const { Properties } of synthesised(3))
    assert.deepEqual(
      Properties.Replicas.map(({ Region }: any) => Region).sort(),
      ['ap-southeast-1', 'ap-southeast-2'],
    );
});
