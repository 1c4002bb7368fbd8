import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../src/feeds/address.ts';
import type { Resolve } from '../../src/feeds/connect.ts';
import { createGuardedFetch, type GuardedFetchSettings } from '../../src/feeds/guarded-fetch.ts';
import { FetchError } from '../../src/lib/errors.ts';
import { sharedPath } from '../support/shared.ts';
import { serve, type TestServer } from './server.ts';

const never = new AbortController().signal;
const MB = 1024 * 1024;
/** Global unicast by its form, but of a block that was given to nobody: a connection to it gets nowhere. */
const NOWHERE = '2d00::1';

let server: TestServer;
/** What nobody may reach: no allow list names it. */
let secret: TestServer;

beforeAll(async () => {
  secret = await serve({ '/': 'the secret' }, '0.0.0.0');
  server = await serve({
    '/plain': { body: 'hello', headers: { etag: '"1"' } },
    '/gzip': { body: gzipSync('hello'), headers: { 'content-encoding': 'gzip' } },
    '/br': { body: brotliCompressSync('hello'), headers: { 'content-encoding': 'br' } },
    '/deflate': { body: deflateSync('hello'), headers: { 'content-encoding': 'deflate' } },
    '/deflate-raw': { body: deflateRawSync('hello'), headers: { 'content-encoding': 'deflate' } },
    '/twice': { body: gzipSync(gzipSync('hello')), headers: { 'content-encoding': 'gzip, gzip' } },
    '/odd-coding': { body: 'hello', headers: { 'content-encoding': 'rot13' } },
    '/not-gzip': { body: 'hello', headers: { 'content-encoding': 'gzip' } },
    '/bomb': { body: gzipSync(Buffer.alloc(60 * MB)), headers: { 'content-encoding': 'gzip' } },
    '/50mb': (_, response) => {
      const megabyte = Buffer.alloc(MB);
      let sent = 0;
      const more = () => {
        while (sent < 50 && response.write(megabyte)) sent += 1;
        if (sent >= 50) response.end();
      };
      response.on('drain', more);
      more();
    },
    '/50mb-declared': (_, response) => {
      response.writeHead(200, { 'content-length': 50 * MB });
      response.write('start');
    },
    '/slow': (_, response) => {
      response.write('a');
    },
    '/silent': () => {},
    '/cut': (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    },
    '/loop': { status: 302, headers: { location: '/loop' } },
    '/ping': { status: 302, headers: { location: '/pong' } },
    '/pong': { status: 302, headers: { location: '/ping' } },
    '/chain': (request, response) => {
      const left = Number(new URL(request.url ?? '', 'http://any').searchParams.get('left'));
      response.writeHead(302, { location: left > 1 ? `/chain?left=${left - 1}` : '/plain' }).end();
    },
    '/moved': { status: 301, headers: { location: '/moved-again#part' } },
    '/moved-again': { status: 308, headers: { location: '/for-now' } },
    '/for-now': { status: 302, headers: { location: '/plain' } },
    '/to': (request, response) => {
      const target = new URL(request.url ?? '', 'http://any').searchParams.get('url') ?? '';
      // Header bytes as sloppy servers send them: UTF-8, unescaped.
      response.writeHead(302, { location: Buffer.from(target).toString('latin1') }).end();
    },
    '/gone': { status: 410 },
    '/busy': { status: 429, headers: { 'retry-after': '120' } },
    '/down': { status: 503, headers: { 'retry-after': new Date(Date.now() + 90_000).toUTCString() } },
    '/cookie': { body: 'hello', headers: { 'set-cookie': 'a=b' } },
    '/304': { status: 304 },
  });
});

afterAll(async () => {
  await Promise.all([server.close(), secret.close()]);
});

async function get(address: string, settings: Partial<GuardedFetchSettings> = {}, signal = never) {
  const guarded = createGuardedFetch({
    allowPrivate: [server.host],
    userAgent: 'Crier/0 (+https://example.com)',
    ...settings,
  });
  try {
    return await guarded.get(address, { signal });
  } finally {
    await guarded.close();
  }
}

async function problem(promise: Promise<unknown>): Promise<FetchError> {
  const thrown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(FetchError);
  const found = thrown as FetchError;
  expect(found.message).toMatch(/^.{10,}\.$/u);
  expect(found.cure).toMatch(/\.$/u);
  return found;
}

describe('a good answer', () => {
  test.each(['plain', 'gzip', 'br', 'deflate', 'deflate-raw', 'twice'])('is unpacked: %s', async (name) => {
    const { body, status, movedTo } = await get(`${server.url}/${name}`);
    expect(new TextDecoder().decode(body)).toBe('hello');
    expect({ status, movedTo }).toEqual({ status: 200, movedTo: null });
  });

  test('is asked for with an honest name, without cookies and without the proxy of the environment', async () => {
    process.env.HTTP_PROXY = secret.url;
    process.env.http_proxy = secret.url;
    const guarded = createGuardedFetch({ allowPrivate: [server.host], userAgent: 'Crier/0 (+https://example.com)' });
    try {
      await guarded.get(`${server.url}/cookie`, { signal: never });
      await guarded.get(`${server.url}/plain`, { signal: never });
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
      await guarded.close();
    }
    expect(server.requests.at(-1)?.headers).toMatchObject({ 'user-agent': 'Crier/0 (+https://example.com)' });
    expect(server.requests.at(-1)?.headers.cookie).toBeUndefined();
    expect(secret.connections()).toBe(0);
  });

  test('reports where a permanent redirect leads, but not what is only so for now', async () => {
    const { url, movedTo } = await get(`${server.url}/moved`);
    expect(url).toBe(`${server.url}/plain`);
    expect(movedTo).toBe(`${server.url}/for-now`);
    expect((await get(`${server.url}/for-now`)).movedTo).toBeNull();
  });

  test('may be five redirects away, not six', async () => {
    expect((await get(`${server.url}/chain?left=5`)).url).toBe(`${server.url}/plain`);
    expect(await problem(get(`${server.url}/chain?left=6`))).toMatchObject({ kind: 'redirects' });
  });
});

describe('a bad answer is an error that a person understands', () => {
  test.each([
    ['50mb', 'too-large'],
    ['50mb-declared', 'too-large'],
    ['bomb', 'too-large'],
    ['odd-coding', 'unreadable'],
    ['not-gzip', 'unreadable'],
    ['loop', 'redirects'],
    ['ping', 'redirects'],
    ['missing', 'status'],
    ['304', 'status'],
    ['cut', 'unreachable'],
  ])('%s is %s', async (path, kind) => {
    expect(await problem(get(`${server.url}/${path}`))).toMatchObject({ kind });
  });

  test('with the status and the wait that the server asked for', async () => {
    expect(await problem(get(`${server.url}/gone`))).toMatchObject({ status: 410, retryAfterMs: undefined });
    expect(await problem(get(`${server.url}/busy`))).toMatchObject({ status: 429, retryAfterMs: 120_000 });
    const { retryAfterMs = 0 } = await problem(get(`${server.url}/down`));
    expect(retryAfterMs).toBeGreaterThan(60_000);
    expect(retryAfterMs).toBeLessThanOrEqual(90_000);
  });

  test.each(['slow', 'silent'])('%s ends at the deadline', async (path) => {
    expect(await problem(get(`${server.url}/${path}`, { deadlineMs: 200 }))).toMatchObject({ kind: 'timeout' });
  });

  test('a name server that never answers ends at the deadline too', async () => {
    const resolve: Resolve = () => new Promise(() => {});
    expect(await problem(get('http://feed.example/', { resolve, deadlineMs: 200 }))).toMatchObject({ kind: 'timeout' });
  });

  test('a refused connection and an unknown name', async () => {
    // A UDP socket holds a port number that no TCP server listens on.
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${socket.address().port}`;
    expect(await problem(get(`http://${host}/`, { allowPrivate: [host] }))).toMatchObject({ kind: 'unreachable' });
    socket.close();
    const resolve: Resolve = async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const unknown = await problem(get('http://nobody.example/', { resolve }));
    expect(unknown).toMatchObject({ kind: 'unreachable' });
    expect(unknown.message).toContain('nobody.example');
  });

  test('what the caller stops is thrown as the caller said', async () => {
    const stop = new AbortController();
    const stopped = get(`${server.url}/silent`, {}, stop.signal);
    stop.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
  });
});

/** Names that a hostile domain's server would answer so. */
const HOSTILE: Record<string, string[]> = {
  'loopback.example': ['127.0.0.1'],
  'mixed.example': [NOWHERE, '127.0.0.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'private.example': ['10.0.0.7'],
  'metadata.example': ['169.254.169.254'],
  'ula.example': ['fd00:ec2::254'],
};
const hostileResolve: Resolve = async (name) =>
  (HOSTILE[name] ?? ['127.0.0.1']).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('nothing that is private is reached', () => {
  const addresses = (port: number) => [
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}/`,
    `http://LOCALHOST.:${port}/`,
    `http://x.localhost:${port}/`,
    `http://printer:${port}/`,
    `http://0:${port}/`,
    `http://0.0.0.0:${port}/`,
    `http://127.1:${port}/`,
    `http://0x7f.1:${port}/`,
    `http://0x7f000001:${port}/`,
    `http://2130706433:${port}/`,
    `http://0177.0.0.1:${port}/`,
    `http://017700000001:${port}/`,
    `http://①②⑦.⓪.⓪.①:${port}/`,
    `http://127.0.0.1.:${port}/`,
    `http://[::1]:${port}/`,
    `http://[::]:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://[::ffff:7f00:1]:${port}/`,
    `http://[::127.0.0.1]:${port}/`,
    `http://[64:ff9b::127.0.0.1]:${port}/`,
    `http://[2002:7f00:1::]:${port}/`,
    `http://[fec0::1]:${port}/`,
    `http://127.0.0.1:${port}\\@example.com/`,
    ...Object.keys(HOSTILE).map((name) => `http://${name}:${port}/`),
  ];

  test('given directly, in any notation', async () => {
    // Without slashes it is an address only where nothing comes before it.
    for (const address of [...addresses(secret.port), `http:127.0.0.1:${secret.port}/`])
      expect(await problem(get(address, { resolve: hostileResolve })), address).toMatchObject({ kind: 'blocked' });
    expect(secret.connections()).toBe(0);
  });

  test('behind a redirect of an allowed server', async () => {
    for (const address of addresses(secret.port)) {
      const start = `${server.url}/to?url=${encodeURIComponent(address)}`;
      expect(await problem(get(start, { resolve: hostileResolve })), address).toMatchObject({ kind: 'blocked' });
    }
    expect(secret.connections()).toBe(0);
  });

  test('by a name whose second answer is another one than its first', async () => {
    let asked = 0;
    const resolve: Resolve = async () => {
      asked += 1;
      return asked === 1 ? [{ address: NOWHERE, family: 6 }] : [{ address: '127.0.0.1', family: 4 }];
    };
    const guarded = createGuardedFetch({ allowPrivate: [], userAgent: 'Crier/0', resolve, deadlineMs: 300 });
    const address = `http://rebind.example:${secret.port}/`;
    const kinds = [];
    for (let round = 0; round < 3; round += 1)
      kinds.push((await problem(guarded.get(address, { signal: never }))).kind);
    await guarded.close();
    expect(kinds.slice(1)).toEqual(['blocked', 'blocked']);
    expect(['timeout', 'unreachable']).toContain(kinds[0]);
    // One question for each connection: the answer that was checked is the one that is used.
    expect(asked).toBe(3);
    expect(secret.connections()).toBe(0);
  });

  test('through a port, a scheme or a password that feeds have no use for', async () => {
    for (const address of [
      'https://example.com:22/',
      'http://example.com:25/',
      'http://example.com:6379/',
      'http://example.com:2375/',
      'ftp://example.com/feed.xml',
      'file:///etc/passwd',
      'gopher://localhost:25/_',
      'data:text/xml,<rss/>',
      'https://me:password@example.com/feed',
      'not an address',
      'http://',
    ])
      expect(await problem(get(address, { resolve: hostileResolve })), address).toMatchObject({ kind: 'blocked' });
  });

  test('but for the host and port, or the single address, that the installation names', async () => {
    const allowUrl = (url: URL) => url.port === String(server.port) && url.pathname.startsWith('/pl');
    expect((await get(`${server.url}/plain`, { allowPrivate: [], allowUrl })).status).toBe(200);
    expect(await problem(get(`${server.url}/gzip`, { allowPrivate: [], allowUrl }))).toMatchObject({ kind: 'blocked' });
    expect(
      (await get(`http://localhost:${server.port}/plain`, { allowPrivate: [`localhost:${server.port}`] })).status,
    ).toBe(200);
    expect(await problem(get(`${server.url}/plain`, { allowPrivate: ['127.0.0.1:1'] }))).toMatchObject({
      kind: 'blocked',
    });
  });

  test('a connection that is open to one address serves no other path of the same server', async () => {
    const allowUrl = (url: URL) => url.pathname === '/plain';
    const guarded = createGuardedFetch({ allowPrivate: [], allowUrl, userAgent: 'Crier/0' });
    await guarded.get(`${server.url}/plain`, { signal: never });
    expect(await problem(guarded.get(`${server.url}/gzip`, { signal: never }))).toMatchObject({ kind: 'blocked' });
    await guarded.close();
  });
});

test('an IPv4 address is public only outside of every special range', () => {
  const special = (a: number, b: number) =>
    [0, 10, 127].includes(a) ||
    a >= 224 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 198 && (b === 18 || b === 19));
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(byte, byte, byte, byte, (a, b, c, d) => {
      const address = `${a}.${b}.${c}.${d}`;
      if (special(a, b)) expect(isPublicAddress(address)).toBe(false);
      expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
    }),
  );
  for (const address of ['1.1.1.1', '93.184.216.34', '2606:4700::1111', '[2a00:1450::1]'])
    expect(isPublicAddress(address)).toBe(true);
});

const payloads = sharedPath('corpora', 'security', 'payloads', 'ssrf_urls.json');
test.skipIf(!payloads)('every must-block address of the public SSRF collection is refused', async () => {
  const list = JSON.parse(readFileSync(payloads ?? '', 'utf8')) as { url: string; class: string }[];
  const mustBlock = list.filter((entry) => /^must-block|^invalid-url/u.test(entry.class));
  expect(mustBlock.length).toBeGreaterThan(100);
  // Every name is one that leads inside.
  const resolve: Resolve = async () => [{ address: '169.254.169.254', family: 4 }];
  for (const { url } of mustBlock) expect(await problem(get(url, { resolve })), url).toMatchObject({ kind: 'blocked' });
});
