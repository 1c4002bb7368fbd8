import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Feed } from '../../../src/domain/source.ts';
import { DAY, HOUR } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { sweep } from '../../../src/pipeline/sweep.ts';
import { type Item, type Newsroom, NOON, newsroom, rss } from './newsroom.ts';

let room: Newsroom;
beforeAll(async () => {
  room = await newsroom();
});
afterAll(() => room.close());

const item = (name: string, given: Item = {}): Item => ({
  title: `Title of ${name}`,
  link: `https://news.example/${name}`,
  guid: name,
  date: 'Mon, 23 Nov 2026 09:00:00 GMT',
  ...given,
});
const feedOf = async (feedId: number) => (await room.store.sources.getFeed(feedId)) as Feed;

/** Follows a feed whose first poll found `before`, then has it answer `after`; the fates that this added. */
async function change(path: string, before: Item[], after: Item[]) {
  room.publish(path, rss(before));
  const { feedId, sourceId } = await room.follow(path, { firstPosts: 0 });
  await room.collect(feedId);
  room.publish(path, rss(after));
  const summary = await room.collect(feedId);
  return { added: summary?.added, fresh: (await room.fates(sourceId)).slice(before.length) };
}

describe('a feed that was changed behind its readers does not repost', () => {
  test('when it gives every item another guid', async () => {
    const names = ['guid-a', 'guid-b', 'guid-c'];
    const after = names.map((name) => item(name, { guid: `other-${name}` }));
    expect(
      await change(
        '/guids',
        names.map((name) => item(name)),
        after,
      ),
    ).toEqual({ added: 0, fresh: [] });
  });

  test('when it gives every item another date', async () => {
    const names = ['date-a', 'date-b'];
    const after = names.map((name) => item(name, { date: 'Mon, 23 Nov 2026 11:59:00 GMT' }));
    expect(
      await change(
        '/dates',
        names.map((name) => item(name)),
        after,
      ),
    ).toEqual({ added: 0, fresh: [] });
  });

  test('when it moves to another host and keeps its guids', async () => {
    const after = [item('host-a', { link: 'https://other.example/2/host-a' })];
    expect(await change('/host', [item('host-a')], after)).toEqual({ added: 0, fresh: [] });
  });

  test('when it moves to another host and its guids are addresses', async () => {
    const at = (host: string, name: string, given: Item = {}) =>
      item(name, { link: `https://${host}/${name}`, guid: `https://${host}/${name}`, ...given });
    const before = [at('old.example', 'perma-a'), at('old.example', 'perma-b'), at('old.example', 'perma-c')];
    const after = [
      at('new.example', 'perma-a'),
      at('new.example', 'perma-b', { title: 'Corrected' }),
      at('new.example', 'perma-c', { date: 'Mon, 23 Nov 2026 11:00:00 GMT' }),
      at('new.example', 'perma-new'),
    ];
    const { added, fresh } = await change('/perma', before, after);
    expect(added).toBe(1);
    expect(fresh.map((fate) => fate.url)).toEqual(['https://new.example/perma-new']);
  });

  test('while another site with the same path, another title and date is another story', async () => {
    const after = [
      item('same-path'),
      item('x', { link: 'https://else.example/same-path', title: 'Else', date: 'Mon, 23 Nov 2026 10:00:00 GMT' }),
    ];
    expect((await change('/planet', [item('same-path')], after)).added).toBe(1);
  });
});

describe('items that lack something', () => {
  test('without a date, a link or a guid are found once each', async () => {
    const odd: Item[] = [
      { title: 'No date', link: 'https://news.example/no-date', guid: 'no-date' },
      { title: 'No link', guid: 'no-link' },
      { title: 'No guid', link: 'https://news.example/no-guid' },
      { title: 'Only a title' },
      { title: 'Another title' },
      {},
    ];
    room.publish('/odd', rss(odd));
    const { feedId, sourceId } = await room.follow('/odd', { firstPosts: 99 });
    expect(await room.collect(feedId)).toMatchObject({ entries: 5, added: 5 });
    expect(await room.collect(feedId)).toMatchObject({ entries: 5, added: 0 });
    expect((await room.fates(sourceId)).map((fate) => fate.state)).toEqual(Array(5).fill('waiting'));
  });

  test('dated 1970 or 2099 are not the newest, and their dates are not believed', async () => {
    const list = [
      item('future', { date: 'Thu, 01 Jan 2099 00:00:00 GMT' }),
      item('epoch', { date: 'Thu, 01 Jan 1970 00:00:00 GMT' }),
      item('true'),
    ];
    room.publish('/times', rss(list));
    const { feedId, sourceId } = await room.follow('/times', { firstPosts: 1 });
    await room.collect(feedId);
    const waiting = (await room.fates(sourceId)).filter((fate) => fate.state === 'waiting');
    expect(waiting.map((fate) => fate.url)).toEqual(['https://news.example/true']);
    const dates = await room.sql('SELECT published_at FROM article WHERE guid = ANY($1)', [['future', 'epoch']]);
    expect(dates).toEqual([{ published_at: null }, { published_at: null }]);
    expect((await feedOf(feedId)).nextPollAt.getTime() - NOON.getTime()).toBeLessThan(7 * HOUR);
  });
});

test('a clock that jumped ahead and back leaves nothing asleep', async () => {
  room.publish('/clock', rss([item('before')]));
  const { feedId, sourceId } = await room.follow('/clock', { firstPosts: 1 });
  await room.collect(feedId);
  room.clock.set(new Date('2099-01-01T00:00:00Z'));
  room.publish('/clock', rss([item('before'), item('in-2099')]));
  await room.collect(feedId);
  expect((await feedOf(feedId)).nextPollAt.getUTCFullYear()).toBe(2099);
  room.clock.set(new Date(NOON.getTime() + HOUR));
  const { store, clock, settings } = room;
  const ports = { store, clock, settings, log: silentLog };
  const sent = (await room.jobs()).length;
  await sweep(ports);
  const jobs = (await room.jobs()).slice(sent);
  expect(jobs).toContainEqual({ verb: 'poll' });
  const [story] = await room.sql("SELECT id FROM article WHERE guid = 'in-2099'");
  expect(jobs).toContainEqual({ verb: 'read', articleId: story.id });
  await room.collect(feedId);
  const { nextPollAt, state } = await feedOf(feedId);
  expect(state).toBe('ok');
  expect(nextPollAt.getTime() - room.clock.now().getTime()).toBeLessThan(DAY);
  expect(await room.fates(sourceId)).toHaveLength(2);
});

test('5,000 new items at once are all recorded, each with its fate and its job', { timeout: 60_000 }, async () => {
  const names = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => item(`many-${from + index}`));
  room.publish('/many', rss(names(0, 5000)));
  const { feedId, sourceId } = await room.follow('/many', { firstPosts: 3 });
  expect(await room.collect(feedId)).toMatchObject({ entries: 5000, added: 5000 });
  const states = async () =>
    room.sql('SELECT state, reason, count(*)::int FROM fate WHERE source_id = $1 GROUP BY 1, 2 ORDER BY 1', [sourceId]);
  expect(await states()).toEqual([
    { state: 'filtered', reason: expect.stringContaining('before-start'), count: 4997 },
    { state: 'waiting', reason: null, count: 3 },
  ]);
  room.publish('/many', rss(names(5000, 10_000)));
  const before = (await room.jobs()).length;
  expect(await room.collect(feedId)).toMatchObject({ entries: 5000, added: 5000 });
  expect((await states()).map((row) => row.count)).toEqual([4997, 5003]);
  expect((await room.jobs()).length - before).toBe(5000);
  const [source] = (await room.store.sources.list((await room.store.brands.default()).id)).filter(
    (one) => one.id === sourceId,
  );
  expect(source?.counts).toEqual({ seen: 10_000, posted: 0, filtered: 4997, waiting: 5003, failed: 0 });
});
