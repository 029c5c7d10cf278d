// What calls functions besides API Gateway: the poller of a queue and the clock of a schedule.
import { randomUUID } from 'node:crypto';
import { FunctionError } from './functions.mjs';
import { askJson } from './signed_client.mjs';

/** A message as Lambda hands it to a function. */
const record = (message, arn) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes,
  messageAttributes: {},
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: 'ap-southeast-1',
});

/**
 * Feeds a queue to a function until `stop`: takes a batch, invokes, removes what the answer does
 * not name in `batchItemFailures`; the rest comes again after its visibility ends. A failed
 * invocation fails its whole batch.
 */
export class QueuePoller {
  constructor({ url, queueUrl, target, batch = 1, pollers = 3, onFailure = () => {} }) {
    Object.assign(this, { url, queueUrl, target, batch, onFailure, stopping: false });
    this.arn = `arn:aws:sqs:ap-southeast-1:000000000000:${queueUrl.split('/').pop()}`;
    this.loops = Array.from({ length: pollers }, () => this.loop());
  }

  ask(operation, body) {
    return askJson(this.url, 'sqs', operation, { QueueUrl: this.queueUrl, ...body });
  }

  async loop() {
    while (!this.stopping) {
      const wait = { MaxNumberOfMessages: this.batch, WaitTimeSeconds: 1 };
      const { Messages: messages = [] } = await this.ask('ReceiveMessage', wait);
      if (messages.length) await this.work(messages);
    }
  }

  async work(messages) {
    let failed;
    try {
      const event = { Records: messages.map((message) => record(message, this.arn)) };
      const answer = JSON.parse((await this.target.invoke(event)) || '{}') ?? {};
      failed = new Set((answer.batchItemFailures ?? []).map((item) => item.itemIdentifier));
    } catch (error) {
      if (!(error instanceof FunctionError) && !(error instanceof SyntaxError)) throw error;
      if (!this.stopping) this.onFailure(error);
      return;
    }
    for (const message of messages)
      if (!failed.has(message.MessageId))
        await this.ask('DeleteMessage', { ReceiptHandle: message.ReceiptHandle });
  }

  async stop() {
    this.stopping = true;
    await Promise.all(this.loops);
  }
}

/** Invokes a function every `everyMs`, one at a time, as a rule of EventBridge would. */
export class Schedule {
  constructor({ target, everyMs, onFailure = () => {} }) {
    Object.assign(this, { target, everyMs, onFailure, running: undefined });
    this.timer = setInterval(() => this.tick(), everyMs);
    this.tick();
  }

  tick() {
    this.running ??= this.target
      .invoke({
        version: '0',
        id: randomUUID(),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: new Date().toISOString(),
        region: 'ap-southeast-1',
        resources: ['arn:aws:events:ap-southeast-1:000000000000:rule/imagify-schedule'],
        detail: {},
      })
      .catch((error) => this.stopped || this.onFailure(error))
      .finally(() => (this.running = undefined));
  }

  async stop() {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }
}
