import { afterAll, describe, expect, test } from 'vitest';
import { type Brand, firstBrand } from '../../src/domain/brand.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { OPEN_FILTER } from '../../src/domain/filter.ts';
import { OPEN_SCHEDULE } from '../../src/domain/schedule.ts';
import { FetchError, UsageError } from '../../src/lib/errors.ts';
import { addArticle, addSource, collect } from '../../src/pipeline/collect/index.ts';
import { why } from '../../src/pipeline/report/index.ts';
import { START } from '../cli/support.ts';
import { testStore } from '../support/database.ts';
import { entry, riverOver, scriptedFeeds } from './river.ts';

const { signal } = new AbortController();
const here = await testStore();
afterAll(() => here.close());
let made = 0;
const fresh = (name: string) => `${name}-${++made}`;

async function begin(script: Partial<Parameters<typeof scriptedFeeds>[0]> = {}) {
  const river = await riverOver(here, { feeds: scriptedFeeds({ entries: [], ...script }) });
  // The river counts what lies in the queue already; only then may its own first job come.
  await here.jobs();
  const brand = await here.store.brands.save({ id: 0, ...firstBrand('Europe/Riga'), slug: fresh('brand') });
  const add = (url: string, channels: Channel[] = [], by = 'Anna') =>
    addArticle(river.ports, { brandId: brand.id, url, channelIds: channels.map(({ id }) => id), by }, signal);
  const fates = async (articleId: number) =>
    (await here.store.fates.ofArticle(articleId)).filter((fate) => fate.brandId === brand.id);
  const posts = async (articleId: number) =>
    (await here.store.posts.list({ brandId: brand.id, articleIds: [articleId], limit: 10 })).map(
      ({ channel }) => channel.address,
    );
  return { ...river, brand, add, fates, posts };
}

const channelOf = (brand: Brand) =>
  here.store.channels.add({
    brandId: brand.id,
    platform: 'square',
    address: `@${fresh('place')}`,
    name: 'A place',
    language: null,
    auto: false,
    state: 'active',
    reason: null,
    schedule: OPEN_SCHEDULE,
    createdAt: START,
  });

async function followed(ports: Parameters<typeof addSource>[0], brand: Brand, firstPosts: number) {
  const url = `https://news.example/${fresh('feed')}.xml`;
  return (await addSource(ports, { brandId: brand.id, url, name: null, firstPosts }, signal)).source;
}

describe('an article given by hand', () => {
  test('is read, frozen and written for every channel, without a source', async () => {
    const { add, flow, brand, fates, posts, ports } = await begin();
    const [one, two] = [await channelOf(brand), await channelOf(brand)];
    const url = `https://other.example/${fresh('story')}`;
    const { articleId, brought } = await add(url);
    expect(brought).toBe(true);
    await flow();
    expect((await here.store.articles.get(articleId))?.frozenAt).toEqual(START);
    expect(await fates(articleId)).toMatchObject([{ sourceId: null, waitingFor: 'review', broughtBy: 'Anna' }]);
    expect((await posts(articleId)).sort()).toEqual([one.address, two.address].sort());
    const story = await why(ports, brand, url);
    expect(story.events.map(({ what }) => what)).toEqual(
      expect.arrayContaining([expect.stringContaining('given by a person'), 'brought in by hand by Anna']),
    );
  });

  test('is written only for the channels that were named', async () => {
    const { add, flow, brand, posts } = await begin();
    const [, two] = [await channelOf(brand), await channelOf(brand)];
    const { articleId } = await add(`https://other.example/${fresh('story')}`, [two]);
    await flow();
    expect(await posts(articleId)).toEqual([two.address]);
  });

  test('a second time is answered with what became of it, and asks nobody', async () => {
    const { add, flow, brand, fates, ports } = await begin();
    await channelOf(brand);
    const url = `https://other.example/${fresh('story')}`;
    const { articleId } = await add(url);
    ports.feeds.read = async () => expect.fail('the page was read again');
    expect(await add(`${url}?utm_source=x`)).toEqual({ articleId, brought: false });
    await flow();
    expect(await add(url)).toEqual({ articleId, brought: false });
    expect(await fates(articleId)).toHaveLength(1);
  });

  test('ten times at once is one article with one fate', async () => {
    const url = `https://other.example/${fresh('story')}`;
    // Known already for another brand: nobody has to wait for the storing of its page.
    await (await begin()).add(url);
    const { add, fates } = await begin();
    const answers = await Promise.all(Array.from({ length: 10 }, () => add(url)));
    expect(answers.filter(({ brought }) => brought)).toHaveLength(1);
    expect(new Set(answers.map(({ articleId }) => articleId)).size).toBe(1);
    expect(await fates(answers[0]?.articleId ?? 0)).toHaveLength(1);
  });

  test('that was before the start of its source is written, and says who wanted it', async () => {
    const [old, newer] = [fresh('old'), fresh('newer')];
    const { add, flow, brand, fates, posts, ports } = await begin({
      entries: [entry(old, { publishedAt: new Date('2026-11-01') }), entry(newer)],
    });
    await channelOf(brand);
    const source = await followed(ports, brand, 1);
    await flow();
    const { articleId, brought } = await add(`https://news.example/${old}`);
    expect(brought).toBe(true);
    expect(await fates(articleId)).toMatchObject([
      {
        sourceId: source.id,
        state: 'waiting',
        reason: expect.stringMatching(/^by hand: brought in by Anna although.*before-start/u),
      },
    ]);
    await flow();
    expect(await posts(articleId)).toHaveLength(1);
    const { events } = await why(ports, brand, `https://news.example/${old}`);
    expect(events.map(({ what }) => what).join('\n')).toContain('by Anna, although it was filtered by before-start');
  });

  test('passes the filters that had kept it out, and those of now', async () => {
    const slug = fresh('casino');
    const { add, flow, brand, posts, ports } = await begin({ entries: [entry(slug, { title: 'A casino' })] });
    await channelOf(brand);
    const source = await followed(ports, brand, 10);
    await here.store.sources.setFilter(source.id, { ...OPEN_FILTER, excludeWords: ['casino'] });
    await flow();
    const { articleId, brought } = await add(`https://news.example/${slug}`);
    await flow();
    expect([brought, (await posts(articleId)).length]).toEqual([true, 1]);
  });

  test('whose source was removed meanwhile is written all the same', async () => {
    const [old, newer] = [fresh('old'), fresh('newer')];
    const { add, flow, brand, posts, ports } = await begin({ entries: [entry(newer), entry(old)] });
    await channelOf(brand);
    const source = await followed(ports, brand, 0);
    await flow();
    await here.store.sources.setState(source.id, 'removed');
    const { articleId } = await add(`https://news.example/${old}`);
    await flow();
    expect(await posts(articleId)).toHaveLength(1);
  });

  test('is not written for another brand, which may bring it in itself', async () => {
    const first = await begin();
    const url = `https://other.example/${fresh('story')}`;
    const { articleId } = await first.add(url);
    const second = await begin();
    expect(await second.fates(articleId)).toEqual([]);
    expect(await second.add(url)).toEqual({ articleId, brought: true });
    expect(await first.fates(articleId)).toHaveLength(1);
  });

  test('under another address is the story that is known, and is found by both', async () => {
    const [story, amp] = [`https://other.example/${fresh('story')}`, `https://amp.example/${fresh('amp')}`];
    const { add, ports, brand } = await begin({ canonical: { [amp]: story } });
    const { articleId } = await add(story);
    expect(await add(amp)).toEqual({ articleId, brought: false });
    expect(await add(amp)).toEqual({ articleId, brought: false });
    expect((await why(ports, brand, amp)).known).toBe(true);
    const [given, real] = [`https://amp.example/${fresh('amp')}`, `https://other.example/${fresh('story')}`];
    const other = await begin({ canonical: { [given]: real } });
    const first = await other.add(given);
    expect(await other.add(real)).toEqual({ articleId: first.articleId, brought: false });
    expect((await why(other.ports, other.brand, given)).known).toBe(true);
  });

  test('that a feed carries later is not written twice', async () => {
    const slug = fresh('later');
    const { add, flow, brand, posts, fates, ports } = await begin({ entries: [entry(slug)] });
    await channelOf(brand);
    const { articleId } = await add(`https://news.example/${slug}`);
    await flow();
    await followed(ports, brand, 10);
    await flow();
    expect(await posts(articleId)).toHaveLength(1);
    expect((await fates(articleId)).map(({ state, reason }) => reason?.split(':')[0] ?? state)).toEqual([
      expect.any(String),
      'duplicate',
    ]);
  });

  test('that nobody can read is refused, and nothing is stored', async () => {
    const { add } = await begin({ pageFailure: new FetchError('status', 'It answered 404.', { status: 404 }) });
    const url = `https://other.example/${fresh('gone')}`;
    await expect(add(url)).rejects.toThrow(FetchError);
    await expect(add('not an address')).rejects.toThrow(UsageError);
    expect(await here.store.articles.byUrl(url)).toBeNull();
  });

  test('whose page sources wait for as well frees those too', async () => {
    const slug = fresh('unread');
    const [mine, other] = [await begin(), await begin({ entries: [entry(slug)] })];
    const source = await followed(other.ports, other.brand, 10);
    await collect(other.ports, source.feed.id, signal);
    const [before] = await here.store.articles.list({ brandId: other.brand.id, limit: 1 });
    expect(before?.fate?.waitingFor).toBe('page');
    const { articleId } = await mine.add(`https://news.example/${slug}`);
    expect(articleId).toBe(before?.id);
    expect(await other.fates(articleId)).toMatchObject([{ waitingFor: 'writer' }]);
    expect(await here.jobs()).toContainEqual({ verb: 'write', fateId: before?.fate?.id });
  });
});
