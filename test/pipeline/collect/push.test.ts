import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Feed } from '../../../src/domain/source.ts';
import type { Subscription } from '../../../src/domain/subscription.ts';
import { DAY, HOUR, MINUTE, after as plus, SECOND } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { push } from '../../../src/pipeline/collect/index.ts';
import { sweep } from '../../../src/pipeline/sweep.ts';
import type { Ports } from '../../../src/ports/app.ts';
import { createWeb, type RunningWeb, serveWeb } from '../../../src/web/index.ts';
import { startHub, type TestHub } from '../../support/hub.ts';
import { fresh, signal } from '../world.ts';
import { type Newsroom, NOON, newsroom, rss } from './newsroom.ts';

let hub: TestHub;
let room: Newsroom;
let web: RunningWeb;
let ports: Ports;

beforeAll(async () => {
  hub = await startHub();
  room = await newsroom([hub.host]);
  const { store, feeds, clock, settings } = room;
  ports = { store, feeds, clock, settings, log: silentLog } as unknown as Ports;
  const queue = { depths: async () => [] };
  web = await serveWeb(createWeb({ ports, queue, mode: { preview: false, missing: [] } }), {
    host: '127.0.0.1',
    port: 0,
  });
  settings.publicUrl = web.url;
});
beforeEach(() => {
  room.clock.set(NOON);
  Object.assign(hub, { manner: 'good', leaseSeconds: 86_400, asked: [], verified: [] });
  hub.subscriptions.clear();
});
afterAll(async () => {
  await web.close();
  await room.close();
  await hub.close();
});

const self = (path: string) => room.server.url + path;
const item = (slug: string) => ({ title: slug, link: `https://news.example/${slug}`, guid: slug });
/** A feed that names the hub, and carries these. */
function carry(path: string, slugs: readonly string[], hubUrl: string | null = hub.url): void {
  const links =
    hubUrl === null
      ? ''
      : `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="${hubUrl}"/><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="${self(path)}"/>`;
  room.publish(path, rss(slugs.map(item), links));
}
const feedOf = async (id: number) => (await room.store.sources.getFeed(id)) as Feed;
const subscriptionOf = async (id: number): Promise<Subscription | undefined> =>
  (await room.store.subscriptions.ofFeeds([id]))[0];
const polls = (path: string) => room.server.requests.filter(({ url }) => url === path).length;
/** What the sweep would have done for that feed now, done. */
async function turn(feedId: number): Promise<void> {
  const before = (await room.jobs()).length;
  await sweep(ports);
  const jobs = (await room.jobs()).slice(before);
  if (jobs.some((job) => job.verb === 'push' && job.feedId === feedId)) await push(ports, feedId, signal);
  await hub.settled();
}
/** A feed whose hub has confirmed, polled once for what came before that. */
async function subscribed(path: string): Promise<{ feedId: number; sourceId: number }> {
  carry(path, ['one']);
  const followed = await room.follow(path);
  await room.collect(followed.feedId);
  await turn(followed.feedId);
  room.clock.advance(2 * MINUTE);
  await turn(followed.feedId);
  return followed;
}
/** The same after its first delivery: the hub is trusted. */
async function proven(path: string): Promise<{ feedId: number; sourceId: number }> {
  const followed = await subscribed(path);
  room.clock.advance(2 * MINUTE);
  carry(path, ['two', 'one']);
  await hub.deliver('two');
  await push(ports, followed.feedId, signal);
  return followed;
}

describe('a feed that names a hub', () => {
  test('is subscribed to with a callback nobody can guess, confirmed, polled once, and its deliveries bring news at once', async () => {
    carry('/news', ['one']);
    const { feedId, sourceId } = await room.follow('/news');
    await room.collect(feedId);
    await turn(feedId);
    expect(hub.asked).toEqual([
      {
        mode: 'subscribe',
        topic: self('/news'),
        callback: expect.stringMatching(new RegExp(`^${web.url}/websub/[\\w-]{43}$`, 'u')),
        secret: expect.stringMatching(/^[\w-]{43}$/u),
        leaseSeconds: 864_000,
      },
    ]);
    expect(hub.verified).toEqual([{ status: 200, echoed: true }]);
    expect(await subscriptionOf(feedId)).toMatchObject({
      state: 'active',
      expiresAt: plus(room.clock.now(), DAY),
      freshAt: room.clock.now(),
    });
    // What came out before the hub confirmed.
    carry('/news', ['between', 'one']);
    room.clock.advance(2 * MINUTE);
    await turn(feedId);
    carry('/news', ['pushed', 'between', 'one']);
    room.clock.advance(2 * MINUTE);
    expect(await hub.deliver('<rss/>')).toEqual([202]);
    expect((await room.jobs()).at(-1)).toEqual({ verb: 'push', feedId });
    await push(ports, feedId, signal);
    expect((await room.fates(sourceId)).map(({ url }) => url.split('/').at(-1))).toEqual(['one', 'between', 'pushed']);
    expect(await subscriptionOf(feedId)).toMatchObject({ freshAt: null, deliveries: 1, ignored: 0, proven: true });
  });

  test('is polled every 6 hours once its hub has delivered, at its own pace before', async () => {
    const { feedId } = await subscribed('/pace');
    const wait = async () => (await feedOf(feedId)).nextPollAt.getTime() - room.clock.now().getTime();
    expect(await wait()).toBeLessThan(HOUR);
    room.clock.advance(2 * MINUTE);
    carry('/pace', ['two', 'one']);
    await hub.deliver('two');
    await push(ports, feedId, signal);
    expect(await wait()).toBeGreaterThanOrEqual(6 * HOUR);
    expect(await wait()).toBeLessThan(7 * HOUR);
  });

  test('is polled at its own pace again when news came that no delivery told of', async () => {
    const { feedId } = await proven('/untold');
    room.clock.advance(6 * HOUR);
    carry('/untold', ['untold', 'two', 'one']);
    await room.collect(feedId);
    const feed = await feedOf(feedId);
    expect(feed.pushedUntil).toBeNull();
    expect(feed.nextPollAt.getTime() - room.clock.now().getTime()).toBeLessThan(5 * HOUR);
    expect((await subscriptionOf(feedId))?.proven).toBe(false);
  });

  test('is asked again soon when a delivery led to nothing new, for caches keep old answers', async () => {
    const { feedId } = await proven('/cached');
    room.clock.advance(2 * MINUTE);
    await hub.deliver('again');
    await push(ports, feedId, signal);
    expect((await feedOf(feedId)).nextPollAt).toEqual(plus(room.clock.now(), 5 * MINUTE));
  });

  test('is asked once a minute at most, however fast deliveries come, and none is forgotten', async () => {
    const { feedId } = await proven('/storm');
    const before = polls('/storm');
    for (let count = 0; count < 5; count += 1) {
      room.clock.advance(SECOND);
      await hub.deliver(`ping ${count}`);
      await push(ports, feedId, signal);
    }
    expect(polls('/storm')).toBe(before);
    expect((await subscriptionOf(feedId))?.freshAt).toEqual(room.clock.now());
    room.clock.advance(MINUTE);
    await push(ports, feedId, signal);
    expect(polls('/storm')).toBe(before + 1);
    expect((await subscriptionOf(feedId))?.freshAt).toBeNull();
  });

  test('whose delivery was taken but whose job died is polled by the next sweep', async () => {
    const { feedId, sourceId } = await proven('/died');
    carry('/died', ['three', 'two', 'one']);
    await hub.deliver('three');
    room.clock.advance(2 * MINUTE);
    await turn(feedId);
    expect((await room.fates(sourceId)).at(-1)?.url).toContain('three');
  });

  test('that another process is polling at this moment is polled again afterwards', async () => {
    const { feedId, sourceId } = await proven('/busy');
    const other = await room.another();
    room.clock.advance(2 * MINUTE);
    expect(await other.sources.claimFeed(feedId)).toBe(true);
    carry('/busy', ['three', 'two', 'one']);
    await hub.deliver('three');
    await push(ports, feedId, signal);
    expect((await room.jobs()).at(-1)).toEqual({ verb: 'push', feedId });
    await other.sources.releaseFeeds([feedId]);
    await push(ports, feedId, signal);
    expect((await room.fates(sourceId)).at(-1)?.url).toContain('three');
  });
});

describe('the lease', () => {
  test('is renewed before it ends, under the same callback', async () => {
    const { feedId } = await proven('/renew');
    room.clock.advance(17 * HOUR);
    await turn(feedId);
    expect(hub.asked).toHaveLength(1);
    room.clock.advance(2 * HOUR);
    await turn(feedId);
    expect(hub.asked.map(({ callback }) => callback)).toEqual([hub.asked[0]?.callback, hub.asked[0]?.callback]);
    expect((await feedOf(feedId)).pushedUntil).toEqual(plus(room.clock.now(), DAY));
  });

  test('that can not be renewed runs out, and the feed is polled as before', async () => {
    const { feedId } = await proven('/lapse');
    hub.manner = 503;
    for (let hours = 0; hours < 23; hours += 1) {
      room.clock.advance(HOUR);
      await turn(feedId);
    }
    expect(await subscriptionOf(feedId)).toMatchObject({ state: 'active', reason: expect.stringContaining('503') });
    expect(hub.asked.length).toBeGreaterThan(2);
    await room.collect(feedId);
    const wait = async () => (await feedOf(feedId)).nextPollAt.getTime() - room.clock.now().getTime();
    expect(await wait()).toBeLessThan(5 * HOUR);
    room.clock.advance(DAY);
    await turn(feedId);
    expect((await subscriptionOf(feedId))?.state).toBe('failing');
    await room.collect(feedId);
    expect((await feedOf(feedId)).pushedUntil).toBeNull();
  });

  test.each([1, 60, 3600, 10 ** 10])(
    'of %i s is never renewed more than every 5 minutes, nor trusted for more than 30 days',
    async (seconds) => {
      hub.leaseSeconds = seconds;
      const { feedId } = await subscribed(fresh('/length'));
      const { confirmedAt, expiresAt, nextAt } = (await subscriptionOf(feedId)) as Subscription;
      const since = (at: Date | null) => (at as Date).getTime() - (confirmedAt as Date).getTime();
      expect(since(nextAt)).toBeGreaterThanOrEqual(5 * MINUTE);
      expect(since(expiresAt)).toBeLessThanOrEqual(30 * DAY);
    },
  );
});

describe('a hub', () => {
  test.each([
    ['that is silent', 'silent', 'failing', 'has not confirmed'],
    ['that asks about another topic', 'wrong-topic', 'failing', 'has not confirmed'],
    ['that denies', 'denies', 'refused', 'refuses to push this feed: “not you”'],
    ['that answers 410', 410, 'refused', '410'],
    ['that answers 500', 500, 'failing', '500'],
    ['that hangs up', 'hang-up', 'failing', 'connection broke'],
  ] as const)('%s leaves the feed polled as usual and says why', async (_, manner, state, reason) => {
    hub.manner = manner;
    const path = fresh('/bad');
    carry(path, ['one']);
    const { feedId } = await room.follow(path);
    await room.collect(feedId);
    await turn(feedId);
    room.clock.advance(16 * MINUTE);
    await turn(feedId);
    expect(hub.subscriptions.size).toBe(0);
    expect(await subscriptionOf(feedId)).toMatchObject({ state, reason: expect.stringContaining(reason) });
    expect((await feedOf(feedId)).pushedUntil).toBeNull();
    // It is asked again, but not at once.
    const before = hub.asked.length;
    await turn(feedId);
    expect(hub.asked).toHaveLength(before);
    hub.manner = 'good';
    room.clock.advance(DAY);
    await turn(feedId);
    expect((await subscriptionOf(feedId))?.state).toBe('active');
  });

  test('that sends the request on to another is followed, and not to where Crier may not go', async () => {
    const second = await startHub();
    try {
      hub.manner = { redirectTo: second.url };
      carry('/moved', ['one']);
      const { feedId } = await room.follow('/moved');
      await room.collect(feedId);
      await turn(feedId);
      expect(second.asked).toEqual([]);
      expect((await subscriptionOf(feedId))?.reason).toContain('private');
    } finally {
      await second.close();
    }
  });

  test('that denies in the middle of a lease ends it, and the feed is due', async () => {
    const { feedId } = await proven('/denied');
    const [callback] = hub.subscriptions.keys();
    await hub.verify(callback as string, { 'hub.mode': 'denied', 'hub.topic': self('/denied') });
    expect((await subscriptionOf(feedId))?.state).toBe('refused');
    expect(await feedOf(feedId)).toMatchObject({ pushedUntil: null, nextPollAt: room.clock.now() });
  });

  test('that the feed no longer names is left, and another one taken under a new callback', async () => {
    const { feedId } = await proven('/changes');
    const [old] = hub.subscriptions.keys();
    carry('/changes', ['two', 'one'], `${hub.url}other`);
    room.clock.advance(HOUR);
    await room.collect(feedId);
    await turn(feedId);
    expect(hub.asked).toHaveLength(2);
    expect(hub.asked[1]?.callback).not.toBe(old);
    expect(await hub.deliver('late', { callback: old as string })).toEqual([410]);
  });
});

describe('the end', () => {
  test('is asked for when the last brand stops following, and confirmed', async () => {
    const { feedId, sourceId } = await proven('/end');
    await room.store.sources.setState(sourceId, 'removed');
    await turn(feedId);
    expect(hub.asked.at(-1)).toMatchObject({ mode: 'unsubscribe', secret: null });
    expect(hub.subscriptions.size).toBe(0);
    expect(await subscriptionOf(feedId)).toBeUndefined();
    expect((await feedOf(feedId)).pushedUntil).toBeNull();
  });

  test('that the hub does not confirm is given up after three requests', async () => {
    const { feedId, sourceId } = await proven('/deaf');
    hub.manner = 'silent';
    await room.store.sources.setState(sourceId, 'paused');
    for (let count = 0; count < 5; count += 1) {
      await turn(feedId);
      room.clock.advance(20 * MINUTE);
    }
    expect(hub.asked.filter(({ mode }) => mode === 'unsubscribe')).toHaveLength(3);
    expect(await subscriptionOf(feedId)).toBeUndefined();
  });

  test('is not confirmed to a hub that was not asked for it', async () => {
    const { feedId } = await proven('/nobody-asked');
    const [callback] = hub.subscriptions.keys();
    const intent = { 'hub.mode': 'unsubscribe', 'hub.topic': self('/nobody-asked'), 'hub.challenge': 'c' };
    expect((await hub.verify(callback as string, intent)).status).toBe(404);
    expect((await subscriptionOf(feedId))?.state).toBe('active');
  });
});

test('nobody is asked while PUBLIC_URL is not set, or names this machine and the hub is elsewhere', async () => {
  carry('/alone', ['one']);
  const { feedId } = await room.follow('/alone');
  await room.collect(feedId);
  room.settings.publicUrlIsSet = false;
  await turn(feedId);
  room.settings.publicUrlIsSet = true;
  carry('/alone', ['two', 'one'], 'https://hub.example/');
  await room.collect(feedId);
  await turn(feedId);
  expect(hub.asked).toEqual([]);
  expect(await subscriptionOf(feedId)).toBeUndefined();
});

describe('a delivery', () => {
  test.each(['sha1', 'sha256', 'sha384', 'sha512'])('signed with %s is taken', async (method) => {
    const { feedId } = await subscribed(fresh('/methods'));
    expect(await hub.deliver('news', { method })).toEqual([202]);
    expect((await subscriptionOf(feedId))?.deliveries).toBe(1);
  });

  test('that is larger than any feed is refused before it is read whole', async () => {
    const { feedId } = await subscribed('/huge');
    const [callback] = hub.subscriptions.keys();
    const statuses = await hub
      .deliver(new Uint8Array(11 * 1024 * 1024), { callback: callback as string })
      // The server may close before all of it is sent.
      .catch(() => [413]);
    expect(statuses).toEqual([413]);
    expect(await subscriptionOf(feedId)).toMatchObject({ deliveries: 0, ignored: 1, freshAt: null });
  });

  test('at an address that nobody was given is told that it is gone', async () => {
    for (const code of ['x', 'A'.repeat(43), '%00'])
      expect(await hub.deliver('news', { callback: `${web.url}/websub/${code}` })).toEqual([410]);
  });

  test('that is forged changes nothing but the count of the ignored, and looks taken', async () => {
    const { feedId } = await subscribed('/forged');
    const [callback = ''] = hub.subscriptions.keys();
    const own = hub.subscriptions.get(callback)?.secret ?? '';
    const state = async () => {
      const { secret, ignored, ...rest } = (await subscriptionOf(feedId)) as Subscription;
      return { rest, secret: secret.reveal(), feed: await feedOf(feedId), jobs: (await room.jobs()).length };
    };
    const before = await state();
    let sent = 0;
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 0, maxLength: 130 });
    const signature = fc.oneof(
      fc.constant(null),
      fc.string().map((text) => text.replace(/[^\x20-\x7e]/gu, '')),
      fc
        .tuple(fc.constantFrom('sha1', 'sha256', 'sha384', 'sha512', 'md5', 'SHA256'), hex)
        .map((parts) => parts.join('=')),
    );
    const forgery = fc.oneof(
      fc.record({ body: fc.string(), signature }),
      fc.record({ body: fc.string(), secret: fc.string().filter((secret) => secret !== own) }),
    );
    await fc.assert(
      fc.asyncProperty(forgery, async ({ body, ...delivery }) => {
        sent += 1;
        expect(await hub.deliver(body, { callback, ...delivery })).toEqual([202]);
      }),
      { numRuns: 60 },
    );
    expect(await state()).toEqual(before);
    expect((await subscriptionOf(feedId))?.ignored).toBe(sent);
  });
});

test('the secret lies sealed in the database', async () => {
  const { feedId } = await subscribed('/sealed');
  const [row] = await room.sql('SELECT secret, subscription::text AS all FROM subscription WHERE feed_id = $1', [
    feedId,
  ]);
  const plain = (await subscriptionOf(feedId))?.secret.reveal() as string;
  expect(Buffer.from(row.secret).includes(plain)).toBe(false);
  expect(row.all).not.toContain(plain);
});
