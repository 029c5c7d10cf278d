// What AWS keeps when the stacks are gone: resources that their templates say to retain.
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

interface Resource {
  Type: string;
  DeletionPolicy?: string;
  Properties?: Record<string, unknown>;
}

const kNames = ['TableName', 'BucketName', 'UserPoolName', 'BackupVaultName', 'Name'];

/** `{"Fn::Join": ["", ["imagify-site-", {"Ref": ...}]]}` -> imagify-site-ACCOUNT */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join } = (value ?? {}) as { 'Fn::Join'?: [string, unknown[]] };
  return join ? join[1].map(textOf).join(join[0]) : 'ACCOUNT';
}

/** A line for each, such as "Table imagify-users (ap-southeast-1)". */
export function remains(assembly: CloudAssembly): string[] {
  return assembly.stacks.flatMap((stack) => {
    const { Resources = {} } = stack.template as { Resources?: Record<string, Resource> };
    const { region } = stack.environment;
    return Object.values(Resources)
      .filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'))
      .map(({ Type, Properties = {} }) => ({ Type, name: kNames.find((one) => Properties[one]), Properties }))
      .filter(({ name }) => name !== undefined)
      .map(({ Type, name, Properties }) => {
        const kind = Type.split('::').slice(1).join(' ');
        return `${kind} ${textOf(Properties[name!])} (${region})`;
      });
  });
}
