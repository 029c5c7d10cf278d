// Pages as CloudFront gives them, against pages as the program gives them.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { kMediaTypes } from '../lib/site-files';
import { contentSecurityPolicy } from '../lib/site-headers';
import { kAppRoutes, routingCode } from '../lib/site-routing';
import { kProgram, kRoot, settingsOf } from './support';

const { siteFolder } = settingsOf();
const source = (path: string) => readFileSync(join(kRoot, path), 'utf8');

interface Seen {
  language?: string;
  cookie?: string;
}

interface Event {
  request: { uri: string; headers: object; cookies: object };
  response?: { statusCode: number };
}

const handler: (event: Event) => any = runInNewContext(`${routingCode(siteFolder)};handler`);

function requestOf(uri: string, { language, cookie }: Seen = {}) {
  return {
    uri,
    headers: language === undefined ? {} : { 'accept-language': { value: language } },
    cookies: cookie === undefined ? {} : { lang: { value: cookie } },
  };
}

const fileOf = (uri: string, seen?: Seen): string => handler({ request: requestOf(uri, seen) }).uri;

/** What the viewer gets for it, when the file is there. */
function statusOf(uri: string, seen?: Seen): number {
  const request = handler({ request: requestOf(uri, seen) });
  return handler({ request, response: { statusCode: 200 } }).statusCode;
}

let server: { url: string; stop: () => Promise<void> };

before(async () => {
  const { freePort, startProgram } = await import('../../tools/aws/emulators.mjs' as string);
  const folder = mkdtempSync(join(tmpdir(), 'imagify-pages-'));
  const port = await freePort();
  const end = await startProgram('site', port, folder, [kProgram, 'serve'], {
    env: {
      IMAGIFY_MODE: 'development',
      IMAGIFY_LISTEN: `127.0.0.1:${port}`,
      IMAGIFY_DATA: join(folder, 'data'),
    },
  });
  server = {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
after(() => server.stop());

test('routes of the app are those of the program', () => {
  const table = /kAppRoutes = .*?\{(.*?)\}\);/s.exec(
    source('src/transport/beast/static_assets.cpp'),
  )![1]!;
  assert.deepEqual(kAppRoutes, [...table.matchAll(/"([^"]+)"/g)].map(([, route]) => route));
});

test('types of files are those of the program', () => {
  const table = /MEDIA_TYPES = \{(.*?)\}/s.exec(source('src/transport/beast/embed_web.py'))![1]!;
  const types = [...table.matchAll(/"(\.\w+)": "([^"]+)"/g)].map(([, name, type]) => [name, type]);
  assert.deepEqual(kMediaTypes, Object.fromEntries(types));
});

const kPaths = [
  '/',
  '/en',
  '/en/',
  ...kAppRoutes.map((route) => route.replace('*', 'x1')),
  '/gallery/',
  '/gallery/x/y',
  '/s/',
  '/app',
  '/nowhere',
  '/nowhere/at/all',
  '/authors',
  '/images',
];

test('a path is a page, or none, as it is for the program', async () => {
  for (const path of kPaths) {
    const { status } = await fetch(server.url + path, { headers: { accept: 'text/html' } });
    assert.equal(statusOf(path), status, path);
  }
});

test('a file that is not there is no page', async () => {
  for (const path of ['/missing.png', '/assets/old-12345678.js', '/assets/old', '/.env']) {
    assert.equal(fileOf(path), path, 'the bucket has to answer 404');
    assert.equal((await fetch(server.url + path)).status, 404, path);
  }
});

const kSeen: Seen[] = [
  {},
  { language: 'en' },
  { language: 'vi,en;q=0.9' },
  { language: 'en-GB;q=0.9, vi;q=0.8' },
  { language: 'vi;q=0.3,en;q=0.30001' },
  { language: 'en;q=1.5, vi;q=0.1' },
  { language: 'EN-us' },
  { language: 'de, *;q=0.5' },
  { language: 'en;level=1;q=0.2, vi;q=0.3' },
  { language: 'en', cookie: 'vi' },
  { language: 'vi', cookie: 'en' },
  { language: 'vi', cookie: 'fr' },
];

test('the shell speaks the language that the program would choose', async () => {
  for (const seen of kSeen) {
    const headers: Record<string, string> = { 'accept-language': seen.language ?? '' };
    if (seen.cookie) headers.cookie = `theme=dark; lang=${seen.cookie}`;
    const page = await (await fetch(`${server.url}/login`, { headers })).text();
    const language = /<html[^>]* lang="(\w+)"/.exec(page)?.[1];
    const expected = language === 'en' ? '/app.en.html' : '/app.html';
    assert.equal(fileOf('/login', seen), expected, JSON.stringify(seen));
    assert.equal(fileOf('/nowhere', seen), expected.replace('app', '404'), JSON.stringify(seen));
  }
});

test('pages come with the headers that the program sends', async () => {
  const { headers } = await fetch(`${server.url}/login`);
  const sent = headers.get('content-security-policy')!;
  const without = (policy: string) => policy.replace(/ 'sha256-[^']+'/g, '');
  assert.equal(without(contentSecurityPolicy({ script: [], style: [] }, [])), without(sent));
  const hashed = contentSecurityPolicy({ script: ['sha256-ab='], style: [] }, ['https://p.example']);
  assert.match(hashed, /script-src 'self' 'sha256-ab=';/);
  assert.match(hashed, /img-src 'self' data: blob: https:\/\/p\.example;/);
});

test('the function is small enough for CloudFront, with the real site too', () => {
  assert.ok(routingCode(siteFolder).length < 10_000);
});
