// The gate's own proof: AWS's published examples pass, and each way of tampering is refused.
// Examples: "AWS Signature Version 4 test suite" and, for S3, "Authenticating Requests" of the
// Amazon S3 API Reference. run: node --test tools/aws
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalRequest, encode, joinHeaders, sha256, signature, verify } from './sigv4.mjs';

const kSecret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const kSuiteSecret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const kEmpty = sha256('');
const kS3Host = 'examplebucket.s3.amazonaws.com';
const s3Keys = [{ id: 'AKIAIOSFODNN7EXAMPLE', secret: kSecret }];
const suiteKeys = [{ id: 'AKIDEXAMPLE', secret: kSuiteSecret }];
const in2013 = { service: 's3', region: 'us-east-1', keys: s3Keys, now: Date.UTC(2013, 4, 24) };
const in2015 = { region: 'us-east-1', keys: suiteKeys, now: Date.UTC(2015, 7, 30, 12, 36) };

const authorization = (id, scope, signed, hex) =>
  `AWS4-HMAC-SHA256 Credential=${id}/${scope},SignedHeaders=${signed},Signature=${hex}`;

/** A request of the S3 documentation, signed as printed there. */
function s3Example({ method = 'GET', url, body = '', more = {}, signed, hex }) {
  const headers = {
    Host: kS3Host,
    ...more,
    'x-amz-content-sha256': sha256(body),
    'x-amz-date': '20130524T000000Z',
    Authorization: authorization(s3Keys[0].id, '20130524/us-east-1/s3/aws4_request', signed, hex),
  };
  return { method, url, rawHeaders: Object.entries(headers).flat(), body: Buffer.from(body) };
}

const s3Examples = {
  'GET object with a range': s3Example({
    url: '/test.txt',
    more: { Range: 'bytes=0-9' },
    signed: 'host;range;x-amz-content-sha256;x-amz-date',
    hex: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  }),
  'PUT object with a dollar sign in its key': s3Example({
    method: 'PUT',
    url: '/test$file.text',
    body: 'Welcome to Amazon S3.',
    more: {
      Date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    },
    signed: 'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
    hex: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  }),
  'GET bucket lifecycle: a parameter without a value': s3Example({
    url: '/?lifecycle',
    signed: 'host;x-amz-content-sha256;x-amz-date',
    hex: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  }),
  'list objects: parameters in another order': s3Example({
    url: '/?prefix=J&max-keys=2',
    signed: 'host;x-amz-content-sha256;x-amz-date',
    hex: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  }),
};

const kPresigned =
  '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
  '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
  '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
  '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
const presigned = (url = kPresigned, method = 'GET', more = []) => ({
  method,
  url,
  rawHeaders: ['Host', kS3Host, ...more],
  body: Buffer.alloc(0),
});

/** A request of the test suite: to example.amazonaws.com, service "service". */
function suiteExample({ method = 'GET', url = '/', more = [], signed, hex, body = '' }) {
  const scope = '20150830/us-east-1/service/aws4_request';
  const rawHeaders = ['Host', 'example.amazonaws.com', ...more, 'X-Amz-Date', '20150830T123600Z'];
  rawHeaders.push('Authorization', authorization('AKIDEXAMPLE', scope, signed, hex));
  return { method, url, rawHeaders, body: Buffer.from(body) };
}

const suiteExamples = {
  'get-vanilla': suiteExample({
    signed: 'host;x-amz-date',
    hex: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  }),
  'get-vanilla-query-order-key-case': suiteExample({
    url: '/?Param2=value2&Param1=value1',
    signed: 'host;x-amz-date',
    hex: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  }),
  'get-header-key-duplicate': suiteExample({
    more: ['My-Header1', 'value2', 'My-Header1', 'value2', 'My-Header1', 'value1'],
    signed: 'host;my-header1;x-amz-date',
    hex: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  }),
  'get-header-value-trim': suiteExample({
    more: ['My-Header1', ' value1', 'My-Header2', ' "a   b   c"'],
    signed: 'host;my-header1;my-header2;x-amz-date',
    hex: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  }),
  'post-vanilla': suiteExample({
    method: 'POST',
    signed: 'host;x-amz-date',
    hex: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  }),
  'post-x-www-form-urlencoded': suiteExample({
    method: 'POST',
    more: ['Content-Type', 'application/x-www-form-urlencoded'],
    body: 'Param1=value1',
    signed: 'content-type;host;x-amz-date',
    hex: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  }),
};

for (const [name, request] of Object.entries(s3Examples))
  test(`S3's documentation: ${name}`, () => assert.equal(verify(request, in2013), undefined));

for (const [name, request] of Object.entries(suiteExamples))
  test(`the test suite: ${name}`, () =>
    assert.equal(verify(request, { ...in2015, service: 'service' }), undefined));

test("S3's documentation: presigned address", () => {
  assert.equal(verify(presigned(), in2013), undefined);
});

const withHeader = (request, name, value) => {
  const rawHeaders = [...request.rawHeaders];
  const at = rawHeaders.findIndex((text, i) => i % 2 === 0 && text === name);
  if (value === undefined) rawHeaders.splice(at, 2);
  else if (at < 0) rawHeaders.push(name, value);
  else rawHeaders[at + 1] = value;
  return { ...request, rawHeaders };
};

const range = s3Examples['GET object with a range'];
const put = s3Examples['PUT object with a dollar sign in its key'];
const form = suiteExamples['post-x-www-form-urlencoded'];
const day = 24 * 3600 * 1000;

/** name: [request, code, what else is different] */
const tampered = {
  'another path': [{ ...range, url: '/other.txt' }, 'SignatureDoesNotMatch'],
  'another method': [{ ...range, method: 'DELETE' }, 'SignatureDoesNotMatch'],
  'one more parameter': [{ ...range, url: '/test.txt?acl' }, 'SignatureDoesNotMatch'],
  'another signed header': [withHeader(range, 'Range', 'bytes=0-99'), 'SignatureDoesNotMatch'],
  'a signed header taken away': [withHeader(range, 'Range'), 'SignatureDoesNotMatch'],
  'another host': [withHeader(range, 'Host', 'evil.example'), 'SignatureDoesNotMatch'],
  'a header of AWS that is not signed': [
    withHeader(put, 'x-amz-server-side-encryption', 'AES256'),
    'SignatureDoesNotMatch',
  ],
  'another body': [{ ...put, body: Buffer.from('Welcome!') }, 'XAmzContentSHA256Mismatch'],
  'another body and its hash': [
    withHeader({ ...put, body: Buffer.from('x') }, 'x-amz-content-sha256', sha256('x')),
    'SignatureDoesNotMatch',
  ],
  'no hash of the body': [withHeader(put, 'x-amz-content-sha256'), 'InvalidRequest'],
  'no signature': [withHeader(put, 'Authorization'), 'AccessDenied'],
  'another day': [withHeader(put, 'x-amz-date', '20130525T000000Z'), 'RequestTimeTooSkewed'],
  'sixteen minutes late': [put, 'RequestTimeTooSkewed', { now: in2013.now + 16 * 60_000 }],
  'sixteen minutes early': [put, 'RequestTimeTooSkewed', { now: in2013.now - 16 * 60_000 }],
  'another region': [put, 'SignatureDoesNotMatch', { region: 'ap-southeast-1' }],
  'an unknown key': [put, 'InvalidAccessKeyId', { keys: suiteKeys }],
  'another secret': [
    put,
    'SignatureDoesNotMatch',
    { keys: [{ ...s3Keys[0], secret: 'wrong' }] },
  ],
  'no session token': [put, 'InvalidToken', { keys: [{ ...s3Keys[0], token: 'session' }] }],
  'an expired session': [put, 'ExpiredToken', { keys: [{ ...s3Keys[0], expired: true }] }],
  'presigned, for another key': [
    presigned(kPresigned.replace('test.txt', 'other.txt')),
    'SignatureDoesNotMatch',
  ],
  'presigned, to write': [presigned(kPresigned, 'PUT'), 'SignatureDoesNotMatch'],
  'presigned, for longer': [
    presigned(kPresigned.replace('86400', '604800')),
    'SignatureDoesNotMatch',
  ],
  'presigned, for ever': [
    presigned(kPresigned.replace('86400', '604801')),
    'AuthorizationQueryParametersError',
  ],
  'presigned, a day and a second later': [
    presigned(),
    'AccessDenied',
    { now: in2013.now + day + 1000 },
  ],
  'presigned, one more parameter': [
    presigned(`${kPresigned}&response-content-type=text%2Fhtml`),
    'SignatureDoesNotMatch',
  ],
};

for (const [name, [request, code, more]] of Object.entries(tampered))
  test(`refused: ${name}`, () => {
    assert.equal(verify(request, { ...in2013, ...more })?.code, code);
  });

const jsonTampered = {
  'another body': [{ ...form, body: Buffer.from('Param1=value2') }, 'InvalidSignatureException'],
  'another type': [withHeader(form, 'Content-Type', 'text/plain'), 'InvalidSignatureException'],
  'an unsigned target': [
    withHeader(form, 'X-Amz-Target', 'DeleteTable'),
    'InvalidSignatureException',
  ],
  'for another service': [form, 'InvalidSignatureException', { service: 'dynamodb' }],
  'an old date': [form, 'InvalidSignatureException', { now: in2015.now + day }],
  'no signature': [withHeader(form, 'Authorization'), 'MissingAuthenticationTokenException'],
  'an unknown key': [form, 'UnrecognizedClientException', { keys: s3Keys }],
  'an expired session': [
    form,
    'ExpiredTokenException',
    { keys: [{ ...suiteKeys[0], expired: true }] },
  ],
  'presigned': [
    { ...presigned(), url: kPresigned },
    'MissingAuthenticationTokenException',
  ],
};

for (const [name, [request, code, more]] of Object.entries(jsonTampered))
  test(`a JSON service refuses: ${name}`, () => {
    assert.equal(verify(request, { ...in2015, service: 'service', ...more })?.code, code);
  });

test('every byte of the signature counts', () => {
  const header = range.rawHeaders.at(-1);
  for (let i = header.length - 64; i < header.length; ++i) {
    const other = header[i] === 'a' ? 'b' : 'a';
    const changed = header.slice(0, i) + other + header.slice(i + 1);
    const refusal = verify(withHeader(range, 'Authorization', changed), in2013);
    assert.equal(refusal?.code, 'SignatureDoesNotMatch');
  }
});

test('encoding keeps exactly the unreserved characters', () => {
  assert.equal(encode("a-z_0.9~ !'()*/+é"), 'a-z_0.9~%20%21%27%28%29%2A%2F%2B%C3%A9');
});

test('S3 signs a path once encoded, every other service twice', () => {
  const parts = { method: 'GET', url: '/a%20b', headers: joinHeaders([]), signed: [] };
  const line = (service) =>
    canonicalRequest({ ...parts, payload: kEmpty, service }).split('\n')[1];
  assert.equal(line('s3'), '/a%20b');
  assert.equal(line('ses'), '/a%2520b');
});

test('a signature depends on each part of its scope', () => {
  const scopes = ['20150830/us-east-1/a/aws4_request', '20150831/us-east-1/a/aws4_request'];
  scopes.push('20150830/us-east-2/a/aws4_request', '20150830/us-east-1/b/aws4_request');
  const made = scopes.map((scope) => signature(kSecret, '20150830T123600Z', scope, 'x'));
  assert.equal(new Set(made).size, scopes.length);
});
