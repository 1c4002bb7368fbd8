import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fate } from '../../src/domain/article.ts';
import { emptyVoice } from '../../src/domain/voice.ts';
import { DAY, MINUTE } from '../../src/lib/clock.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { type TestStore, testStore } from '../support/database.ts';
import { channelOf, entry, later, NOW, next, page, postOf, scene } from './seed.ts';

let house: TestStore;
let store: Store;
beforeAll(async () => {
  house = await testStore();
  store = house.store;
});
afterAll(() => house.close());

const feedUrl = () => `https://feeds.example/${next()}.xml`;
async function newSource(given: { brandId?: number; url?: string; sample?: boolean } = {}) {
  const brandId = given.brandId ?? (await store.brands.default()).id;
  const { source } = await store.sources.add(
    { brandId, url: given.url ?? feedUrl(), name: null, firstPosts: 1, sample: given.sample ?? false },
    NOW,
  );
  return source;
}
const waiting = (fate: Pick<Fate, 'brandId' | 'articleId'>, given: Partial<Fate> = {}): Omit<Fate, 'id'> => ({
  sourceId: null,
  state: 'waiting',
  waitingFor: 'writer',
  reason: null,
  changedAt: NOW,
  ...fate,
  ...given,
});

describe('brands and members', () => {
  test('the first brand is made once, however many ask at the same time', async () => {
    const fresh = await testStore();
    try {
      const brands = await Promise.all(Array.from({ length: 8 }, () => fresh.store.brands.default()));
      expect(new Set(brands.map((brand) => brand.id)).size).toBe(1);
      expect(await fresh.store.brands.list()).toHaveLength(1);
      const id = brands[0]?.id as number;
      const owners = await Promise.all(Array.from({ length: 8 }, () => fresh.store.members.owner(id)));
      expect(new Set(owners.map((owner) => owner.id)).size).toBe(1);
      expect(owners[0]).toMatchObject({ role: 'owner', brandId: id });
    } finally {
      await fresh.close();
    }
  });

  test('a brand is stored as it was given, without NUL', async () => {
    const brand = await store.brands.default();
    const changed = {
      ...brand,
      id: 0,
      slug: `slug-${next()}`,
      name: 'Rīgas\u0000 Ziņas',
      voice: { ...emptyVoice, audience: 'all\u0000', tone: 'calm', use: ['news'] },
      timeZone: 'Europe/Riga',
    };
    const saved = await store.brands.save(changed);
    const expected = { ...changed, id: saved.id, name: 'Rīgas Ziņas', voice: { ...changed.voice, audience: 'all' } };
    expect(saved).toEqual(expected);
    expect(await store.brands.bySlug(changed.slug)).toEqual(expected);
    expect(await store.brands.save({ ...saved, paused: true })).toEqual({ ...expected, paused: true });
  });

  test('a login link works once and in time; a session until it ends', async () => {
    const { id } = await store.brands.default();
    const member = await store.members.add({ brandId: id, name: 'Eva', role: 'marketer', language: 'lv' });
    await store.members.addLogin(member.id, 'hash-1', later(MINUTE));
    await store.members.addLogin(member.id, 'hash-2', later(MINUTE));
    expect(await store.members.takeLogin('hash-2', later(MINUTE))).toBeNull();
    const taken = await Promise.all(Array.from({ length: 5 }, () => store.members.takeLogin('hash-1', NOW)));
    expect(taken.filter((one) => one !== null)).toEqual([member]);
    await store.members.addSession(member.id, 'session-1', later(DAY));
    expect(await store.members.bySession('session-1', NOW)).toEqual(member);
    expect(await store.members.bySession('session-1', later(DAY))).toBeNull();
    expect(await store.members.bySession('bad\u0000', NOW)).toBeNull();
    await store.members.endSession('session-1');
    expect(await store.members.bySession('session-1', NOW)).toBeNull();
  });
});

describe('sources', () => {
  test('two brands that follow one address share its feed', async () => {
    const url = feedUrl();
    const brand = await store.brands.default();
    const second = await store.brands.save({ ...brand, id: 0, slug: `slug-${next()}` });
    const one = await newSource({ url });
    const two = await newSource({ url: `${url}#top`, brandId: second.id });
    expect(two.feed.id).toBe(one.feed.id);
    expect((await store.sources.following([one.feed.id])).map((source) => source.brandId)).toEqual([
      brand.id,
      second.id,
    ]);
    await store.brands.save({ ...second, paused: true });
    expect(await store.sources.following([one.feed.id])).toHaveLength(1);
  });

  test('adding again brings a removed source back and tells so', async () => {
    const { id: brandId } = await store.brands.default();
    const wish = { brandId, url: feedUrl(), name: 'Mine', firstPosts: 1, sample: false };
    const first = await store.sources.add(wish, NOW);
    expect(first.created).toBe(true);
    expect((await store.sources.add({ ...wish, name: null }, NOW)).created).toBe(false);
    await store.sources.setState(first.source.id, 'removed');
    expect((await store.sources.list(brandId)).map((source) => source.id)).not.toContain(first.source.id);
    const back = await store.sources.add({ ...wish, name: null }, NOW);
    expect(back).toMatchObject({ created: true, source: { id: first.source.id, state: 'active', name: 'Mine' } });
  });

  test('feeds are due when they have an active source and are not gone', async () => {
    const [due, notYet, paused, gone] = await Promise.all([newSource(), newSource(), newSource(), newSource()]);
    await store.sources.saveFeed({ ...notYet.feed, nextPollAt: later(MINUTE) });
    await store.sources.setState(paused.id, 'paused');
    await store.sources.saveFeed({ ...gone.feed, state: 'gone', reason: '410\u0000' });
    const ids = await store.sources.dueFeeds(NOW, 1000);
    expect(ids).toContain(due.feed.id);
    for (const other of [notYet, paused, gone]) expect(ids).not.toContain(other.feed.id);
    const active = await store.sources.activeFeeds(null);
    expect(active).toContain(notYet.feed.id);
    expect(active).not.toContain(gone.feed.id);
    const again = await newSource({ url: gone.feed.url });
    expect(again.feed).toMatchObject({ id: gone.feed.id, state: 'new', reason: null });
  });

  test('a feed moves to a new address, but not onto the address of another', async () => {
    const [one, two] = await Promise.all([newSource(), newSource()]);
    const moved = feedUrl();
    await store.sources.saveFeed({ ...one.feed, url: moved });
    expect((await store.sources.getFeed(one.feed.id))?.url).toBe(moved);
    expect((await newSource({ url: moved })).feed.id).toBe(one.feed.id);
    await store.sources.saveFeed({ ...one.feed, url: two.feed.url, title: 'Moved' });
    expect(await store.sources.getFeed(one.feed.id)).toMatchObject({ url: moved, title: 'Moved' });
  });

  test('counts what became of the articles of each source', async () => {
    const { source, brand, articleId } = await scene(store);
    const [fate] = await store.fates.ofArticle(articleId);
    await store.fates.set(fate?.id as number, { state: 'posted', waitingFor: null, reason: null }, NOW);
    const listed = (await store.sources.list(brand.id)).find((one) => one.id === source.id);
    expect(listed?.counts).toEqual({ seen: 1, posted: 1, filtered: 0, waiting: 0, failed: 0 });
  });
});

describe('articles', () => {
  test('are known by guid within their feed and by address anywhere', async () => {
    const [mine, other] = await Promise.all([newSource(), newSource()]);
    const old = entry();
    const [articleId = 0] = await store.articles.add([{ feedId: mine.feed.id, entry: old, seenAt: NOW }]);
    await store.articles.sight([{ feedId: mine.feed.id, articleId, guid: old.guid, url: old.url }], NOW);
    const unsaid = { wording: null, updatedAt: null, mark: null };
    const probe = [
      entry({ guid: old.guid, url: 'https://news.example/moved' }),
      entry(),
      entry({ guid: null, url: `${old.url}?utm_source=feed` }),
    ];
    expect(await store.articles.known(probe.map((one) => ({ feedId: mine.feed.id, entry: one })))).toEqual(
      new Map([
        [0, { articleId, sighted: true, frozen: false, said: unsaid }],
        [2, { articleId, sighted: false, frozen: false, said: unsaid }],
      ]),
    );
    expect(await store.articles.known(probe.map((one) => ({ feedId: other.feed.id, entry: one })))).toEqual(
      new Map([[2, { articleId, sighted: false, frozen: false, said: unsaid }]]),
    );
    expect(await store.articles.known([])).toEqual(new Map());
  });

  test('are stored once by address, whoever brings them, and keep the order of the question', async () => {
    const [one, two] = await Promise.all([newSource(), newSource()]);
    const entries = Array.from({ length: 20 }, () => entry());
    const bring = (feedId: number, list: typeof entries) =>
      store.transaction((tables) => tables.articles.add(list.map((each) => ({ feedId, entry: each, seenAt: NOW }))));
    const [left, right] = await Promise.all([bring(one.feed.id, entries), bring(two.feed.id, [...entries].reverse())]);
    expect(left).toEqual([...right].reverse());
    expect(new Set(left).size).toBe(20);
    const twice = entry();
    const [first, second] = await bring(one.feed.id, [twice, { ...twice, guid: 'another' }]);
    expect(first).toBe(second);
    expect(await store.articles.add([])).toEqual([]);
  });

  test('are numbered from the oldest to the newest, by date or else by the place in the feed', async () => {
    const { feed } = await newSource();
    const add = async (dates: (Date | null)[]) => {
      const entries = dates.map((publishedAt) => entry({ publishedAt }));
      return store.articles.add(entries.map((each) => ({ feedId: feed.id, entry: each, seenAt: NOW })));
    };
    const rank = (ids: number[]) => ids.map((id) => ids.filter((other) => other < id).length);
    expect(rank(await add([null, null, null]))).toEqual([2, 1, 0]);
    expect(rank(await add([later(1), later(3), later(2)]))).toEqual([0, 2, 1]);
  });

  test('keep what the feed said until the page is read, without NUL and half characters', async () => {
    const { feed } = await newSource();
    const said = entry({ title: 'Nul\u0000l \ud83d', text: 'Text\u0000', author: 'A\u0000' });
    const [id = 0] = await store.articles.add([{ feedId: feed.id, entry: said, seenAt: NOW }]);
    expect(await store.articles.entry(id)).toEqual({ ...said, title: 'Null \ufffd', text: 'Text', author: 'A' });
    expect(await store.articles.get(id)).toMatchObject({ title: 'Null \ufffd', frozenAt: null, textFrom: 'feed' });
    expect(await store.articles.freeze(id, page(said, { title: 'Read\u0000', text: 'All\u0000 of it' }))).toEqual({
      duplicateOf: null,
    });
    expect(await store.articles.entry(id)).toBeNull();
    expect(await store.articles.get(id)).toMatchObject({ title: 'Read', text: 'All of it', frozenAt: NOW });
  });

  test('of one canonical address are duplicates of the one that was frozen first', async () => {
    const { feed } = await newSource();
    const [a, b, c] = [entry(), entry(), entry()];
    const [first = 0, second = 0, third = 0] = await store.articles.add(
      [a, b, c].map((each) => ({ feedId: feed.id, entry: each, seenAt: NOW })),
    );
    await store.articles.sight([{ feedId: feed.id, articleId: first, guid: a.guid, url: a.url }], NOW);
    const canonicalUrl = `https://news.example/canonical-${next()}`;
    expect(await store.articles.freeze(first, page(a, { canonicalUrl }))).toEqual({ duplicateOf: null });
    expect(await store.articles.freeze(second, page(b, { canonicalUrl }))).toEqual({ duplicateOf: first });
    expect((await store.articles.get(second))?.frozenAt).toBeNull();
    // A page may also name the address under which a feed carried the first one.
    expect(await store.articles.freeze(third, page(c, { canonicalUrl: a.url }))).toEqual({ duplicateOf: first });
    for (const url of [a.url, canonicalUrl, `${canonicalUrl}/?utm_medium=x`])
      expect((await store.articles.byUrl(url))?.id).toBe(first);
    expect(await store.articles.byUrl('https://news.example/never')).toBeNull();
  });

  test('are listed newest first, one row each, by state and source, page by page', async () => {
    const brand = await store.brands.save({ ...(await store.brands.default()), id: 0, slug: `slug-${next()}` });
    const [one, two] = [await newSource({ brandId: brand.id }), await newSource({ brandId: brand.id })];
    const ids = await store.articles.add(
      // As feeds do: the newest first.
      [0, -1, -2].map((age) => ({ feedId: one.feed.id, entry: entry({ publishedAt: later(age) }), seenAt: NOW })),
    );
    const [c = 0, b = 0, a = 0] = ids;
    await store.fates.add([
      waiting({ brandId: brand.id, articleId: a }, { sourceId: one.id, state: 'filtered', waitingFor: null }),
      waiting({ brandId: brand.id, articleId: a }, { sourceId: two.id, state: 'posted', waitingFor: null }),
      waiting({ brandId: brand.id, articleId: b }, { sourceId: one.id }),
      waiting({ brandId: brand.id, articleId: c }, { sourceId: one.id, state: 'failed', waitingFor: null }),
    ]);
    const list = async (query: object) =>
      (await store.articles.list({ brandId: brand.id, limit: 10, ...query })).map((view) => [
        view.id,
        view.fate?.state,
      ]);
    expect(await list({})).toEqual([
      [c, 'failed'],
      [b, 'waiting'],
      [a, 'posted'],
    ]);
    expect(await list({ limit: 1, before: c })).toEqual([[b, 'waiting']]);
    expect(await list({ state: 'filtered' })).toEqual([[a, 'filtered']]);
    expect(await list({ sourceId: two.id })).toEqual([[a, 'posted']]);
    expect(await store.articles.view(brand.id, a)).toMatchObject({ id: a, source: two.feed.url });
    expect(await store.articles.view(brand.id + 1, a)).toMatchObject({ id: a, fate: null, source: null });
  });
});

describe('fates', () => {
  test('are added once per source and article, and once per brand where no source brought it', async () => {
    const { brand, source, articleId } = await scene(store);
    const bySource = waiting({ brandId: brand.id, articleId }, { sourceId: source.id });
    expect(await store.fates.add([bySource])).toEqual([]);
    const byHand = waiting({ brandId: brand.id, articleId });
    const added = await Promise.all(Array.from({ length: 4 }, () => store.fates.add([byHand])));
    expect(added.flat()).toHaveLength(1);
    expect(await store.fates.add([])).toEqual([]);
  });

  test('settle leaves what a rule filtered, and brings back what a person filtered', async () => {
    const { brand, articleId, source } = await scene(store);
    const other = await newSource();
    await store.fates.add([
      waiting(
        { brandId: brand.id, articleId },
        { sourceId: other.id, state: 'filtered', waitingFor: null, reason: 'duplicate: known' },
      ),
    ]);
    const states = async () => (await store.fates.ofArticle(articleId)).map((fate) => [fate.sourceId, fate.state]);
    const settle = (state: Fate['state'], reason: string | null, at = NOW) =>
      store.fates.settle(brand.id, articleId, { state, waitingFor: null, reason }, at);
    await settle('filtered', 'person: every post was rejected or dropped');
    await settle('posted', null, later(1));
    expect(await states()).toEqual([
      [source.id, 'posted'],
      [other.id, 'filtered'],
    ]);
    await settle('posted', null, later(MINUTE));
    expect((await store.fates.ofArticle(articleId))[0]?.changedAt).toEqual(later(1));
  });

  test('that wait for a page wait for the writer once it is read', async () => {
    const { source, brand } = await scene(store);
    const [articleId = 0] = await store.articles.add([{ feedId: source.feed.id, entry: entry(), seenAt: NOW }]);
    const [id] = await store.fates.add([
      waiting({ brandId: brand.id, articleId }, { sourceId: source.id, waitingFor: 'page' }),
    ]);
    expect(await store.fates.claim(id as number)).toBeNull();
    expect(await store.fates.waiting({ what: 'page', limit: 1000 })).toContain(id);
    expect(await store.fates.pageRead(articleId, later(1))).toEqual([id]);
    expect(await store.fates.pageRead(articleId, later(1))).toEqual([]);
    const query = { what: 'writer', limit: 1000, brandId: brand.id } as const;
    expect(await store.fates.waiting(query)).toContain(id);
    expect(await store.fates.waiting({ ...query, changedBefore: NOW })).not.toContain(id);
    expect(await store.fates.many([id as number])).toMatchObject([{ id, waitingFor: 'writer' }]);
  });

  test('are kept from others by a lock until the transaction ends', async () => {
    const { brand, articleId } = await scene(store);
    const order: string[] = [];
    let first: Promise<void> | undefined;
    await store.transaction(async (tables) => {
      await tables.fates.lock(brand.id, articleId);
      first = store.transaction(async (others) => {
        await others.fates.lock(brand.id, articleId);
        order.push('second');
      });
      await tables.fates.settle(brand.id, articleId, { state: 'posted', waitingFor: null, reason: null }, NOW);
      order.push('first');
    });
    await first;
    expect(order).toEqual(['first', 'second']);
  });
});

describe('channels and posts', () => {
  test('a channel that was removed comes back with its new settings and its old number', async () => {
    const brand = await store.brands.default();
    const wish = channelOf(brand);
    const first = await store.channels.add(wish);
    await store.channels.setState(first.id, 'removed', 'by a person');
    expect((await store.channels.list(brand.id)).map((one) => one.id)).not.toContain(first.id);
    expect(await store.channels.byAddress(wish.platform, wish.address)).toEqual([]);
    expect(await store.channels.find(brand.id, wish.platform, wish.address)).toMatchObject({ state: 'removed' });
    const back = await store.channels.add({ ...wish, auto: false, language: 'lv', createdAt: later(DAY) });
    expect(back).toEqual({ ...first, auto: false, language: 'lv' });
  });

  test('there is one post per article and channel, with its links', async () => {
    const { post, articleId, channel, link, delivery } = await scene(store);
    expect(await store.posts.add(postOf(channel, articleId), [])).toBeNull();
    expect(await store.posts.link(link.code)).toEqual(link);
    expect(await store.posts.linksOf(post.id)).toEqual([link]);
    expect(await store.posts.link('no such\u0000')).toBeNull();
    expect(await store.posts.byCode(post.code)).toMatchObject({ post, channel, article: { id: articleId }, delivery });
    expect(await store.posts.channelsWith(post.brandId, articleId)).toEqual([channel.id]);
    expect(await store.posts.standing(post.brandId, articleId)).toEqual([
      { post: 'approved', delivery: 'waiting', reason: null },
    ]);
    expect(await store.posts.list({ brandId: post.brandId, articleIds: [articleId], limit: 5 })).toHaveLength(1);
  });

  test('a post that is locked is not changed by another until the transaction ends', async () => {
    const { post } = await scene(store, { post: { state: 'review', approvedBy: null, approvedAt: null } });
    const approvals = await Promise.all(
      ['Anna', 'Boris', 'Clara'].map((by) =>
        store.transaction(async (tables) => {
          const current = await tables.posts.lock(post.id);
          if (current?.state !== 'review') return false;
          await tables.posts.save({ ...current, state: 'approved', approvedBy: by, approvedAt: NOW });
          return true;
        }),
      ),
    );
    expect(approvals.filter(Boolean)).toHaveLength(1);
  });

  test('unreviewed are posts of automatic channels without a word from review', async () => {
    const review = { state: 'review', approvedBy: null, approvedAt: null } as const;
    const [fresh, held, approved, byHand] = [
      await scene(store, { post: review }),
      await scene(store, { post: { ...review, reason: 'the text claims more than the article' } }),
      await scene(store),
      await scene(store, { post: review }),
    ];
    await store.channels.save({ ...byHand.channel, auto: false });
    const ids = await store.posts.unreviewed(NOW, 1000);
    expect(ids).toContain(fresh.post.id);
    for (const other of [held, approved, byHand]) expect(ids).not.toContain(other.post.id);
    expect(await store.posts.unreviewed(later(-1), 1000)).not.toContain(fresh.post.id);
    expect(await store.posts.inReview()).toBeGreaterThanOrEqual(2);
  });
});

describe('transaction', () => {
  test('nothing of it stays when it fails, jobs neither', async () => {
    const { channel, articleId } = await scene(store);
    const before = await house.jobs();
    const work = store.transaction(async (tables) => {
      await tables.channels.setState(channel.id, 'paused', null);
      await tables.jobs.send([{ verb: 'read', articleId }]);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect((await store.channels.get(channel.id))?.state).toBe('active');
    expect(await house.jobs()).toEqual(before);
    await store.transaction((tables) => tables.jobs.send([{ verb: 'read', articleId }]));
    expect(await house.jobs()).toEqual([...before, { verb: 'read', articleId }]);
  });
});

describe('engagement', () => {
  test('the latest total of each metric counts', async () => {
    const { delivery } = await scene(store);
    const reading = (metric: 'reactions' | 'replies', value: number, at: Date) => ({
      deliveryId: delivery.id,
      metric,
      value,
      at,
    });
    await store.engagements.add([reading('reactions', 3, NOW), reading('replies', 1, NOW)]);
    await store.engagements.add([reading('reactions', 2, later(MINUTE)), reading('reactions', 2, later(MINUTE))]);
    expect(await store.engagements.latest([delivery.id, 0])).toEqual(
      new Map([[delivery.id, { reactions: 2, replies: 1 }]]),
    );
    expect(await store.engagements.latest([])).toEqual(new Map());
  });

  test("a day's visitor key is the same for all, and destroyed when the next day begins", async () => {
    const other = await house.another();
    const keys = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? store : other).engagements.visitorKey('2026-11-23')),
    );
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
    const next = await store.engagements.visitorKey('2026-11-24');
    expect(next).not.toEqual(keys[0]);
    expect(await house.sql('SELECT day FROM visitor_key')).toEqual([{ day: '2026-11-24' }]);
  });

  test('what is to be measured comes when it is due, and a pushed number finds its delivery', async () => {
    const { delivery, channel } = await scene(store);
    await house.sql(`UPDATE delivery SET state = 'confirmed', remote_id = 'r1', confirmed_at = $2 WHERE id = $1`, [
      delivery.id,
      NOW,
    ]);
    await store.deliveries.setNextMeasure(delivery.id, later(MINUTE));
    expect(await store.deliveries.toMeasure(NOW, 1000)).not.toContain(delivery.id);
    expect(await store.deliveries.toMeasure(later(MINUTE), 1000)).toContain(delivery.id);
    expect((await store.deliveries.byRemoteId(channel.platform, channel.address, 'r1'))?.id).toBe(delivery.id);
    expect(await store.deliveries.byRemoteId(channel.platform, channel.address, 'r2')).toBeNull();
  });
});

describe('updates', () => {
  const update = () => ({
    key: `key-${next()}`,
    at: NOW,
    event: {
      kind: 'message' as const,
      person: { id: '1', name: 'A\u0000', language: null },
      to: '1',
      text: 'hello',
      start: null,
    },
  });

  test('are stored once with their job, taken by one, and forgotten when handled', async () => {
    const one = update();
    const stored = await Promise.all(Array.from({ length: 5 }, () => store.updates.add('telegram', one, NOW)));
    expect(stored.filter(Boolean)).toHaveLength(1);
    const [id = 0] = (await store.updates.waiting(1000)).slice(-1);
    expect((await house.jobs()).filter((job) => job.verb === 'qualify')).toEqual([{ verb: 'qualify', updateId: id }]);
    expect(await store.updates.take(id)).toEqual({ platform: 'telegram', update: one });
    await store.updates.done(id, NOW);
    expect(await store.updates.take(id)).toBeNull();
    expect(await store.updates.waiting(1000)).not.toContain(id);
    expect(await store.updates.add('telegram', one, NOW)).toBe(false);
    expect(await house.sql('SELECT content FROM "update" WHERE id = $1', [id])).toEqual([{ content: null }]);
    expect(await store.updates.add('discord', one, NOW)).toBe(true);
  });
});

test('health tells version, size, what is late and how far the clocks are apart', async () => {
  const fresh = await testStore();
  try {
    const now = new Date();
    expect(await fresh.store.health(now)).toMatchObject({ oldestUnsentSeconds: null, unclear: 0 });
    const { delivery } = await scene(fresh.store, { now: new Date(now.getTime() - 90_000) });
    const health = await fresh.store.health(now);
    expect(health.server).toMatch(/^PostgreSQL 1[5-9]/);
    expect(health.sizeBytes).toBeGreaterThan(1_000_000);
    expect(health.oldestUnsentSeconds).toBeCloseTo(90, 0);
    expect(Math.abs(health.clockSkewSeconds)).toBeLessThan(5);
    expect((await fresh.store.health(new Date(now.getTime() - 3_600_000))).clockSkewSeconds).toBeGreaterThan(3500);
    await fresh.sql(`UPDATE delivery SET state = 'unclear' WHERE id = $1`, [delivery.id]);
    expect(await fresh.store.health(now)).toMatchObject({ oldestUnsentSeconds: null, unclear: 1 });
  } finally {
    await fresh.close();
  }
});
