import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFeeds } from '../../src/feeds/index.ts';
import { createPagePace } from '../../src/feeds/page-pace.ts';
import { createRobots } from '../../src/feeds/robots.ts';
import { HOUR, MINUTE, SECOND, settableClock } from '../../src/lib/clock.ts';
import { FetchError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { type Route, serve, type TestServer } from './server.ts';

const { signal } = new AbortController();
const NOON = new Date('2026-11-23T12:00:00Z');
const words = 'The river rose in the night and the people of the town went up to the hill. '.repeat(8);
const PAGE: Route = {
  body: `<html lang="en"><head><title>The river</title></head><body><article><p>${words}</p></article></body></html>`,
  headers: { 'content-type': 'text/html' },
};

let robots: { status?: number; headers?: Record<string, string>; body?: string };
let server: TestServer;
let clock: ReturnType<typeof settableClock>;
let feeds: ReturnType<typeof createFeeds>;
beforeEach(async () => {
  robots = { body: 'User-agent: *\nDisallow: /private/\n' };
  clock = settableClock(NOON);
  server = await serve({
    '/robots.txt': (_, response) => response.writeHead(robots.status ?? 200, robots.headers).end(robots.body ?? ''),
    '/open/story': PAGE,
    '/private/story': PAGE,
    '/moved': { status: 302, headers: { location: '/private/story' } },
  });
  feeds = createFeeds({ allowPrivate: [server.host], userAgent: 'CrierTest/1', log: silentLog, clock });
});
afterEach(async () => {
  await feeds.close();
  await server.close();
});

const read = (path: string, wish?: 'own' | 'person') => feeds.read(`${server.url}${path}`, null, signal, wish);
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (reason: unknown) => reason,
  );
const asked = (path: string) => server.requests.filter(({ url }) => url === path).length;

describe('an article page', () => {
  test('that robots.txt keeps machines from is not asked for', async () => {
    expect(await read('/open/story')).toMatchObject({ title: 'The river' });
    const thrown = await refusal(read('/private/story'));
    expect(thrown).toBeInstanceOf(FetchError);
    expect(thrown).toMatchObject({ kind: 'blocked', message: expect.stringContaining('robots.txt') });
    expect(asked('/private/story')).toBe(0);
  });

  test('is not used when a redirect leads to a page that is forbidden', async () => {
    expect(await refusal(read('/moved'))).toMatchObject({ kind: 'blocked' });
  });

  test('that a person asks for is read, and its answer says what robots.txt wants', async () => {
    expect(await read('/private/story', 'person')).toMatchObject({ title: 'The river', robots: 'forbids' });
    expect((await read('/open/story', 'person')).robots).toBeUndefined();
    robots = { status: 503 };
    clock.advance(25 * HOUR);
    expect((await read('/open/story', 'person')).robots).toBeUndefined();
  });

  test('makes robots.txt be asked once, however many are read at a time, with the name in the clear', async () => {
    await Promise.all([read('/open/story'), read('/open/story'), refusal(read('/private/story'))]);
    expect(asked('/robots.txt')).toBe(1);
    expect(server.requests[0]?.headers['user-agent']).toBe('CrierTest/1');
  });

  test('waits while the server can’t say what it allows, and is read when it can', async () => {
    robots = { status: 503, headers: { 'retry-after': '1200' } };
    expect(await refusal(read('/open/story'))).toMatchObject({ kind: 'status', status: 503 });
    clock.advance(19 * MINUTE);
    robots = { body: '' };
    expect(await refusal(read('/open/story'))).toMatchObject({ status: 503 });
    expect(asked('/robots.txt')).toBe(1);
    clock.advance(2 * MINUTE);
    expect(await read('/open/story')).toMatchObject({ title: 'The river' });
  });

  test.each([404, 403, 410])('is read where there is no robots.txt (%i)', async (status) => {
    robots = { status };
    expect(await read('/private/story')).toMatchObject({ title: 'The river' });
  });

  test('waits for its turn where the site wants a pause between two', async () => {
    robots = { body: 'User-agent: *\nCrawl-delay: 20' };
    expect(await read('/open/story')).toMatchObject({ title: 'The river' });
    const later = { kind: 'later', retryAfterMs: 20 * SECOND };
    expect(await refusal(read('/open/story'))).toMatchObject(later);
    // The next one is told to come after that one.
    expect(await refusal(read('/open/story'))).toMatchObject({ ...later, retryAfterMs: 40 * SECOND });
    expect(await read('/open/story', 'person')).toMatchObject({ title: 'The river' });
    clock.advance(20 * SECOND);
    expect(await read('/open/story')).toMatchObject({ title: 'The river' });
  });
});

describe('the memory of robots.txt', () => {
  const bytes = (text: string) => ({ body: new TextEncoder().encode(text) });
  const fetching = (body: () => string) => {
    let count = 0;
    const get = async () => {
      count += 1;
      return { status: 200, url: '', movedTo: null, header: () => null, ...bytes(body()) };
    };
    return { say: createRobots({ get }, clock), count: () => count };
  };

  test('keeps a thousand sites and forgets the one asked longest ago', async () => {
    const { say, count } = fetching(() => '');
    for (let site = 0; site < 1001; site += 1) await say(`https://site-${site}.example/`, signal);
    await say('https://site-1000.example/', signal);
    expect(count()).toBe(1001);
    await say('https://site-0.example/', signal);
    expect(count()).toBe(1002);
  });

  test('is bounded by what the files hold, too', async () => {
    const long = Array.from({ length: 900 }, (_, index) => `Disallow: /${index}/${'x'.repeat(550)}`).join('\n');
    const { say, count } = fetching(() => `User-agent: *\n${long}`);
    for (let site = 0; site < 20; site += 1) await say(`https://site-${site}.example/`, signal);
    await say('https://site-19.example/', signal);
    expect(count()).toBe(20);
    await say('https://site-0.example/', signal);
    expect(count()).toBe(21);
  });
});

test('a pause of an hour is kept as half a minute', async () => {
  const pace = createPagePace(clock);
  await pace.turn('https://slow.example', HOUR, signal);
  expect(await refusal(pace.turn('https://slow.example', HOUR, signal))).toMatchObject({ retryAfterMs: 30 * SECOND });
  await pace.turn('https://other.example', HOUR, signal);
});
