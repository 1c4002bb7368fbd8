import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Feed } from '../../../src/domain/source.ts';
import { HOUR, MINUTE } from '../../../src/lib/clock.ts';
import { type Newsroom, newsroom, rss } from './newsroom.ts';

let room: Newsroom;
beforeAll(async () => {
  room = await newsroom();
});
afterAll(() => room.close());

const item = (name: string) => ({ title: name, link: `https://news.example/${name}`, guid: name });
const feedOf = async (feedId: number) => (await room.store.sources.getFeed(feedId)) as Feed;
const waitOf = async (feedId: number) => (await feedOf(feedId)).nextPollAt.getTime() - room.clock.now().getTime();

test('a feed is asked no sooner than its document and its server say, also after an "unchanged"', async () => {
  room.publish('/slow', { status: 200, headers: { etag: '"1"' }, body: rss([item('slow')], '<ttl>120</ttl>') });
  const { feedId } = await room.follow('/slow');
  await room.collect(feedId);
  expect(await waitOf(feedId)).toBeGreaterThanOrEqual(2 * HOUR);
  expect((await feedOf(feedId)).wishes.pauseMs).toBe(2 * HOUR);
  room.publish('/slow', { status: 200, headers: { etag: '"1"', 'cache-control': 'max-age=36000' } });
  await room.collect(feedId);
  expect(await waitOf(feedId)).toBeGreaterThanOrEqual(10 * HOUR);
  room.publish('/slow', { status: 200, headers: { etag: '"1"' } });
  await room.collect(feedId);
  expect(await waitOf(feedId)).toBeGreaterThanOrEqual(2 * HOUR);
  expect(await waitOf(feedId)).toBeLessThan(3 * HOUR);
});

test('a busy feed is asked often, one that says "later" then, one that is gone no more', async () => {
  const minutesAgo = (minutes: number) => new Date(room.clock.now().getTime() - minutes * MINUTE).toUTCString();
  room.publish('/busy', rss([1, 3, 5, 8].map((ago) => ({ ...item(`busy-${ago}`), date: minutesAgo(ago) }))));
  const { feedId } = await room.follow('/busy');
  await room.collect(feedId);
  expect(await waitOf(feedId)).toBeLessThan(6 * MINUTE);
  room.publish('/busy', { status: 429, headers: { 'retry-after': '7200' } });
  expect((await room.collect(feedId))?.problem).toContain('too often');
  expect(await waitOf(feedId)).toBe(2 * HOUR);
  expect(await feedOf(feedId)).toMatchObject({ state: 'failing', lastGoodAt: room.clock.now() });
  room.publish('/busy', { status: 410 });
  await room.collect(feedId);
  expect(await feedOf(feedId)).toMatchObject({ state: 'gone' });
  expect(await room.collect(feedId)).toBeNull();
});

test('a feed that has moved for good is asked at its new address from the second time on, and posts nothing again', async () => {
  room.publish('/old', rss([item('moving')]));
  const { feedId, sourceId } = await room.follow('/old');
  await room.collect(feedId);
  room.publish('/old', { status: 301, headers: { location: '/new' } });
  room.publish('/new', rss([item('moving'), item('moved')]));
  await room.collect(feedId);
  expect(await feedOf(feedId)).toMatchObject({ url: `${room.server.url}/old`, movingTo: `${room.server.url}/new` });
  await room.collect(feedId);
  expect(await feedOf(feedId)).toMatchObject({ url: `${room.server.url}/new`, movingTo: null, state: 'ok' });
  await room.collect(feedId);
  expect(room.server.requests.at(-1)?.url).toBe('/new');
  expect((await room.fates(sourceId)).map((fate) => fate.url)).toEqual([
    'https://news.example/moving',
    'https://news.example/moved',
  ]);
});

test('a feed that moves onto another one goes up in it: each brand keeps one source, and nothing is found twice', async () => {
  const { id, ...first } = await room.store.brands.default();
  const second = await room.store.brands.save({ ...first, id: 0, slug: 'second', name: 'Second' });
  room.publish('/twin-a', rss([item('both')]));
  room.publish('/twin-b', rss([{ ...item('both'), guid: 'another' }]));
  const a = await room.follow('/twin-a', { brandId: id });
  const aOfSecond = await room.follow('/twin-a', { brandId: second.id });
  const b = await room.follow('/twin-b', { brandId: id });
  await room.collect(a.feedId);
  await room.collect(b.feedId);
  room.publish('/twin-a', { status: 308, headers: { location: '/twin-b' } });
  room.publish('/twin-b', rss([{ ...item('both'), guid: 'another' }, item('late')]));
  await room.collect(a.feedId);
  await room.collect(a.feedId);
  expect(await feedOf(a.feedId)).toMatchObject({ state: 'gone', url: `${room.server.url}/twin-a` });
  expect((await feedOf(a.feedId)).reason).toContain('/twin-b, which is followed already');
  expect((await room.store.sources.get(a.sourceId))?.feed.id).toBe(a.feedId);
  expect((await room.store.sources.get(aOfSecond.sourceId))?.feed.id).toBe(b.feedId);
  await room.collect(b.feedId);
  // What the feed that went up saw first is not lost to those who followed the other one only.
  expect((await room.fates(b.sourceId)).map((fate) => fate.url)).toContain('https://news.example/late');
  expect((await room.fates(aOfSecond.sourceId)).map((fate) => fate.url)).toEqual([
    'https://news.example/both',
    'https://news.example/late',
  ]);
});
