// The routes, from the one description of the API: api/openapi.yaml.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { kApiNames } from './functions';

export const kDescription = resolve(__dirname, '../../api/openapi.yaml');

export type ApiName = (typeof kApiNames)[number];

export interface Route {
  path: string;
  method: string;
  operationId: string;
  /** Which function serves it. */
  group: ApiName;
  /** Members that the body has to have, if there has to be one. */
  required?: Body;
}

/** A schema of JSON in the old draft that API Gateway knows: only what must be there. */
export interface Body {
  name: string;
  required: string[];
  types: Record<string, string>;
}

/**
 * Not on AWS: functions count by CloudWatch's metrics, and each would tell only of itself. The rest
 * is served, and a test says so.
 */
export const kNotOnAws = ['GET /metrics'];

const kMethods = ['get', 'post', 'put', 'patch', 'delete'];
const kGroups: Record<string, ApiName> = {
  auth: 'auth',
  account: 'auth',
  image: 'image',
  payment: 'payment',
  admin: 'payment',
  // Any function answers these; this one is asked least.
  ops: 'auth',
};

interface Schema {
  $ref?: string;
  type?: string | string[];
  required?: string[];
  properties?: Record<string, Schema>;
}

const last = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1);

function bodyOf(operation: any, schemas: Record<string, Schema>): Body | undefined {
  const reference = operation.requestBody?.content?.['application/json']?.schema?.$ref;
  if (!reference || !operation.requestBody.required) return undefined;
  const schema = schemas[last(reference)]!;
  const required = schema.required ?? [];
  const types: Record<string, string> = {};
  for (const name of required) {
    let of: Schema = schema.properties?.[name] ?? {};
    if (of.$ref) of = schemas[last(of.$ref)]!;
    if (typeof of.type === 'string') types[name] = of.type;
  }
  return { name: last(reference), required, types };
}

export function routesOf(yaml = readFileSync(kDescription, 'utf8')): Route[] {
  const { paths, components } = parse(yaml);
  const routes = Object.entries<Record<string, any>>(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => kMethods.includes(method))
      .map(([method, operation]) => {
        const group = kGroups[operation.tags?.[0]];
        if (!group) throw new Error(`${path}: no function serves what is tagged ${operation.tags}`);
        return {
          path,
          method: method.toUpperCase(),
          operationId: operation.operationId as string,
          group,
          required: bodyOf(operation, components?.schemas ?? {}),
        };
      }),
  );
  return routes.filter(({ method, path }) => !kNotOnAws.includes(`${method} ${path}`));
}
