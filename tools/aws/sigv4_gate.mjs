#!/usr/bin/env node
// A reverse proxy in front of an emulator that checks nothing: it verifies signatures as AWS does,
// records what came, and lets go wrong what goes wrong on AWS. It listens on 127.0.0.1 only.
//
//   sigv4_gate.mjs --service dynamodb --target 8801 [--port 8803] [--faults SEED]
//
// A test talks to it under /_lab/ (no signature):
//   GET    /_lab/requests   [{operation, method, url, headers, body, fault?, refused?, status}]
//   DELETE /_lab/requests
//   POST   /_lab/faults     [{"kind": "lost_answer", "operation": "TransactWriteItems"}], see
//                           faults.mjs; or {"seed": 7, "rate": 0.1, "kinds": ["throttle"]}
//   GET    /_lab/faults     what happened so far, {kind: times}
//   DELETE /_lab/faults
//   PUT    /_lab/keys       [{id, secret, token?, expired?}]: who may sign from now on
//   PUT    /_lab/clock      {"ahead_ms": 3600000}: the service's clock against ours
//   PUT    /_lab/metering   {"on": true}: entries of DynamoDB get `consumed`, in capacity units
//   any    /_lab/target/X   asks the emulator for /X without a signature
import http from 'node:http';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { Faults } from './faults.mjs';
import { verify } from './sigv4.mjs';

export const kKeys = [{ id: 'AKIDLOCAL', secret: 'local-secret' }];
export const kRegion = 'ap-southeast-1';
const kMostRecorded = 5000;

/** What a Cognito client may ask without signing; the rest is the administrator's. */
const kOpenToAll = new Set(
  (
    'SignUp ConfirmSignUp ResendConfirmationCode InitiateAuth RespondToAuthChallenge ' +
    'ForgotPassword ConfirmForgotPassword GetUser ChangePassword GlobalSignOut RevokeToken ' +
    'AssociateSoftwareToken VerifySoftwareToken SetUserMFAPreference DeleteUser ' +
    'UpdateUserAttributes GetTokensFromRefreshToken'
  ).split(' '),
);

const escapeXml = (text) =>
  text.replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char]);

function readBody(stream) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', reject);
  });
}

/** What an answer of AWS is made of, refused or passed on. */
const answer = (status, headers, body) => ({ status, headers, body: Buffer.from(body) });

/** The same request, asking what it costs. */
const withCapacity = (body) =>
  Buffer.from(JSON.stringify({ ...JSON.parse(body), ReturnConsumedCapacity: 'TOTAL' }));

/** What an answer says it cost: [{TableName, CapacityUnits, ...}], whatever the operation. */
const capacityOf = (body) => [JSON.parse(body).ConsumedCapacity ?? []].flat();

class Gate {
  constructor({ service, region, keys, target }) {
    Object.assign(this, { service, region, keys, target });
    this.faults = new Faults(service);
    this.requests = [];
    this.aheadMs = 0;
    this.metering = false;
    this.conditionals = new Map();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  }

  operationOf(request) {
    const target = request.headers['x-amz-target'];
    if (target) return target.split('.').pop();
    const path = request.url.split('?')[0];
    return this.service === 's3' ? request.method : `${request.method} ${path}`;
  }

  refusal(status, code, message, extra = {}) {
    if (this.service === 's3') {
      const text = `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
      const type = { 'content-type': 'application/xml' };
      return answer(status, type, `<?xml version="1.0" encoding="UTF-8"?>\n${text}`);
    }
    const type = {
      'content-type': 'application/x-amz-json-1.0',
      ...(this.service === 'ses' ? { 'x-amzn-errortype': code } : {}),
    };
    const body = { __type: `com.amazon.coral.service#${code}`, message, ...extra };
    return answer(status, type, JSON.stringify(body));
  }

  /** The answer to a request whose signature is not right, or nothing. */
  unsigned(request, body) {
    const presigned = request.url.includes('X-Amz-Algorithm=');
    const keySet = request.method === 'GET' && request.url.endsWith('/.well-known/jwks.json');
    const open =
      this.service === 'cognito-idp' && (keySet || kOpenToAll.has(this.operationOf(request)));
    if (open && !presigned && !request.headers.authorization) return undefined;
    const trouble = verify(
      { method: request.method, url: request.url, rawHeaders: request.rawHeaders, body },
      {
        service: this.service,
        region: this.region,
        keys: this.keys,
        now: Date.now() + this.aheadMs,
      },
    );
    if (!trouble) return undefined;
    const status = this.service === 's3' ? 403 : 400;
    return this.refusal(status, trouble.code, trouble.message);
  }

  /** The answer to a request that AWS does not do this time, or nothing. */
  turnedDown(fault, operation, body) {
    const s3 = this.service === 's3';
    switch (fault?.kind) {
      case 'throttle':
        if (s3) return this.refusal(503, 'SlowDown', 'Please reduce your request rate.');
        return this.refusal(400, 'ThrottlingException', 'Rate exceeded');
      case 'error500':
        return this.refusal(500, s3 ? 'InternalError' : 'InternalServerError', 'injected');
      case 'error503':
        return this.refusal(503, 'ServiceUnavailable', 'injected');
      case 'conflict':
        return this.conflict(operation, body);
      default:
        return undefined;
    }
  }

  conflict(operation, body) {
    const ongoing = 'Transaction is ongoing for the item';
    if (!operation.startsWith('Transact'))
      return this.refusal(400, 'TransactionConflictException', ongoing);
    const items = JSON.parse(body).TransactItems ?? [];
    const reasons = items.map((_, index) =>
      index === 0
        ? { Code: 'TransactionConflict', Message: ongoing }
        : { Code: 'None' },
    );
    const codes = reasons.map((reason) => reason.Code).join(', ');
    return this.refusal(
      400,
      'TransactionCanceledException',
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
      { CancellationReasons: reasons },
    );
  }

  ask(method, url, headers, body) {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.target, agent: this.agent };
      const onward = http.request({ ...options, method, path: url, headers }, async (reply) => {
        try {
          const read = await readBody(reply);
          resolve({ status: reply.statusCode, headers: reply.headers, body: read });
        } catch (error) {
          reject(error);
        }
      });
      onward.on('error', reject);
      onward.end(body);
    });
  }

  async forward(request, body) {
    const headers = { ...request.headers };
    let url = request.url;
    delete headers['transfer-encoding'];
    if (body.length || headers['content-length']) headers['content-length'] = body.length;
    if (this.service === 's3') {
      // s3rver knows one key only, and reads it although it verifies no V4 signature.
      const asTheirs = (text) => text.replace(/(Credential=)[^/%]+/, '$1S3RVER');
      if (headers.authorization) headers.authorization = asTheirs(headers.authorization);
      url = asTheirs(url);
      if (headers['if-none-match'] === '*') return this.putIfAbsent(url, headers, body);
    }
    return this.ask(request.method, url, headers, body);
  }

  /** S3's conditional write, which s3rver takes for an unconditional one. One at a time per key. */
  putIfAbsent(url, headers, body) {
    const path = url.split('?')[0];
    const before = this.conditionals.get(path) ?? Promise.resolve();
    const put = before.then(async () => {
      const there = await this.ask('HEAD', path, { host: headers.host });
      if (there.status === 200)
        return this.refusal(412, 'PreconditionFailed', 'At least one precondition failed');
      return this.ask('PUT', url, headers, body);
    });
    this.conditionals.set(path, put.catch(() => {}));
    return put;
  }

  record(entry) {
    if (this.requests.length >= kMostRecorded) this.requests.shift();
    this.requests.push(entry);
  }

  async serve(request, response) {
    const body = await readBody(request);
    if (request.url.startsWith('/_lab/')) return this.administer(request, body, response);
    const operation = this.operationOf(request);
    const entry = { operation, method: request.method, url: request.url, headers: request.headers };
    const text = body.toString('utf8');
    this.record(Object.assign(entry, { body: text.length > 20000 ? text.slice(0, 20000) : text }));

    const refused = this.unsigned(request, body);
    if (refused) {
      entry.refused = true;
      return this.reply(response, entry, refused);
    }
    const fault = this.faults.next(operation);
    if (fault) entry.fault = fault.kind;
    const down = this.turnedDown(fault, operation, text);
    if (down) return this.reply(response, entry, down);
    if (fault?.kind === 'cut_before') return response.socket.destroy();
    const onward = this.metering ? withCapacity(body) : body;
    if (fault?.kind === 'twice') await this.forward(request, onward);
    const reply = await this.forward(request, onward);
    if (this.metering) entry.consumed = capacityOf(reply.body);
    if (fault?.kind === 'lost_answer') return response.socket.destroy();
    if (fault?.kind === 'half_answer') return this.breakOff(response, reply);
    if (fault?.kind === 'late')
      await new Promise((resolve) => setTimeout(resolve, fault.delay_ms ?? 1000));
    return this.reply(response, entry, reply);
  }

  reply(response, entry, reply) {
    entry.status = reply.status;
    const headers = { ...reply.headers };
    delete headers['transfer-encoding'];
    delete headers.connection;
    delete headers['keep-alive'];
    headers.date = new Date(Date.now() + this.aheadMs).toUTCString();
    if (entry.method !== 'HEAD' && reply.status !== 304)
      headers['content-length'] = reply.body.length;
    response.writeHead(reply.status, headers);
    response.end(reply.body);
  }

  breakOff(response, reply) {
    response.writeHead(reply.status, { 'content-length': reply.body.length + 1 });
    response.write(reply.body.subarray(0, reply.body.length >> 1), () => response.socket.destroy());
  }

  async administer(request, body, response) {
    const beyond = /^\/_lab\/target(\/.*)$/.exec(request.url)?.[1];
    if (beyond) {
      const headers = { host: request.headers.host, 'content-length': body.length };
      const reply = await this.ask(request.method, beyond, headers, body);
      return this.reply(response, { method: request.method }, reply);
    }
    const what = `${request.method} ${request.url.slice('/_lab'.length)}`;
    const given = body.length ? JSON.parse(body) : undefined;
    const does = {
      'GET /requests': () => this.requests,
      'DELETE /requests': () => void (this.requests = []),
      'GET /faults': () => this.faults.happened,
      'POST /faults': () =>
        Array.isArray(given)
          ? this.faults.add(given)
          : this.faults.chance(given.seed, given.rate, given.kinds),
      'DELETE /faults': () => this.faults.clear(),
      'PUT /keys': () => void (this.keys = given),
      'PUT /metering': () => void (this.metering = given.on && this.service === 'dynamodb'),
      'PUT /clock': () => void (this.aheadMs = given.ahead_ms),
    }[what];
    if (!does) {
      response.writeHead(404);
      return response.end(`the gate does not know ${what}\n`);
    }
    const said = does();
    response.writeHead(said === undefined ? 204 : 200, { 'content-type': 'application/json' });
    return response.end(said === undefined ? undefined : JSON.stringify(said));
  }
}

/**
 * Opens a gate; resolves to {url, port, gate, close} once it listens. `target` is the emulator's
 * port.
 */
export async function openGate({
  service,
  target,
  port = 0,
  region = kRegion,
  keys = kKeys,
  faults,
}) {
  const gate = new Gate({ service, region, keys, target });
  if (faults !== undefined) gate.faults.chance(faults);
  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    gate.serve(request, response).catch((error) => {
      if (response.headersSent) return response.socket?.destroy();
      gate.reply(response, { method: 'POST' }, gate.refusal(502, 'BadGateway', error.message));
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const at = server.address().port;
  const close = () => {
    gate.agent.destroy();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${at}`, port: at, gate, close };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      service: { type: 'string' },
      target: { type: 'string' },
      port: { type: 'string', default: '0' },
      faults: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help || !values.service || !values.target) {
    process.stdout.write(
      'usage: sigv4_gate.mjs --service dynamodb|s3|sqs|ses|cognito-idp|secretsmanager\n' +
        '           --target PORT [--port PORT] [--faults SEED]\n' +
        'Verifies SigV4 and forwards to 127.0.0.1:PORT.\n',
    );
    process.exit(values.help ? 0 : 2);
  }
  const { url } = await openGate({
    service: values.service,
    target: Number(values.target),
    port: Number(values.port),
    faults: values.faults === undefined ? undefined : Number(values.faults),
  });
  process.stdout.write(`${url}\n`);
}
