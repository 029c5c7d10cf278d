// A small SQS: standard queues with what makes them hard. A message is invisible while somebody
// works on it, comes back when that takes too long, goes to the dead-letter queue after too many
// tries, and may be delivered more than once (`copies`). Order is not promised, and not kept.
import { createHash, randomUUID } from 'node:crypto';
import { openJsonService, ServiceFault } from './json_service.mjs';

const kAccount = '000000000000';
const kLargest = 1024 * 1024; // SQS: 1 MiB a message.
const noSuchReceipt = () =>
  new ServiceFault('ReceiptHandleIsInvalid', 'The receipt handle is invalid.');
const md5 = (text) => createHash('md5').update(text).digest('hex');

class Queue {
  constructor(name, url, attributes) {
    const redrive = JSON.parse(attributes.RedrivePolicy ?? '{}');
    Object.assign(this, { name, url, attributes, messages: [], sent: 0, deleted: 0 });
    this.arn = `arn:aws:sqs:ap-southeast-1:${kAccount}:${name}`;
    this.visibilitySeconds = Number(attributes.VisibilityTimeout ?? 30);
    this.deadLetterName = redrive.deadLetterTargetArn?.split(':').pop();
    this.maxReceives = Number(redrive.maxReceiveCount ?? Infinity);
  }
}

/** Opens the service; `url` (the gate's address) begins the queues' addresses. */
export class Sqs {
  constructor() {
    this.queues = new Map();
    this.copies = 1;
    this.aheadMs = 0;
    this.waiters = new Set();
    this.url = 'http://127.0.0.1';
  }

  now() {
    return Date.now() + this.aheadMs;
  }

  wake() {
    for (const waiter of this.waiters) waiter();
  }

  named(name) {
    const queue = this.queues.get(name);
    if (queue) return queue;
    throw new ServiceFault(
      'QueueDoesNotExist',
      'The specified queue does not exist or you do not have access to it.',
    );
  }

  // Clients may reach the service under another name than its own: only the path counts.
  queue(body) {
    return this.named(String(body.QueueUrl ?? '').split('/').pop());
  }

  create({ QueueName: name, Attributes: attributes = {} }) {
    if (!/^[\w-]{1,80}$/.test(name ?? ''))
      throw new ServiceFault('InvalidParameterValue', 'only standard queues: 1 to 80 of [-_\\w]');
    if (!this.queues.has(name))
      this.queues.set(name, new Queue(name, `${this.url}/${kAccount}/${name}`, attributes));
    return { QueueUrl: this.queues.get(name).url };
  }

  send(queue, body) {
    const text = body.MessageBody;
    if (typeof text !== 'string' || text.length === 0)
      throw new ServiceFault('MissingParameter', 'The request must contain MessageBody.');
    if (Buffer.byteLength(text) > kLargest)
      throw new ServiceFault('InvalidParameterValue', 'One or more parameters are invalid.');
    const id = randomUUID();
    for (let copy = 0; copy < this.copies; ++copy)
      queue.messages.push({
        id,
        text,
        attributes: body.MessageAttributes ?? {},
        system: body.MessageSystemAttributes ?? {},
        sentAt: this.now(),
        visibleAt: this.now() + Number(body.DelaySeconds ?? 0) * 1000,
        receives: 0,
      });
    queue.sent += 1;
    this.wake();
    return { MessageId: id, MD5OfMessageBody: md5(text) };
  }

  /** Takes what is visible now, and moves to the dead letters what was tried too often. */
  take(queue, most, visibilitySeconds) {
    const taken = [];
    for (const message of [...queue.messages]) {
      if (taken.length >= most) break;
      if (message.visibleAt > this.now()) continue;
      if (message.receives >= queue.maxReceives) {
        queue.messages.splice(queue.messages.indexOf(message), 1);
        this.queues.get(queue.deadLetterName)?.messages.push({ ...message, receives: 0 });
        continue;
      }
      message.receives += 1;
      message.firstReceivedAt ??= this.now();
      message.visibleAt = this.now() + visibilitySeconds * 1000;
      message.receipt = randomUUID();
      taken.push(message);
    }
    return taken.map((message) => ({
      MessageId: message.id,
      ReceiptHandle: message.receipt,
      MD5OfBody: md5(message.text),
      Body: message.text,
      Attributes: {
        SenderId: 'AKIDLOCAL',
        SentTimestamp: String(message.sentAt),
        ApproximateReceiveCount: String(message.receives),
        ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
        ...(message.system.AWSTraceHeader
          ? { AWSTraceHeader: message.system.AWSTraceHeader.StringValue }
          : {}),
      },
      ...(Object.keys(message.attributes).length ? { MessageAttributes: message.attributes } : {}),
    }));
  }

  async receive(body) {
    const queue = this.queue(body);
    const most = Number(body.MaxNumberOfMessages ?? 1);
    const wait = Number(body.WaitTimeSeconds ?? 0);
    if (!(most >= 1 && most <= 10) || !(wait >= 0 && wait <= 20))
      throw new ServiceFault('InvalidParameterValue', 'MaxNumberOfMessages or WaitTimeSeconds');
    const visibility = Number(body.VisibilityTimeout ?? queue.visibilitySeconds);
    const deadline = Date.now() + wait * 1000;
    for (;;) {
      const messages = this.take(queue, most, visibility);
      if (messages.length) return { Messages: messages };
      if (Date.now() >= deadline) return {};
      await new Promise((resolve) => {
        const timer = setTimeout(done, Math.min(200, Math.max(1, deadline - Date.now())));
        const waiters = this.waiters;
        function done() {
          clearTimeout(timer);
          waiters.delete(done);
          resolve();
        }
        waiters.add(done);
      });
    }
  }

  /** Only the newest receipt counts; an older one succeeds and does nothing, as on SQS. */
  remove(queue, receipt) {
    if (!receipt) throw noSuchReceipt();
    const at = queue.messages.findIndex((message) => message.receipt === receipt);
    if (at < 0) return;
    queue.messages.splice(at, 1);
    queue.deleted += 1;
  }

  changeVisibility(queue, { ReceiptHandle: receipt, VisibilityTimeout: seconds }) {
    if (!(seconds >= 0 && seconds <= 43200))
      throw new ServiceFault('InvalidParameterValue', 'VisibilityTimeout');
    const message = queue.messages.find((candidate) => candidate.receipt === receipt);
    if (!message) throw noSuchReceipt();
    if (message.visibleAt <= this.now())
      throw new ServiceFault('MessageNotInflight', 'The message is not in flight.');
    message.visibleAt = this.now() + seconds * 1000;
    this.wake();
  }

  attributesOf(queue) {
    const visible = queue.messages.filter((message) => message.visibleAt <= this.now()).length;
    return {
      QueueArn: queue.arn,
      VisibilityTimeout: String(queue.visibilitySeconds),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(queue.messages.length - visible),
      ...(queue.attributes.RedrivePolicy ? { RedrivePolicy: queue.attributes.RedrivePolicy } : {}),
    };
  }

  batch(entries, work) {
    const answer = { Successful: [], Failed: [] };
    for (const entry of entries ?? []) {
      try {
        answer.Successful.push({ Id: entry.Id, ...work(entry) });
      } catch (error) {
        const fault = { Code: error.code, Message: error.message, SenderFault: true };
        answer.Failed.push({ Id: entry.Id, ...fault });
      }
    }
    return answer;
  }

  operations() {
    return {
      CreateQueue: (body) => this.create(body),
      GetQueueUrl: (body) => ({ QueueUrl: this.named(body.QueueName).url }),
      ListQueues: () => ({ QueueUrls: [...this.queues.values()].map((queue) => queue.url) }),
      GetQueueAttributes: (body) => ({ Attributes: this.attributesOf(this.queue(body)) }),
      PurgeQueue: (body) => void (this.queue(body).messages = []),
      SendMessage: (body) => this.send(this.queue(body), body),
      SendMessageBatch: (body) => {
        const queue = this.queue(body);
        return this.batch(body.Entries, (entry) => this.send(queue, entry));
      },
      ReceiveMessage: (body) => this.receive(body),
      DeleteMessage: (body) => this.remove(this.queue(body), body.ReceiptHandle),
      DeleteMessageBatch: (body) => {
        const queue = this.queue(body);
        return this.batch(body.Entries, (entry) => this.remove(queue, entry.ReceiptHandle));
      },
      ChangeMessageVisibility: (body) => this.changeVisibility(this.queue(body), body),
    };
  }

  /** For tests: how often each message comes, what lies where, and time that passes at once. */
  controls() {
    return {
      'PUT /copies': (body) => void (this.copies = body.copies),
      'POST /lose': () => {
        for (const queue of this.queues.values()) queue.messages = [];
      },
      'POST /elapse': (body) => {
        this.aheadMs += body.seconds * 1000;
        this.wake();
      },
      'GET /queues': () =>
        Object.fromEntries(
          [...this.queues.values()].map((queue) => [
            queue.name,
            {
              sent: queue.sent,
              deleted: queue.deleted,
              messages: queue.messages.map(({ id, text, receives }) => ({ id, text, receives })),
            },
          ]),
        ),
    };
  }

  async open(port = 0) {
    return openJsonService({ operations: this.operations(), controls: this.controls(), port });
  }
}
