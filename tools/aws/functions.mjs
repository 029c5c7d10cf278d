// Lambda on this machine: functions whose instances are real processes of the program, each at its
// own Runtime API. One instance works on one event at a time; more are started while all are busy.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import http from 'node:http';

const kInitMs = 10_000; // Lambda's own limit on a start.
const kVersion = '/2018-06-01/runtime';

/** An invocation that has no answer: the function failed, timed out or could not start. */
export class FunctionError extends Error {
  constructor(type, message) {
    super(message);
    this.type = type;
  }
}

const traceHeader = () => {
  const time = Math.floor(Date.now() / 1000).toString(16);
  const root = `1-${time}-${randomBytes(12).toString('hex')}`;
  return `Root=${root};Parent=${randomBytes(8).toString('hex')};Sampled=1`;
};

/** One process at its own Runtime API. */
class Instance {
  constructor(definition, number) {
    Object.assign(this, { definition, name: `${definition.name}-${number}` });
    this.waiting = undefined; // The process's open question for an event.
    this.current = undefined; // The event that it works on.
    this.ended = undefined;
    this.served = 0;
  }

  async start() {
    this.server = http.createServer((request, response) => this.serve(request, response));
    this.server.requestTimeout = 0;
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { command, env, log } = this.definition;
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
      // The file itself: what a process has said is there when it asks for its next event.
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env.PATH,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${this.server.address().port}`,
        AWS_LAMBDA_FUNCTION_NAME: `imagify-${this.definition.name}-function`,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/imagify-${this.definition.name}-function`,
        LAMBDA_TASK_ROOT: '/var/task',
        ...env,
      },
    });
    this.child.once('error', (error) => this.end(error.message));
    this.child.once('close', (code, signal) => this.end(`exit ${code ?? signal}`));
    await new Promise((resolve, reject) => {
      this.started = { resolve, reject };
      this.timer = setTimeout(() => this.kill('no question for an event in 10 s'), kInitMs);
    });
  }

  end(reason) {
    if (this.ended) return;
    this.ended = this.failure ?? reason;
    clearTimeout(this.timer);
    this.server.closeAllConnections();
    this.server.close();
    const error = new FunctionError('Runtime.ExitError', `${this.name}: ${this.ended}`);
    this.started?.reject(error);
    this.settle(error);
    this.onEnd?.();
  }

  kill(reason) {
    this.failure ??= reason;
    this.child?.kill('SIGKILL');
  }

  settle(error, answer) {
    const { current } = this;
    this.current = undefined;
    if (!current) return;
    clearTimeout(current.timer);
    if (error) current.reject(error);
    else current.resolve(answer);
  }

  serve(request, response) {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const accept = () => response.writeHead(202).end('{"status":"OK"}');
      if (request.url === `${kVersion}/invocation/next`) return this.question(response);
      if (request.url === `${kVersion}/init/error`) {
        this.failure = `init error ${body}`;
        return accept();
      }
      const about = /\/invocation\/([^/]+)\/(response|error)$/.exec(request.url);
      if (!about || about[1] !== this.current?.id)
        return response.writeHead(400).end('{"errorType":"InvalidRequestID"}');
      accept();
      if (about[2] === 'response') return this.settle(undefined, body);
      return this.settle(new FunctionError('Handled', `${this.name}: ${body}`));
    });
  }

  question(response) {
    this.waiting = response;
    response.on('close', () => {
      if (this.waiting === response) this.waiting = undefined;
    });
    clearTimeout(this.timer);
    this.started?.resolve();
    this.started = undefined;
    this.onIdle?.();
  }

  get idle() {
    return this.waiting !== undefined && this.current === undefined;
  }

  run(event) {
    const { timeoutMs, name } = this.definition;
    const response = this.waiting;
    this.waiting = undefined;
    this.served += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.kill(`timed out after ${timeoutMs} ms`), timeoutMs);
      this.current = { id: randomUUID(), resolve, reject, timer };
      response.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': this.current.id,
        'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
        'lambda-runtime-invoked-function-arn':
          `arn:aws:lambda:ap-southeast-1:000000000000:function:imagify-${name}-function`,
        'lambda-runtime-trace-id': traceHeader(),
      });
      response.end(JSON.stringify(event));
    });
  }
}

/**
 * A function: {name, command, env, logFile, timeoutMs, most}. `most` instances at once; what comes
 * while all are busy waits, as it would be retried by API Gateway's callers.
 */
export class LambdaFunction {
  constructor({ timeoutMs = 29_000, most = 3, logFile, ...definition }) {
    this.log = openSync(logFile, 'a');
    this.definition = { ...definition, timeoutMs, log: this.log };
    Object.assign(this, { most, instances: new Set(), queue: [], count: 0, stopped: false });
  }

  get busy() {
    return this.queue.length > 0 || [...this.instances].some((instance) => instance.current);
  }

  /** The answer's text. Rejects with FunctionError. */
  invoke(event) {
    return new Promise((resolve, reject) => {
      this.queue.push({ event, resolve, reject });
      this.pump();
    });
  }

  pump() {
    for (const instance of this.instances) {
      if (!instance.idle) continue;
      const next = this.queue.shift();
      if (!next) return;
      instance.run(next.event).then(next.resolve, next.reject);
    }
    const starting = [...this.instances].filter((instance) => instance.started).length;
    if (this.queue.length > starting && this.instances.size < this.most && !this.stopped)
      this.startInstance();
  }

  startInstance() {
    const instance = new Instance(this.definition, (this.count += 1));
    this.instances.add(instance);
    instance.onIdle = () => this.pump();
    instance.onEnd = () => {
      this.instances.delete(instance);
      if (!this.stopped) this.pump();
    };
    // A start that fails takes one waiting event with it, or the caller would wait for ever.
    instance.start().catch((error) => this.queue.shift()?.reject(error));
  }

  /** Ends every instance: SIGTERM, and SIGKILL after Lambda's 300 ms (2 s under sanitizers). */
  async stop(patienceMs = 2000) {
    this.stopped = true;
    for (const { reject } of this.queue.splice(0)) reject(new FunctionError('Stopped', 'stopped'));
    await Promise.all(
      [...this.instances].map(
        (instance) =>
          new Promise((resolve) => {
            const timer = setTimeout(() => instance.kill('did not end'), patienceMs);
            instance.onEnd = () => {
              clearTimeout(timer);
              resolve();
            };
            if (instance.ended) instance.onEnd();
            else instance.child.kill('SIGTERM');
          }),
      ),
    );
    this.instances.clear();
    if (this.log !== undefined) closeSync(this.log);
    this.log = undefined;
  }
}
