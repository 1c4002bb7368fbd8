import { afterAll, describe, expect, test } from 'vitest';
import { type Brand, firstBrand } from '../../src/domain/brand.ts';
import { type Filter, OPEN_FILTER } from '../../src/domain/filter.ts';
import { addSource, collect, readArticle } from '../../src/pipeline/collect/index.ts';
import { why } from '../../src/pipeline/report/index.ts';
import { testStore } from '../support/database.ts';
import { entry, riverOver, scriptedFeeds } from './river.ts';

const { signal } = new AbortController();
const here = await testStore();
afterAll(() => here.close());
let made = 0;
const fresh = (name: string) => `${name}-${++made}`;
const brandWith = (filter: Partial<Filter> = {}) =>
  here.store.brands.save({
    id: 0,
    ...firstBrand('Europe/Riga'),
    slug: fresh('brand'),
    filter: { ...OPEN_FILTER, ...filter },
  });

async function follow(brand: Brand, script: Parameters<typeof scriptedFeeds>[0], filter: Partial<Filter> = {}) {
  const river = await riverOver(here, { feeds: scriptedFeeds(script) });
  // The river counts what lies in the queue already; only then may its own first job come.
  await here.jobs();
  const url = `https://news.example/${fresh('feed')}.xml`;
  const { source } = await addSource(river.ports, { brandId: brand.id, url, name: null, firstPosts: 100 }, signal);
  await here.store.sources.setFilter(source.id, { ...OPEN_FILTER, ...filter });
  const reasons = async () =>
    Object.fromEntries(
      (await here.store.articles.list({ brandId: brand.id, sourceId: source.id, limit: 50 })).map((one) => [
        one.guid,
        one.fate?.state === 'filtered' ? one.fate.reason : one.fate?.waitingFor,
      ]),
    );
  return { ...river, source, reasons };
}

describe('filters', () => {
  test('decide once the page is read, and say which rule it was', async () => {
    const brand = await brandWith({ languages: ['lv', 'en'] });
    const [casino, fine, hidden] = [fresh('casino'), fresh('fine'), fresh('hidden')];
    const river = await follow(
      brand,
      {
        entries: [
          entry(casino, { title: 'A new casino opens' }),
          entry(fine, { title: 'Trees' }),
          entry(hidden, { title: 'Trees', text: 'All about poker.' }),
        ],
      },
      { excludeWords: ['casino', 'poker'] },
    );
    await river.flow();
    expect(await river.reasons()).toEqual({
      [casino]: 'filter exclude-words: “casino” in the title',
      [fine]: 'channel',
      [hidden]: 'filter exclude-words: “poker” in the text',
    });
    const { verdict, events } = await why(river.ports, brand, `https://news.example/${casino}`);
    expect(verdict).toContain('filter exclude-words: “casino” in the title');
    expect(events.at(-1)?.what).toContain('filtered for News by filter exclude-words');
  });

  test('of the brand hold for all its sources, and for no other brand', async () => {
    const [strict, open] = [await brandWith({ requireWords: ['whale*'] }), await brandWith()];
    const slug = fresh('story');
    const script = { entries: [entry(slug, { title: 'A bear' })] };
    const [first, second] = [await follow(strict, script), await follow(open, script)];
    await first.flow();
    await second.flow();
    expect(Object.values(await first.reasons())).toEqual([
      'filter require-words: no “whale*” in title or text (the brand’s filter)',
    ]);
    expect(Object.values(await second.reasons())).toEqual(['channel']);
  });

  test('hold for a story that another source brought before', async () => {
    const script = { entries: [entry(fresh('shared'), { title: 'A casino' })] };
    const other = await follow(await brandWith(), script);
    await other.flow();
    expect(Object.values(await other.reasons())).toEqual(['channel']);
    const strict = await follow(await brandWith(), script, { excludeWords: ['casino'] });
    await collect(strict.ports, strict.source.feed.id, signal);
    expect(Object.values(await strict.reasons())).toEqual(['filter exclude-words: “casino” in the title']);
  });

  test('that change later touch nothing that was decided', async () => {
    const brand = await brandWith();
    const [kept, dropped] = [fresh('kept'), fresh('dropped')];
    const river = await follow(
      brand,
      { entries: [entry(kept, { title: 'A bear' }), entry(dropped, { title: 'A whale' })] },
      { excludeWords: ['whale'] },
    );
    await river.flow();
    await here.store.sources.setFilter(river.source.id, { ...OPEN_FILTER, excludeWords: ['bear'] });
    const articles = await here.store.articles.list({ brandId: brand.id, limit: 10 });
    for (const { id } of articles) await readArticle(river.ports, id, signal);
    await collect(river.ports, river.source.feed.id, signal);
    expect(await river.reasons()).toEqual({
      [kept]: 'channel',
      [dropped]: 'filter exclude-words: “whale” in the title',
    });
  });

  test('know the categories of the feed, also for a brand that comes later', async () => {
    const script = { entries: [entry(fresh('filed'), { categories: ['Sport', 'Riga'] })] };
    const [first, later] = [
      await follow(await brandWith(), script, { requireCategories: ['riga'] }),
      await follow(await brandWith({ excludeCategories: ['sport*'] }), script),
    ];
    await first.flow();
    await later.flow();
    expect(Object.values(await first.reasons())).toEqual(['channel']);
    expect(Object.values(await later.reasons())).toEqual([
      'filter exclude-categories: it is in “Sport” (the brand’s filter)',
    ]);
  });

  test('that were broken in the database stop the source instead of letting everything through', async () => {
    const brand = await brandWith();
    const { source } = await follow(brand, { entries: [] });
    await here.sql(`UPDATE source SET filter = '{"excludeWords": "casino"}' WHERE id = $1`, [source.id]);
    await expect(here.store.sources.get(source.id)).rejects.toThrow(`The stored filter of source ${source.id}`);
    await here.sql(`DELETE FROM source WHERE id = $1`, [source.id]);
  });

  test('an article whose page was read meanwhile does not wait for it any more', async () => {
    const brand = await brandWith();
    const river = await follow(brand, { entries: [entry(fresh('late'))] });
    await river.flow();
    const [one] = await here.store.articles.list({ brandId: brand.id, limit: 1 });
    if (!one?.fate) throw new Error('there is no article');
    await here.store.fates.set(one.fate.id, { state: 'waiting', waitingFor: 'page', reason: null }, one.seenAt);
    await readArticle(river.ports, one.id, signal);
    expect((await here.store.fates.get(one.fate.id))?.waitingFor).toBe('writer');
  });
});
