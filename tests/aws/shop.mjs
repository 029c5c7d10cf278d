// A shop on the lab: tables, a painter that paints when it is told to, processes of the program,
// and customers. Shared by the programs of this folder.
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import { freePort, startProgram } from '../../tools/aws/emulators.mjs';
import { startLab } from '../../tools/aws/lab.mjs';
import { settingsFor } from '../../tools/aws/laptop.mjs';
import { ask } from '../../tools/aws/signed_client.mjs';

const run = promisify(execFile);
const kPassword = 'a-good-pass-42-Lotus';
export const kGift = 5;

/** A planted fault that every process of the program has: tests/aws/planted.mjs. */
const { IMAGIFY_MUTANT } = process.env;
const kMutant = IMAGIFY_MUTANT ? { IMAGIFY_MUTANT } : {};

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A grey square. */
export function picture(side = 32) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(side * (side + 1), 120);
  for (let row = 0; row < side; ++row) rows[row * (side + 1)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows))];
  return Buffer.concat([signature, ...parts, chunk('IEND', Buffer.alloc(0))]);
}

/** ClipDrop's API; counts what was asked for, and while it is held lets everybody wait. */
export class Painter {
  constructor() {
    this.asked = new Map();
    this.waiting = [];
    this.held = false;
    this.png = picture();
  }

  async open() {
    this.server = http.createServer(async (request, response) => {
      const chunks = [];
      for await (const piece of request) chunks.push(piece);
      const prompt = /name="prompt"[^]*?\r\n\r\n([^]*?)\r\n/.exec(Buffer.concat(chunks))?.[1];
      this.asked.set(prompt, (this.asked.get(prompt) ?? 0) + 1);
      this.onAsked?.(prompt);
      if (this.held) await new Promise((resolve) => this.waiting.push(resolve));
      response.writeHead(200, { 'content-type': 'image/png' }).end(this.png);
    });
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  release() {
    this.held = false;
    for (const go of this.waiting.splice(0)) go();
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** The lab with tables and a painter; `program` is the imagify to test. */
export async function openShop({ program, faults, only, settings: more = {} }) {
  const lab = await startLab({ only });
  const painter = new Painter();
  const env = {
    ...settingsFor(lab.env, 'http://127.0.0.1'),
    PAINTERS: 'clipdrop',
    CLIPDROP_API: 'local',
    CLIPDROP_URL: await painter.open(),
    TRUSTED_PROXIES: '127.0.0.1',
    MAIL: 'folder',
    ...kMutant,
    ...more,
  };
  const command = (...words) => run(program, words, { env: { PATH: process.env.PATH, ...env } });
  const stop = async () => {
    painter.close();
    await lab.stop();
  };
  try {
    await command('tables', 'create');
  } catch (error) {
    await stop();
    throw error;
  }
  if (faults !== undefined) for (const gate of Object.values(lab.gates)) gate.faults.chance(faults);
  return { lab, painter, env, stop, command, program, folder: lab.folder };
}

let started = 0;

/** One `imagify serve`; {url, kill, stop}. */
export async function startServer(shop, more = {}) {
  const port = await freePort();
  const name = `server-${(started += 1)}`;
  const data = join(shop.folder, name);
  mkdirSync(data);
  const url = `http://127.0.0.1:${port}`;
  const env = { ...shop.env, IMAGIFY_LISTEN: `127.0.0.1:${port}`, IMAGIFY_DATA: data, ...more };
  const kill = await startProgram(name, port, shop.folder, [shop.program, 'serve'], { env });
  return { url, kill };
}

/** True when the books balance; prints what does not. */
export async function booksBalance(shop) {
  try {
    await shop.command('verify');
    return true;
  } catch (error) {
    process.stdout.write(`${error.stdout ?? ''}${error.stderr ?? error.message}\n`);
    return false;
  }
}

/** A request of a customer; {status, body}, or {lost} when no answer came. */
export async function call(url, path, { method = 'GET', token, body, headers = {} } = {}) {
  const answer = await ask(url + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    body: body ? JSON.stringify(body) : '',
  });
  if (answer.lost) return answer;
  const json = answer.headers['content-type']?.includes('json');
  return { status: answer.status, body: json ? JSON.parse(answer.text) : answer.text };
}

let serial = 0;

/** A new account with its gift; {email, token, password}. */
export async function signUp(url) {
  const email = `shop-${Date.now()}-${(serial += 1)}@example.com`;
  const credentials = { email, password: kPassword };
  const answer = await call(url, '/auth/register', { method: 'POST', body: credentials });
  if (answer.status !== 201) throw new Error(`sign-up: ${JSON.stringify(answer)}`);
  return { ...credentials, token: answer.body.token };
}

/** Asks for a picture; with the same `key` it is the same picture. */
export const order = (url, token, prompt, key) =>
  call(url, '/image/generate-image', {
    method: 'POST',
    token,
    body: { prompt },
    headers: { 'idempotency-key': key, prefer: 'respond-async' },
  });

/** Waits until `done` yields something true; yields it. Fails after `seconds`. */
export async function until(what, done, seconds = 30) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const value = await done();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${seconds} s for ${what}`);
}

/** The pictures of a customer by state. */
export async function pictures(url, token) {
  const all = { ready: [], failed: [], pending: [], cancelled: [] };
  for (const status of Object.keys(all)) {
    const answer = await call(url, `/image?status=${status}&limit=100`, { token });
    if (answer.status === 200) all[status] = answer.body.items;
  }
  return all;
}
