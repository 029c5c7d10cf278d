// AWS Signature Version 4, from the receiving side: is this request signed by who it says?
// Written from the published algorithm and checked against AWS's documented examples
// (sigv4.test.mjs); it shares no code with src/adapters/aws, which signs.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const kSkewMs = 15 * 60 * 1000; // AWS refuses signatures that are further off.
const kLongestPresignSeconds = 7 * 24 * 3600;
const kHash = /^[0-9a-f]{64}$/;

export const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const hmac = (key, data) => createHmac('sha256', key).update(data).digest();

/** Percent-encodes everything but the unreserved characters of RFC 3986. */
export const encode = (text) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => '%' + char.charCodeAt(0).toString(16).toUpperCase(),
  );

/** "20130524T000000Z" in milliseconds; NaN for anything else. */
export function parseDate(text) {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!parts) return NaN;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Pairs of a raw query, decoded; "+" is a space. */
export function parseQuery(raw) {
  if (!raw) return [];
  return raw.split('&').map((pair) => {
    const at = pair.indexOf('=');
    const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    return [name, value].map((part) => decodeURIComponent(part.replace(/\+/g, ' ')));
  });
}

/** Lower-case names with all values of that name, joined as they are signed. */
export function joinHeaders(rawHeaders) {
  const joined = new Map();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i].toLowerCase();
    const value = rawHeaders[i + 1].trim().replace(/ +/g, ' ');
    joined.set(name, joined.has(name) ? `${joined.get(name)},${value}` : value);
  }
  return joined;
}

function canonicalPath(rawPath, service) {
  // S3 signs the path as the client meant it; every other service signs what travels, encoded.
  const segments = rawPath.split('/');
  if (service === 's3') return segments.map((part) => encode(decodeURIComponent(part))).join('/');
  return segments.map(encode).join('/') || '/';
}

function canonicalQuery(pairs) {
  return pairs
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)])
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map((pair) => pair.join('='))
    .join('&');
}

/** What a client has to sign; exported for the tests of the signing side. */
export function canonicalRequest({ method, url, headers, signed, payload, service }) {
  const [rawPath, rawQuery = ''] = url.split('?');
  return [
    method,
    canonicalPath(rawPath, service),
    canonicalQuery(parseQuery(rawQuery)),
    ...signed.map((name) => `${name}:${headers.get(name)}`),
    '',
    signed.join(';'),
    payload,
  ].join('\n');
}

/** The signature of a canonical request, in hex. `scope` is "DAY/REGION/SERVICE/aws4_request". */
export function signature(secret, date, scope, canonical) {
  const [day, region, service, end] = scope.split('/');
  const key = [region, service, end].reduce(hmac, hmac('AWS4' + secret, day));
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex');
}

class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
const refuse = (code, message) => {
  throw new Refusal(code, message);
};

/** The codes that S3 and the JSON services use for the same trouble. */
const kCodes = {
  s3: {
    missing: 'AccessDenied',
    mismatch: 'SignatureDoesNotMatch',
    skew: 'RequestTimeTooSkewed',
    key: 'InvalidAccessKeyId',
    token: 'InvalidToken',
    expired: 'ExpiredToken',
  },
  json: {
    missing: 'MissingAuthenticationTokenException',
    mismatch: 'InvalidSignatureException',
    skew: 'InvalidSignatureException',
    key: 'UnrecognizedClientException',
    token: 'UnrecognizedClientException',
    expired: 'ExpiredTokenException',
  },
};
const codesOf = (service) => kCodes[service] ?? kCodes.json;

function readPresigned(query, headers, now, service) {
  const codes = codesOf(service);
  if (service !== 's3') refuse(codes.missing, 'presigned addresses are for S3 only');
  const date = query.get('x-amz-date') ?? '';
  const seconds = Number(query.get('x-amz-expires'));
  const bad = 'AuthorizationQueryParametersError';
  if (query.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') refuse(bad, 'X-Amz-Algorithm');
  if (!(seconds > 0 && seconds <= kLongestPresignSeconds)) refuse(bad, 'X-Amz-Expires');
  if (Number.isNaN(parseDate(date))) refuse(bad, 'X-Amz-Date');
  if (now > parseDate(date) + seconds * 1000) refuse('AccessDenied', 'Request has expired');
  if (now < parseDate(date) - kSkewMs) refuse('AccessDenied', 'Request is not yet valid');
  return {
    credential: query.get('x-amz-credential') ?? '',
    signed: (query.get('x-amz-signedheaders') ?? '').split(';'),
    signature: query.get('x-amz-signature') ?? '',
    token: query.get('x-amz-security-token'),
    date,
    payload: headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
  };
}

function readHeader(headers, body, now, service) {
  const codes = codesOf(service);
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/;
  const parts = form.exec(headers.get('authorization') ?? '');
  if (!parts) refuse(codes.missing, 'Missing Authentication Token');
  const date = headers.get('x-amz-date') ?? '';
  const when = parseDate(date);
  if (!(Math.abs(now - when) < kSkewMs)) {
    // The words of AWS: clients read the server's time from them or from the Date header.
    const stamp = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
    refuse(codes.skew, `Signature not yet current or expired: ${date} is too far from ${stamp}`);
  }
  const payload = service === 's3' ? headers.get('x-amz-content-sha256') : sha256(body);
  if (!payload) refuse('InvalidRequest', 'Missing required header: x-amz-content-sha256');
  return {
    credential: parts[1],
    signed: parts[2].split(';'),
    signature: parts[3],
    token: headers.get('x-amz-security-token'),
    date,
    payload,
  };
}

function checkSignedHeaders(headers, signed, service) {
  const { mismatch } = codesOf(service);
  if (!signed.includes('host')) refuse(mismatch, 'the host header is not signed');
  if (signed.join(';') !== [...signed].sort().join(';')) refuse(mismatch, 'not sorted');
  for (const name of headers.keys()) {
    // Outside S3 the body's hash is part of the signature anyway.
    const covered = name === 'x-amz-content-sha256' && service !== 's3';
    if (name.startsWith('x-amz-') && !covered && !signed.includes(name))
      refuse(mismatch, `There were headers present in the request which were not signed: ${name}`);
  }
  for (const name of signed)
    if (!headers.has(name)) refuse(mismatch, `the signed header ${name} is not there`);
}

function checkCredential(given, keys, service, region) {
  const codes = codesOf(service);
  const [id, day, theirRegion, theirService, end, ...rest] = given.credential.split('/');
  const key = keys.find((candidate) => candidate.id === id);
  if (!key) refuse(codes.key, `The security token included in the request is invalid: ${id}`);
  if (key.token !== undefined && key.token !== given.token)
    refuse(codes.token, 'The security token included in the request is invalid.');
  if (key.token === undefined && given.token !== undefined)
    refuse(codes.token, 'a session token with a key that has none');
  if (key.expired) refuse(codes.expired, 'The security token included in the request is expired');
  const right =
    theirService === service && theirRegion === region && end === 'aws4_request' && !rest.length;
  if (!right || day !== given.date.slice(0, 8))
    refuse(codes.mismatch, `Credential should be scoped to ${region}/${service}: ${id}`);
  return key;
}

/**
 * Nothing when the request is properly signed by one of `keys`, else {code, message} as AWS would
 * answer. `request` is {method, url, rawHeaders, body}; `keys` are {id, secret, token?, expired?}.
 */
export function verify(request, { service, region, keys, now = Date.now() }) {
  try {
    const headers = joinHeaders(request.rawHeaders);
    const pairs = parseQuery(request.url.split('?')[1]);
    const query = new Map(pairs.map(([name, value]) => [name.toLowerCase(), value]));
    const given = query.has('x-amz-algorithm')
      ? readPresigned(query, headers, now, service)
      : readHeader(headers, request.body, now, service);
    const key = checkCredential(given, keys, service, region);
    checkSignedHeaders(headers, given.signed, service);
    if (kHash.test(given.payload) && given.payload !== sha256(request.body))
      refuse('XAmzContentSHA256Mismatch', 'the body is not what x-amz-content-sha256 says');
    if (!kHash.test(given.payload) && given.payload !== 'UNSIGNED-PAYLOAD')
      refuse('InvalidRequest', `x-amz-content-sha256 is ${given.payload}`);
    const canonical = canonicalRequest({
      method: request.method,
      url: request.url,
      headers,
      signed: given.signed,
      payload: given.payload,
      service,
    });
    const scope = given.credential.slice(given.credential.indexOf('/') + 1);
    const wanted = signature(key.secret, given.date, scope, canonical);
    const same =
      kHash.test(given.signature) &&
      timingSafeEqual(Buffer.from(wanted), Buffer.from(given.signature));
    if (!same)
      refuse(
        codesOf(service).mismatch,
        'The request signature we calculated does not match the signature you provided. ' +
          `The Canonical String for this request should have been '${canonical}'`,
      );
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, message: error.message };
    return { code: 'IncompleteSignature', message: error.message };
  }
}
