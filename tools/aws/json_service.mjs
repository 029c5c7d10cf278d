// A stand-in for a JSON service of AWS: POST / with X-Amz-Target. Signatures are the gate's work.
import http from 'node:http';

/** What a service answers instead of doing what it was asked. */
export class ServiceFault extends Error {
  constructor(code, message, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/**
 * Serves `operations`, {SendMessage(body) {...}}, and under other paths `controls`,
 * {'PUT /copies'(body) {...}}, which are for tests. Resolves to {port, close} once it listens.
 */
export async function openJsonService({ operations, controls = {}, port = 0 }) {
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const say = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(body ?? {}));
    };
    try {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = text ? JSON.parse(text) : {};
      const control = controls[`${request.method} ${request.url}`];
      if (control) return say(200, await control(body));
      const name = (request.headers['x-amz-target'] ?? '').split('.').pop();
      if (request.method !== 'POST' || request.url !== '/' || !Object.hasOwn(operations, name))
        throw new ServiceFault('UnknownOperationException', `${request.method} ${name}`);
      return say(200, await operations[name](body));
    } catch (error) {
      const code = error.code ?? 'InternalFailure';
      return say(error.status ?? 500, { __type: `com.amazonaws#${code}`, message: error.message });
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { port: server.address().port, close };
}
