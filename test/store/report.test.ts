import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Brand } from '../../src/domain/brand.ts';
import { DAY, HOUR } from '../../src/lib/clock.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { type TestStore, testStore } from '../support/database.ts';
import { later, NOW, person, type Scene, scene } from './seed.ts';

let house: TestStore;
let store: Store;
let brand: Brand;
beforeEach(async () => {
  house = await testStore();
  store = house.store;
  brand = await store.brands.save({ ...(await store.brands.default()), timeZone: 'Europe/Riga' });
});
afterEach(() => house.close());

async function confirm({ delivery }: Scene, at: Date): Promise<void> {
  await house.sql(`UPDATE delivery SET state = 'confirmed', confirmed_at = $2 WHERE id = $1`, [delivery.id, at]);
}
async function click({ link }: Scene, at: Date, kind: 'person' | 'bot' = 'person'): Promise<void> {
  await store.engagements.addClick({ code: link.code, at, class: kind, reason: null, visitor: null });
}
const lead = ({ brand: own, ...place }: Scene, mail: string, at: Date) =>
  store.leads.upsert(
    person(
      { brand: own, ...place },
      {
        contacts: [{ kind: 'email', value: mail }],
        touch: { postId: place.post.id, articleId: place.articleId, channelId: place.channel.id, kind: 'form', at },
      },
    ),
  );

test('an empty brand has a report of zeros with every day in it', async () => {
  const report = await store.reports.funnel(brand, 7, NOW);
  expect(report).toMatchObject({
    days: 7,
    to: NOW,
    // Midnight in Rīga, six days before.
    from: new Date('2026-11-16T22:00:00Z'),
    total: { articles: 0, posts: 0, delivered: 0, clicks: 0, leads: 0 },
    sources: [],
    channels: [],
    posts: [],
    leads: [],
    costMicros: 0,
  });
  expect(report.daily.map((row) => row.day)).toEqual([
    '2026-11-17',
    '2026-11-18',
    '2026-11-19',
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
    '2026-11-23',
  ]);
});

test('the funnel counts what happened, in total, per source, per channel and per post', async () => {
  const first = await scene(store, { post: { costMicros: 700 } });
  const second = await scene(store, { post: { costMicros: 50 } });
  await confirm(first, NOW);
  for (const kind of ['person', 'person', 'bot'] as const) await click(first, NOW, kind);
  await click(second, NOW);
  const { lead: anna } = await lead(first, 'anna@example.lv', NOW);
  // She comes back by the other post: still one lead, and the first post's.
  await lead(second, 'anna@example.lv', NOW);
  await store.engagements.add([
    { deliveryId: first.delivery.id, metric: 'reactions', value: 9, at: later(-HOUR) },
    { deliveryId: first.delivery.id, metric: 'reactions', value: 4, at: NOW },
    { deliveryId: first.delivery.id, metric: 'likes', value: 2, at: NOW },
    { deliveryId: first.delivery.id, metric: 'replies', value: 1, at: NOW },
  ]);
  await store.spending.add([
    {
      ...{ brandId: brand.id, channelId: first.channel.id, articleId: first.articleId, postId: first.post.id, at: NOW },
      ...{ entry: 'hold', purpose: 'publish', payee: 'preview', reference: randomUUID() },
      ...{ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, amountMicros: 200_000 },
    },
  ]);
  const report = await store.reports.funnel(brand, 1, NOW);
  expect(report.total).toEqual({ articles: 2, posts: 2, delivered: 1, clicks: 3, leads: 1 });
  expect(report.costMicros).toBe(200_000);
  expect(report.costs).toEqual({
    ...{ writing: 0, questions: 0, publishing: 200_000, unpricedTokens: 0 },
    ...{ perPostMicros: 100_000, perLeadMicros: 200_000 },
  });
  const one = {
    ...{ articles: 1, posts: 1, delivered: 1, clicks: 2, leads: 1 },
    ...{ costMicros: 200_700, perPostMicros: 200_700, perLeadMicros: 200_700 },
  };
  const two = {
    ...{ articles: 1, posts: 1, delivered: 0, clicks: 1, leads: 0 },
    ...{ costMicros: 50, perPostMicros: 50, perLeadMicros: null },
  };
  expect(report.sources).toEqual([
    { ...one, id: first.source.id, name: first.source.feed.url },
    { ...two, id: second.source.id, name: second.source.feed.url },
  ]);
  expect(report.channels).toEqual([
    { ...one, id: first.channel.id, name: `preview:${first.channel.address}` },
    { ...two, id: second.channel.id, name: `preview:${second.channel.address}` },
  ]);
  expect(report.posts).toEqual([
    expect.objectContaining({ id: second.post.id, state: 'waiting', delivered: false, clicks: 1, leads: 0 }),
    {
      id: first.post.id,
      articleId: first.articleId,
      title: expect.stringMatching(/^Story/),
      url: expect.stringContaining('https://news.example/'),
      channel: `preview:${first.channel.address}`,
      state: 'confirmed',
      delivered: true,
      clicks: 2,
      otherHits: 1,
      reactions: 6,
      replies: 1,
      leads: 1,
      costMicros: 200_700,
      source: first.source.feed.url,
    },
  ]);
  expect(report.leads).toEqual([
    {
      id: anna.id,
      name: 'Anna Bērziņa',
      stage: 'new',
      score: 0,
      createdAt: NOW,
      postId: first.post.id,
      articleId: first.articleId,
      articleTitle: expect.stringMatching(/^Story/),
      articleUrl: expect.stringContaining('https://news.example/'),
      channel: `preview:${first.channel.address}`,
    },
  ]);
  expect(await store.reports.totals()).toMatchObject({ articles: 2, posts: 2, delivered: 1, clicks: 3, leads: 1 });
});

test("days are the brand's: half past midnight in Rīga is the new day, not yet in UTC", async () => {
  const place = await scene(store, { now: later(-3 * DAY) });
  await click(place, new Date('2026-11-21T22:30:00Z'));
  await click(place, new Date('2026-11-21T21:30:00Z'));
  const report = await store.reports.funnel(brand, 2, NOW);
  expect(report.daily).toEqual([
    { day: '2026-11-22', delivered: 0, clicks: 1, leads: 0 },
    { day: '2026-11-23', delivered: 0, clicks: 0, leads: 0 },
  ]);
  expect(report.total.clicks).toBe(1);
  // The article and its post are older than the report; the post is shown for its click.
  expect(report.total).toMatchObject({ articles: 0, posts: 0 });
  expect(report.posts.map((row) => row.id)).toEqual([place.post.id]);
});

test('a day on which the clocks change is one day', async () => {
  const report = await store.reports.funnel(brand, 3, new Date('2026-10-26T12:00:00Z'));
  expect(report.from).toEqual(new Date('2026-10-23T21:00:00Z'));
  expect(report.daily.map((row) => row.day)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
});

test('a post counts for the source whose article it is, not for one that brought it as a duplicate', async () => {
  const place = await scene(store);
  const { source: other } = await store.sources.add(
    { brandId: brand.id, url: 'https://other.example/feed', name: 'Other', firstPosts: 1, sample: false },
    NOW,
  );
  await store.fates.add([
    {
      brandId: brand.id,
      sourceId: other.id,
      articleId: place.articleId,
      state: 'filtered',
      waitingFor: null,
      reason: 'duplicate: known',
      changedAt: NOW,
    },
  ]);
  const report = await store.reports.funnel(brand, 1, NOW);
  expect(report.sources.map(({ name, articles, posts }) => ({ name, articles, posts }))).toEqual([
    { name: place.source.feed.url, articles: 1, posts: 1 },
    { name: 'Other', articles: 1, posts: 0 },
  ]);
  expect(report.total).toMatchObject({ articles: 1, posts: 1 });
});

test('an erased lead is counted and not named; a lead without a post is counted in total', async () => {
  const place = await scene(store);
  const { lead: gone } = await lead(place, 'gone@example.lv', NOW);
  await store.leads.erase(gone.id, NOW);
  const { lead: direct } = await store.leads.upsert(
    person(place, {
      contacts: [{ kind: 'email', value: 'direct@example.lv' }],
      touch: { postId: null, articleId: null, channelId: null, kind: 'chat', at: NOW },
    }),
  );
  const report = await store.reports.funnel(brand, 1, NOW);
  expect(report.total.leads).toBe(2);
  expect(report.channels[0]?.leads).toBe(1);
  expect(report.leads).toEqual([expect.objectContaining({ id: direct.id, postId: null, channel: null })]);
});

test("another brand's numbers stay out", async () => {
  const place = await scene(store);
  await click(place, NOW);
  const stranger = await store.brands.save({ ...brand, id: 0, slug: 'stranger' });
  expect((await store.reports.funnel(stranger, 30, NOW)).total).toEqual({
    articles: 0,
    posts: 0,
    delivered: 0,
    clicks: 0,
    leads: 0,
  });
});
