// A client that signs, for tests and for what AWS itself does on this machine (event sources).
import http from 'node:http';
import { kKeys, kRegion } from './sigv4_gate.mjs';
import { canonicalRequest, joinHeaders, sha256, signature } from './sigv4.mjs';

const agent = new http.Agent({ keepAlive: true });

/** An unsigned request; resolves to {status, headers, text}, or {lost} when no answer came. */
export function ask(url, { method = 'GET', headers = {}, body = '' } = {}) {
  return new Promise((resolve) => {
    const request = http.request(url, { method, headers, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', () => resolve({ lost: true }));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
    });
    request.on('error', () => resolve({ lost: true }));
    request.end(body);
  });
}

/** The same, signed for `service`; `aheadMs` is what the client takes the time to be. */
export function askSigned(url, service, options = {}) {
  const { method = 'POST', headers = {}, body = '', aheadMs = 0, key = kKeys[0] } = options;
  const { host, pathname, search } = new URL(url);
  const date = new Date(Date.now() + aheadMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${date.slice(0, 8)}/${kRegion}/${service}/aws4_request`;
  const all = {
    host,
    'x-amz-date': date,
    ...(service === 's3' ? { 'x-amz-content-sha256': sha256(body) } : {}),
    ...headers,
  };
  const signed = Object.keys(all).sort();
  const canonical = canonicalRequest({
    method,
    url: pathname + search,
    headers: joinHeaders(Object.entries(all).flat()),
    signed,
    payload: sha256(body),
    service,
  });
  all.authorization =
    `AWS4-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${signed.join(';')}, ` +
    `Signature=${signature(key.secret, date, scope, canonical)}`;
  return ask(url, { method, headers: all, body });
}

const kTargets = {
  dynamodb: 'DynamoDB_20120810',
  sqs: 'AmazonSQS',
  secretsmanager: 'secretsmanager',
  'cognito-idp': 'AWSCognitoIdentityProviderService',
};

/** One operation of a JSON service: {status, ...members of its answer}. */
export async function askJson(url, service, operation, body) {
  const version = service === 'cognito-idp' || service === 'secretsmanager' ? '1.1' : '1.0';
  const headers = {
    'content-type': `application/x-amz-json-${version}`,
    'x-amz-target': `${kTargets[service]}.${operation}`,
  };
  const answer = await askSigned(url, service, { headers, body: JSON.stringify(body) });
  return answer.lost ? answer : { status: answer.status, ...JSON.parse(answer.text || '{}') };
}
