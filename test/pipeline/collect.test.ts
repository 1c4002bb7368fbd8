import { afterAll, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/lib/clock.ts';
import { FetchError, UsageError } from '../../src/lib/errors.ts';
import { addSource, collect } from '../../src/pipeline/collect/index.ts';
import { why } from '../../src/pipeline/report/index.ts';
import { testStore } from '../support/database.ts';
import { entry, riverOver, scriptedFeeds } from './river.ts';

const { signal } = new AbortController();
const here = await testStore();
afterAll(() => here.close());
let slugs = 0;
/** Each test follows a feed and stories of its own: the database is the file's. */
const fresh = (name: string) => `${name}-${++slugs}`;

async function follow(script: Parameters<typeof scriptedFeeds>[0], firstPosts = 1) {
  const feeds = scriptedFeeds(script);
  const river = await riverOver(here, { feeds });
  const brand = await here.store.brands.save({ ...(await here.store.brands.default()) });
  const { source } = await addSource(
    river.ports,
    { brandId: brand.id, url: `https://news.example/${fresh('feed')}.xml`, name: null, firstPosts },
    signal,
  );
  return { ...river, feeds, brand, source };
}
const fatesOf = async (brandId: number, sourceId: number) =>
  Object.fromEntries(
    (await here.store.articles.list({ brandId, sourceId, limit: 50 })).map((one) => [
      one.guid,
      `${one.fate?.state} ${one.fate?.waitingFor ?? one.fate?.reason?.split(':')[0]}`,
    ]),
  );

describe('the first poll of a source', () => {
  test('records every article and writes only the newest', async () => {
    const [old, newer, undated] = [fresh('old'), fresh('newer'), fresh('undated')];
    const { flow, brand, source } = await follow({
      entries: [
        entry(old, { publishedAt: new Date('2026-11-01') }),
        entry(undated, { publishedAt: null }),
        entry(newer, { publishedAt: new Date('2026-11-22') }),
      ],
    });
    await flow();
    expect(await fatesOf(brand.id, source.id)).toEqual({
      [old]: 'filtered before-start',
      [newer]: 'waiting channel',
      [undated]: 'filtered before-start',
    });
  });

  test('a later poll writes everything that is new, dated or not', async () => {
    const script = { entries: [entry(fresh('one'))] };
    const { flow, brand, source, ports, feeds } = await follow(script);
    await flow();
    const later = [fresh('later'), fresh('undated'), fresh('back-dated')];
    script.entries = [
      ...script.entries,
      entry(later[0] as string),
      entry(later[1] as string, { publishedAt: null }),
      entry(later[2] as string, { publishedAt: new Date('2020-01-01') }),
    ];
    await collect(ports, source.feed.id, signal);
    await flow();
    const fates = await fatesOf(brand.id, source.id);
    expect(later.map((slug) => fates[slug])).toEqual(['waiting channel', 'waiting channel', 'waiting channel']);
    expect(feeds.polls.at(-1)?.etag, 'asked on the condition of the last answer').toBe('"1"');
  });
});

describe('an article', () => {
  test('is collected once however often the feed is polled, also when its guid or its address changes', async () => {
    const slug = fresh('same');
    const script = { entries: [entry(slug)] };
    const { flow, brand, source, ports } = await follow(script);
    await flow();
    for (const again of [
      entry(slug),
      entry(slug, { guid: 'another guid' }),
      entry(slug, { url: `https://news.example/${slug}?utm_source=feed` }),
      entry(slug, { url: 'https://news.example/moved' }),
    ]) {
      script.entries = [again];
      expect(await collect(ports, source.feed.id, signal)).toMatchObject({ added: 0 });
    }
    expect(Object.keys(await fatesOf(brand.id, source.id))).toEqual([slug]);
  });

  test('keeps the text of the feed when its page cannot be read, and says so', async () => {
    const slug = fresh('no-page');
    const { flow, brand } = await follow({
      entries: [entry(slug)],
      pageFailure: new FetchError('status', 'The server answered 500.', { status: 500 }),
    });
    await flow();
    const article = await here.store.articles.byUrl(`https://news.example/${slug}`);
    expect(article).toMatchObject({
      textFrom: 'feed',
      pageProblem: 'The server answered 500.',
      text: `The town speaks about ${slug} today.`,
    });
    const story = await why(
      { store: here.store, clock: { now: () => new Date() } },
      brand,
      `https://news.example/${slug}`,
    );
    expect(story.events.map((event) => event.what).join('\n')).toContain('The server answered 500.');
  });

  test('that says it is another one by its canonical address is a duplicate', async () => {
    const [first, copy] = [fresh('original'), fresh('copy')];
    const script = {
      entries: [entry(first)],
      canonical: { [`https://news.example/${copy}`]: `https://news.example/${first}` },
    };
    const { flow, brand, source, ports } = await follow(script);
    await flow();
    script.entries = [entry(first), entry(copy)];
    await collect(ports, source.feed.id, signal);
    await flow();
    expect((await fatesOf(brand.id, source.id))[copy]).toBe('filtered duplicate');
  });

  test('carried by two sources of a brand is written once', async () => {
    const slug = fresh('both');
    const one = await follow({ entries: [entry(slug)] });
    await one.flow();
    const two = await follow({ entries: [entry(slug, { guid: 'its own guid' })] });
    await two.flow();
    expect(await fatesOf(one.brand.id, one.source.id)).toEqual({ [slug]: 'waiting channel' });
    expect(Object.values(await fatesOf(two.brand.id, two.source.id))).toEqual(['filtered duplicate']);
  });
});

describe('a source in trouble', () => {
  test('gets the reason and a later poll; what it carried stays; a good poll forgets it', async () => {
    const script: Parameters<typeof scriptedFeeds>[0] = { entries: [entry(fresh('kept'))] };
    const { ports, source, flow, brand } = await follow(script);
    await flow();
    script.failure = new FetchError('status', 'The server answered 503.', { status: 503, retryAfterMs: 2 * HOUR });
    expect(await collect(ports, source.feed.id, signal)).toMatchObject({ problem: 'The server answered 503.' });
    const failing = (await here.store.sources.get(source.id))?.feed;
    expect(failing).toMatchObject({ state: 'failing', reason: 'The server answered 503.', failures: 1 });
    expect(failing?.nextPollAt.getTime()).toBe(ports.clock.now().getTime() + 2 * HOUR);
    expect(Object.keys(await fatesOf(brand.id, source.id))).toHaveLength(1);
    script.failure = null;
    await collect(ports, source.feed.id, signal);
    expect((await here.store.sources.get(source.id))?.feed).toMatchObject({ state: 'ok', reason: null, failures: 0 });
  });

  test('that is gone for good is not asked again', async () => {
    const script: Parameters<typeof scriptedFeeds>[0] = { entries: [] };
    const { ports, source, feeds } = await follow(script);
    await collect(ports, source.feed.id, signal);
    script.failure = new FetchError('status', 'The server answered 410.', { status: 410 });
    await collect(ports, source.feed.id, signal);
    const polls = feeds.polls.length;
    expect(await collect(ports, source.feed.id, signal)).toBeNull();
    expect(feeds.polls).toHaveLength(polls);
    ports.clock.advance(48 * HOUR);
    expect(await here.store.sources.dueFeeds(ports.clock.now(), 100)).not.toContain(source.feed.id);
  });

  test('is polled by one process at a time', async () => {
    const { ports, source } = await follow({ entries: [] });
    const other = await here.another();
    expect(await other.sources.claimFeed(source.feed.id)).toBe(true);
    expect(await collect(ports, source.feed.id, signal)).toBeNull();
    await other.sources.releaseFeeds([source.feed.id]);
    expect(await collect(ports, source.feed.id, signal)).not.toBeNull();
  });

  test('does not stop another one', async () => {
    const bad = await follow({ entries: [] });
    await collect(
      { ...bad.ports, feeds: scriptedFeeds({ entries: [], failure: new Error('a bug') }) },
      bad.source.feed.id,
      signal,
    );
    const slug = fresh('other');
    const good = await follow({ entries: [entry(slug)] });
    await good.flow();
    expect(await fatesOf(good.brand.id, good.source.id)).toEqual({ [slug]: 'waiting channel' });
    good.ports.clock.advance(10 * MINUTE);
    expect(await here.store.sources.dueFeeds(good.ports.clock.now(), 100)).toEqual(
      expect.arrayContaining([bad.source.feed.id, good.source.feed.id]),
    );
  });
});

test.each(['not an address', 'ftp://example.com/feed', 'javascript:alert(1)', ''])(
  '%j is refused as a source',
  async (url) => {
    const { ports } = await riverOver(here, { feeds: scriptedFeeds({ entries: [] }) });
    const brand = await here.store.brands.default();
    await expect(addSource(ports, { brandId: brand.id, url, name: null, firstPosts: 1 }, signal)).rejects.toThrow(
      UsageError,
    );
  },
);
