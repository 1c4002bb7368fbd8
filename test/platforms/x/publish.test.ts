import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settableClock } from '../../../src/lib/clock.ts';
import { ConfigError } from '../../../src/lib/errors.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createX, type XSettings } from '../../../src/platforms/x/index.ts';
import type { OutgoingPost } from '../../../src/ports/platform.ts';
import { BARE } from '../../contracts/platform.ts';
import { startXEmulator, type XEmulator, type XFault } from '../../emulators/x.ts';

let emulator: XEmulator;
beforeEach(async () => {
  emulator = await startXEmulator();
});
afterEach(async () => {
  await emulator.close();
  expect(emulator.violations).toEqual([]);
});

const clock = settableClock(new Date());
const x = (settings: Partial<XSettings> = {}) =>
  createX({ ...emulator.keys, apiBase: emulator.base, sendDeadlineMs: 1000, ...settings }, { log: silentLog, clock });
const message: OutgoingPost = {
  ...BARE,
  address: 'acmenews',
  text: "Hello, Rīga! It's 100% (new) * 字 👩‍👩‍👧‍👦 & more\nhttps://crier.example/r/Ab3dE7x",
  attemptId: '0b5f8f8e-5d0c-4a39-9d3e-0f3c5e1c7a11',
  deliveryId: 7,
};
const never = new AbortController().signal;

test('a post is signed for api.x.com, sent byte by byte as announced, and gets its address', async () => {
  const outcome = await x().publish(message, never);
  const id = emulator.posts[0]?.id;
  expect(outcome).toEqual({ kind: 'confirmed', remoteId: id, url: `https://x.com/i/web/status/${id}` });
  expect(emulator.requests).toEqual([
    { method: 'POST', path: '/2/tweets', query: {}, host: 'api.x.com', body: x().body(message) },
  ]);
  expect(emulator.posts[0]?.text).toBe(message.text);
});

test.each(['appKey', 'appSecret', 'accessToken', 'accessSecret'])('a wrong %s is refused as bad keys', async (name) => {
  const outcome = await x({ [name]: new Secret('wrong-value') }).publish(message, never);
  expect(outcome).toMatchObject({ kind: 'rejected', channelTrouble: true, cure: expect.stringContaining('keys') });
  expect(JSON.stringify(outcome)).not.toContain('wrong-value');
  expect(emulator.posts).toEqual([]);
});

test('the same text again is refused by X and explained', async () => {
  await x().publish(message, never);
  expect(await x().publish(message, never)).toMatchObject({
    kind: 'rejected',
    reason: 'X said 403: You are not allowed to create a Tweet with duplicate content.',
    cure: expect.stringContaining('has a post with this text already'),
    channelTrouble: false,
  });
  expect(emulator.posts).toHaveLength(1);
});

test.each([
  ['402', true, 'Add credit'],
  ['usage-capped', true, 'Add credit'],
  ['read-only-keys', true, 'Read and write'],
  ['not-summoned', false, 'post of its own'],
  ['403', false, 'Read what X says'],
  ['400', false, 'Change the text'],
] satisfies [XFault, boolean, string][])('%s is a no that says what to do', async (fault, channelTrouble, cure) => {
  emulator.next(fault);
  expect(await x().publish(message, never)).toMatchObject({
    kind: 'rejected',
    channelTrouble,
    cure: expect.stringContaining(cure),
  });
});

test('a text that is too long for X is refused, not cut', async () => {
  expect(await x().publish({ ...message, text: 'x'.repeat(281) }, never)).toMatchObject({ kind: 'rejected' });
  expect(emulator.posts).toEqual([]);
});

test('a rate limit names the wait until its window ends', async () => {
  clock.set(new Date());
  emulator.next('429');
  const outcome = await x().publish(message, never);
  expect(outcome).toMatchObject({ kind: 'not-sent' });
  const waitMs = outcome.kind === 'not-sent' ? (outcome.retryAfterMs ?? 0) : 0;
  expect(waitMs).toBeGreaterThan(50_000);
  expect(waitMs).toBeLessThanOrEqual(60_000);
});

test('a stop before anything was sent is no doubt', async () => {
  const stop = new AbortController();
  stop.abort();
  expect(await x().publish(message, stop.signal)).toMatchObject({ kind: 'not-sent' });
  expect(emulator.requests).toEqual([]);
});

describe('with a server that only listens', () => {
  let server: Server;
  let open = 0;
  let closed: Promise<void>;
  beforeEach(async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    closed = promise;
    server = createServer((socket) => {
      open += 1;
      socket.on('error', () => {});
      socket.on('data', () => {});
      socket.on('close', () => {
        open -= 1;
        resolve();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test('the deadline ends the call and closes the connection', async () => {
    const { port } = server.address() as { port: number };
    const outcome = await x({ apiBase: `http://127.0.0.1:${port}`, sendDeadlineMs: 200 }).publish(message, never);
    expect(outcome).toEqual({
      kind: 'unclear',
      reason: 'X did not answer (no answer within 0.2 s); the post may be there.',
      down: true,
    });
    await closed;
    expect(open).toBe(0);
  });
});

test('another machine in place of X is refused', () => {
  for (const apiBase of ['http://10.0.0.5:4020', 'https://127.0.0.1:4020', 'http://127.0.0.1', 'api.x.com', ''])
    expect(() => x({ apiBase })).toThrow(ConfigError);
});

test('only an API on this machine is local, and neither is a rehearsal', () => {
  expect(x()).toMatchObject({ name: 'x', local: true, rehearsal: false });
  expect(x({ apiBase: null })).toMatchObject({ local: false, rehearsal: false });
});
