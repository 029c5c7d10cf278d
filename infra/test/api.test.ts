// The REST API against api/openapi.yaml and the program's own division of routes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { kDescription, kNotOnAws, routesOf } from '../lib/openapi';
import { kRoot, templatesOf } from './support';

const description = parse(readFileSync(kDescription, 'utf8'));

/** "GET /image/{id}" of every operation in a description. */
function operationsOf(described: any): string[] {
  return Object.entries<any>(described.paths)
    .flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter((name) => /^(get|post|put|patch|delete)$/.test(name))
        .map((name) => `${name.toUpperCase()} ${path}`),
    )
    .sort();
}

const template = templatesOf().templates.lambda.toJSON();
const resources: Array<[string, any]> = Object.entries(template.Resources);
const of = (type: string) => resources.filter(([, { Type }]) => Type === type);
const properties = (type: string) => of(type).map(([, { Properties }]) => Properties);

function pathOf(reference: any): string {
  if (!reference.Ref) return '';
  const { PathPart, ParentId } = template.Resources[reference.Ref].Properties;
  return `${pathOf(ParentId)}/${PathPart}`;
}

/** Every method of the template with the function that it calls. */
const methods = properties('AWS::ApiGateway::Method').map((method) => ({
  route: `${method.HttpMethod} ${pathOf(method.ResourceId)}`,
  target: /(Auth|Image|Payment)Function/.exec(JSON.stringify(method.Integration.Uri))![1]!,
  method,
}));

test('routes are those of api/openapi.yaml', () => {
  const served = methods.map(({ route }) => route).concat(kNotOnAws);
  assert.deepEqual(served.sort(), operationsOf(description));
  assert.deepEqual(kNotOnAws, ['GET /metrics']);
});

test('a route that is only described would be noticed', () => {
  const more = structuredClone(description);
  more.paths['/image/{id}/share'] = { post: { tags: ['image'] } };
  assert.notDeepEqual(
    methods.map(({ route }) => route).concat(kNotOnAws).sort(),
    operationsOf(more),
  );
  assert.throws(() => routesOf('paths: {/x: {get: {tags: [new]}}}'), /no function serves/);
});

test('each function is asked for what it serves', () => {
  const source = readFileSync(join(kRoot, 'src/app/route_groups.cpp'), 'utf8');
  const rows = [...source.matchAll(/\{"([^"]+)", RouteGroup::(\w+)\}/g)];
  assert.ok(rows.length >= 8, 'the table of route_groups.cpp was not found');
  for (const { route, target } of methods) {
    const path = route.split(' ')[1]!;
    const group = rows.find(([, start]) => path.startsWith(start!))?.[2];
    if (group) assert.equal(target, group, route); // The rest is served by any of them.
  }
});

test('bodies are checked for what the description requires', () => {
  const [validator] = properties('AWS::ApiGateway::RequestValidator');
  assert.ok(validator.ValidateRequestBody && validator.ValidateRequestParameters);
  const generate = methods.find(({ route }) => route === 'POST /image/generate-image')!.method;
  const model = template.Resources[generate.RequestModels['application/json'].Ref].Properties;
  assert.deepEqual(model.Schema.required, ['prompt']);
  assert.deepEqual(model.Schema.properties, { prompt: { type: 'string' } });
  for (const { route, method } of methods) {
    assert.ok(method.RequestValidatorId, route);
    const [verb, path] = route.split(' ') as [string, string];
    const needed = description.paths[path][verb.toLowerCase()].requestBody?.required ?? false;
    assert.equal(Boolean(method.RequestModels), needed, route);
  }
});

test("what API Gateway answers itself has the API's codes", () => {
  const codes = description.components.schemas.ErrorCode.enum;
  const answers = properties('AWS::ApiGateway::GatewayResponse');
  for (const kind of ['THROTTLED', 'DEFAULT_4XX', 'DEFAULT_5XX', 'INTEGRATION_TIMEOUT'])
    assert.ok(answers.some(({ ResponseType }) => ResponseType === kind), kind);
  for (const { ResponseTemplates, ResponseType, StatusCode } of answers) {
    const problem = JSON.parse(ResponseTemplates['application/json']);
    assert.ok(codes.includes(problem.code), `${ResponseType}: ${problem.code}`);
    if (StatusCode) assert.equal(problem.status, Number(StatusCode), ResponseType);
  }
});

test('every method is limited, counted and logged without what customers send', () => {
  const [stage] = properties('AWS::ApiGateway::Stage');
  const [whole, ...single] = stage.MethodSettings;
  assert.deepEqual([whole.HttpMethod, whole.ResourcePath], ['*', '/*']);
  const known = methods.map(({ route }) => route);
  for (const { HttpMethod, ResourcePath, ...limits } of single) {
    const route = `${HttpMethod} ${ResourcePath.slice(1).replaceAll('~1', '/')}`;
    assert.ok(known.includes(route), `${route} is limited, but not served`);
    assert.ok(limits.ThrottlingRateLimit < whole.ThrottlingRateLimit, route);
    assert.ok(limits.MetricsEnabled && limits.LoggingLevel === 'ERROR', route);
  }
  for (const settings of stage.MethodSettings) {
    assert.ok(settings.ThrottlingRateLimit > 0 && settings.ThrottlingBurstLimit > 0);
    assert.equal(settings.DataTraceEnabled, false);
  }
  assert.equal(stage.TracingEnabled, true);
  const format = JSON.parse(stage.AccessLogSetting.Format);
  assert.ok(format.requestId && format.status && format.route);
  assert.doesNotMatch(stage.AccessLogSetting.Format, /sourceIp|\$context\.path"|userAgent|query/);
});

test('the firewall stands before the API', () => {
  assert.equal(of('AWS::WAFv2::WebACLAssociation').length, 1);
});

test('other sites are answered only when somebody names them', () => {
  const verbs = (context: object) =>
    Object.values<any>(
      templatesOf({ ...context }).templates.lambda.findResources('AWS::ApiGateway::Method'),
    ).filter(({ Properties }) => Properties.HttpMethod === 'OPTIONS').length;
  assert.equal(verbs({}), 0);
  assert.ok(verbs({ corsOrigins: 'https://shop.example' }) > 30);
});
