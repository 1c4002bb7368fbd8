import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Feed } from '../../../src/domain/source.ts';
import { DAY, HOUR } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { pollDue } from '../../../src/pipeline/collect/index.ts';
import type { Feeds } from '../../../src/ports/feeds.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { type Newsroom, newsroom, rss } from './newsroom.ts';

let room: Newsroom;
beforeEach(async () => {
  room = await newsroom();
});
afterEach(() => room.close());

const signal = new AbortController().signal;
const item = (name: string) => ({ title: name, link: `https://news.example/${name}`, guid: name });
const feedOf = async (feedId: number) => (await room.store.sources.getFeed(feedId)) as Feed;
const portsWith = (given: { store?: Store; feeds?: Feeds } = {}) => ({
  store: room.store,
  feeds: room.feeds,
  clock: room.clock,
  log: silentLog,
  ...given,
});

/** So many feeds, each with an ETag and one item, followed and polled once, and due again. */
async function polledFeeds(count: number): Promise<{ feedId: number; sourceId: number; path: string }[]> {
  const followed = [];
  for (let index = 0; index < count; index++) {
    const path = `/feed-${index}`;
    room.publish(path, { status: 200, headers: { etag: '"1"' }, body: rss([item(`first-${index}`)]) });
    followed.push({ path, ...(await room.follow(path)) });
  }
  expect(await pollDue(portsWith(), signal)).toEqual({ polled: count });
  room.clock.advance(2 * DAY);
  return followed;
}

test('every feed that is due is polled once: unchanged, changed, failing, moving and gone ones side by side', async () => {
  const feeds = await polledFeeds(6);
  const [same, changed, failing, moving, gone, paused] = feeds;
  room.publish(changed?.path ?? '', {
    status: 200,
    headers: { etag: '"2"' },
    body: rss([item('new'), item('first-1')]),
  });
  room.publish(failing?.path ?? '', { status: 500 });
  room.publish(moving?.path ?? '', { status: 301, headers: { location: '/feed-0' } });
  room.publish(gone?.path ?? '', { status: 410 });
  await room.store.sources.setState(paused?.sourceId ?? 0, 'paused');
  const before = room.server.requests.length;
  expect(await pollDue(portsWith(), signal)).toEqual({ polled: 5 });
  expect(room.server.requests.length - before).toBe(6); // one more for the redirect
  const now = room.clock.now();
  const states = await Promise.all(feeds.map(async ({ feedId }) => (await feedOf(feedId)).state));
  expect(states).toEqual(['ok', 'ok', 'failing', 'ok', 'gone', 'ok']);
  expect(await feedOf(same?.feedId ?? 0)).toMatchObject({ lastPolledAt: now, lastGoodAt: now, etag: '"1"' });
  expect((await feedOf(moving?.feedId ?? 0)).movingTo).toBe(`${room.server.url}/feed-0`);
  expect((await room.fates(changed?.sourceId ?? 0)).map((fate) => fate.state)).toEqual(['waiting', 'waiting']);
  expect(await pollDue(portsWith(), signal)).toEqual({ polled: 0 });
  expect(await room.sql('SELECT id FROM feed WHERE claimed_by IS NOT NULL')).toEqual([]);
});

test('a source that was added while its feed was being polled makes it due again at once', async () => {
  const { path = '', feedId = 0 } = (await polledFeeds(1))[0] ?? {};
  const { id: _, ...like } = await room.store.brands.default();
  let late = 0;
  const feeds: Feeds = {
    ...room.feeds,
    poll: async (request, when) => {
      const answer = await room.feeds.poll(request, when);
      if (late === 0) {
        const brand = await room.store.brands.save({ ...like, id: 0, slug: 'late' });
        late = (await room.follow(path, { brandId: brand.id })).sourceId;
        expect(answer.kind).toBe('unchanged');
        expect(await room.collect(feedId)).toBeNull();
      }
      return answer;
    },
  };
  expect(await pollDue(portsWith({ feeds }), signal)).toEqual({ polled: 1 });
  expect(await room.fates(late)).toEqual([]);
  expect(await pollDue(portsWith(), signal)).toEqual({ polled: 1 });
  expect(await room.fates(late)).toHaveLength(1);
});

test('a source that was added while its feed was being polled, and has changed, gets all its entries at once', async () => {
  const { path = '', feedId = 0, sourceId = 0 } = (await polledFeeds(1))[0] ?? {};
  room.publish(path, { status: 200, headers: { etag: '"2"' }, body: rss([item('news'), item('first-0')]) });
  const { id: _, ...like } = await room.store.brands.default();
  let late = 0;
  const feeds: Feeds = {
    ...room.feeds,
    poll: async (request, when) => {
      const answer = await room.feeds.poll(request, when);
      if (late === 0) {
        const brand = await room.store.brands.save({ ...like, id: 0, slug: 'later' });
        late = (await room.follow(path, { brandId: brand.id, firstPosts: 1 })).sourceId;
        expect(answer).toMatchObject({ kind: 'changed', entries: [expect.objectContaining({ title: 'news' })] });
        expect(await room.collect(feedId), 'the job of who added it finds the feed claimed').toBeNull();
      }
      return answer;
    },
  };
  expect(await pollDue(portsWith({ feeds }), signal)).toEqual({ polled: 1 });
  expect(await room.fates(late), 'the poll asked only for what was new').toEqual([]);
  expect(await room.jobs()).toContainEqual({ verb: 'collect', feedId });
  await room.collect(feedId);
  expect((await room.fates(late)).map((fate) => fate.state).sort()).toEqual(['filtered', 'waiting']);
  expect(await room.fates(sourceId)).toHaveLength(2);
});

test('a process that dies in the middle of a round leaves its feeds due, and another one polls them', async () => {
  const count = 30;
  await polledFeeds(count);
  const dying = await room.another();
  const mine = await dying.sources.claimDue(room.clock.now(), 1000);
  expect(mine).toHaveLength(count);
  expect(await pollDue(portsWith(), signal)).toEqual({ polled: 0 });
  await dying.close();
  expect(await pollDue(portsWith(), signal)).toEqual({ polled: count });
});

test('two processes share a round: no feed is polled twice', async () => {
  const count = 60;
  await polledFeeds(count);
  const other = await room.another();
  const before = room.server.requests.length;
  const [left, right] = await Promise.all([pollDue(portsWith(), signal), pollDue(portsWith({ store: other }), signal)]);
  expect(left.polled + right.polled).toBe(count);
  expect(room.server.requests.length - before).toBe(count);
});

test('what was claimed and not polled is free again when Crier stops', async () => {
  await polledFeeds(40);
  const stop = new AbortController();
  let asked = 0;
  const feeds: Feeds = {
    ...room.feeds,
    poll: async (request, when) => {
      if (++asked === 10) stop.abort(new Error('stopping'));
      return room.feeds.poll(request, when);
    },
  };
  await expect(pollDue(portsWith({ feeds }), stop.signal)).rejects.toThrow('stopping');
  expect(await room.sql('SELECT id FROM feed WHERE claimed_by IS NOT NULL')).toEqual([]);
  const { polled } = await pollDue(portsWith(), signal);
  expect(polled).toBeGreaterThan(0);
});

test('a feed whose news cannot be stored is failing, says why, and does not stop the others', async () => {
  const { path = '', feedId = 0 } = (await polledFeeds(3))[0] ?? {};
  room.publish(path, rss([item('poison')]));
  await room.sql(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.guid = ''poison'' THEN RAISE ''no''; END IF; RETURN NEW; END'`,
  );
  await room.sql('CREATE TRIGGER refuse BEFORE INSERT ON article FOR EACH ROW EXECUTE FUNCTION refuse()');
  expect(await pollDue(portsWith(), signal)).toEqual({ polled: 3 });
  const { state, reason, nextPollAt } = await feedOf(feedId);
  expect(state).toBe('failing');
  expect(reason).toContain('could not be stored');
  expect(nextPollAt.getTime()).toBeLessThan(room.clock.now().getTime() + HOUR);
});
