// API Gateway on this machine: HTTP requests become proxy events for functions, answers become
// HTTP again. REST APIs (payload 1.0) and HTTP APIs (2.0), with the limits that hurt: 29 s, 10 MB
// in, 6 MB out.
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { FunctionError } from './functions.mjs';

const kMostIn = 10 * 1024 * 1024;
const kMostOut = 6 * 1024 * 1024;
const kIntegrationMs = 29_000;
const kAccount = '000000000000';

/** What REST APIs keep for themselves: the function's value travels under another name. */
const kRemapped = new Set(['www-authenticate', 'date', 'content-length', 'connection', 'server']);

const kText = /^(text\/|application\/(json|x-www-form-urlencoded|problem\+json))/;
const isText = (type) => kText.test(type);

function headerPairs(rawHeaders) {
  const pairs = [];
  for (let i = 0; i < rawHeaders.length; i += 2) pairs.push([rawHeaders[i], rawHeaders[i + 1]]);
  return pairs;
}

function collect(pairs) {
  const many = {};
  for (const [name, value] of pairs) (many[name] ??= []).push(value);
  return many;
}
const lastOf = (many) =>
  Object.fromEntries(Object.entries(many).map(([name, values]) => [name, values.at(-1)]));

const bodyOf = (request, body) => {
  if (body.length === 0) return { body: null, isBase64Encoded: false };
  if (isText(request.headers['content-type'] ?? ''))
    return { body: body.toString('utf8'), isBase64Encoded: false };
  return { body: body.toString('base64'), isBase64Encoded: true };
};

/** The request as a REST API hands it over. */
export function eventV1(request, body, { stage = 'prod' } = {}) {
  const [rawPath, rawQuery] = request.url.split('?');
  const path = decodeURIComponent(rawPath);
  const query = rawQuery ? collect([...new URLSearchParams(rawQuery)]) : null;
  const sourceIp = request.socket.remoteAddress;
  const forwarded = request.headers['x-forwarded-for'];
  const headers = collect([
    ...headerPairs(request.rawHeaders).filter(([name]) => !/^x-forwarded-/i.test(name)),
    ['X-Forwarded-For', forwarded ? `${forwarded}, ${sourceIp}` : sourceIp],
    ['X-Forwarded-Port', String(request.socket.localPort)],
    ['X-Forwarded-Proto', 'http'],
  ]);
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: query && lastOf(query),
    multiValueQueryStringParameters: query,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      accountId: kAccount,
      apiId: 'local',
      domainName: request.headers.host,
      extendedRequestId: randomUUID(),
      httpMethod: request.method,
      identity: { sourceIp, userAgent: request.headers['user-agent'] ?? null },
      path: `/${stage}${path}`,
      protocol: 'HTTP/1.1',
      requestId: randomUUID(),
      requestTimeEpoch: Date.now(),
      resourcePath: '/{proxy+}',
      stage,
    },
    ...bodyOf(request, body),
  };
}

/** The request as an HTTP API hands it over. */
export function eventV2(request, body) {
  const [rawPath, rawQueryString = ''] = request.url.split('?');
  const headers = {};
  for (const [name, value] of headerPairs(request.rawHeaders)) {
    const key = name.toLowerCase();
    if (key !== 'cookie') headers[key] = headers[key] ? `${headers[key]},${value}` : value;
  }
  const sourceIp = request.socket.remoteAddress;
  const forwarded = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwarded ? `${forwarded},${sourceIp}` : sourceIp;
  headers['x-forwarded-proto'] = 'http';
  const cookies = request.headers.cookie?.split(/;\s*/);
  const query = Object.entries(collect([...new URLSearchParams(rawQueryString)]));
  const { body: text, isBase64Encoded } = bodyOf(request, body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies ? { cookies } : {}),
    headers,
    ...(query.length
      ? { queryStringParameters: Object.fromEntries(query.map(([k, v]) => [k, v.join(',')])) }
      : {}),
    requestContext: {
      accountId: kAccount,
      apiId: 'local',
      domainName: request.headers.host,
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      timeEpoch: Date.now(),
    },
    ...(text === null ? {} : { body: text }),
    isBase64Encoded,
  };
}

/** A function's answer as {status, headers, body}; throws FunctionError for what is none. */
export function readAnswer(text, payload) {
  const malformed = (why) => new FunctionError('Malformed', `malformed answer: ${why}`);
  if (Buffer.byteLength(text) > kMostOut) throw malformed('over 6 MB');
  let answer;
  try {
    answer = JSON.parse(text);
  } catch (error) {
    throw malformed(error.message);
  }
  const { statusCode, headers = {}, multiValueHeaders = {}, cookies = [] } = answer ?? {};
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599)
    throw malformed(`statusCode ${statusCode}`);
  const pairs = [];
  const many = payload === 'v1' ? multiValueHeaders : {};
  for (const [name, value] of Object.entries(headers))
    if (!(name in many)) pairs.push([name, String(value)]);
  for (const [name, values] of Object.entries(many))
    for (const value of values) pairs.push([name, String(value)]);
  if (payload === 'v2') for (const cookie of cookies) pairs.push(['Set-Cookie', cookie]);
  const kept = pairs.map(([name, value]) =>
    payload === 'v1' && kRemapped.has(name.toLowerCase())
      ? [`x-amzn-Remapped-${name}`, value]
      : [name, value],
  );
  const body = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  return { status: statusCode, headers: kept, body };
}

const refusal = (status, message) => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from(JSON.stringify({ message })),
});

function within(promise, ms) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms, 'late')));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > kMostIn) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Serves on 127.0.0.1:`port`. `route(path)` gives a LambdaFunction, {proxy: port} for what another
 * server answers (the site, as CloudFront would fetch it), or an async (request) => answer.
 * Resolves to {url, port, close}.
 */
export async function openApiGateway({ route, payload = 'v1', port = 0, onFailure = () => {} }) {
  const makeEvent = payload === 'v1' ? eventV1 : eventV2;

  const integrate = async (target, request, body) => {
    try {
      const made = target.invoke(makeEvent(request, body));
      const text = await within(made, kIntegrationMs);
      if (text === 'late') return refusal(504, 'Endpoint request timed out');
      return readAnswer(text, payload);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      onFailure(error);
      return refusal(502, 'Internal server error');
    }
  };

  const server = http.createServer(async (request, response) => {
    const target = route(request.url.split('?')[0]);
    if (target.proxy) return passOn(target.proxy, request, response);
    let answer;
    try {
      const body = await readBody(request);
      if (!body) answer = refusal(413, 'Request Too Long');
      else if (target.invoke) answer = await integrate(target, request, body);
      else answer = await target(request);
    } catch (error) {
      onFailure(error);
      answer = refusal(500, 'Internal server error');
    }
    const bodyless = request.method === 'HEAD' || [204, 304].includes(answer.status);
    const headers = collect(answer.headers);
    if (!bodyless) headers['Content-Length'] = answer.body.length;
    response.writeHead(answer.status, headers);
    return response.end(bodyless ? undefined : answer.body);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const at = server.address().port;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${at}`, port: at, close };
}

function passOn(port, request, response) {
  const { method, url: path, rawHeaders: headers } = request;
  const onward = http.request({ host: '127.0.0.1', port, method, path, headers }, (reply) => {
    response.writeHead(reply.statusCode, reply.rawHeaders);
    reply.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
