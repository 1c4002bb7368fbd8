import { afterAll, describe, expect, test } from 'vitest';
import { type Brand, firstBrand } from '../../src/domain/brand.ts';
import { DAY } from '../../src/lib/clock.ts';
import { addArticle, addSource, collect, readArticle } from '../../src/pipeline/collect/index.ts';
import { why } from '../../src/pipeline/report/index.ts';
import type { FeedEntry } from '../../src/ports/feeds.ts';
import { testStore } from '../support/database.ts';
import { entry, riverOver, scriptedFeeds } from './river.ts';

const { signal } = new AbortController();
const here = await testStore();
afterAll(() => here.close());
let made = 0;
const fresh = (name: string) => `${name}-${++made}`;
const newBrand = () => here.store.brands.save({ id: 0, ...firstBrand('Europe/Riga'), slug: fresh('brand') });
/** A story that no other test tells. */
const newStory = () => {
  const name = fresh('town');
  return Array.from({ length: 100 }, (_, index) => `${name}word${index}`).join(' ');
};

async function follow(brand: Brand, ...entries: FeedEntry[]) {
  const river = await riverOver(here, { feeds: scriptedFeeds({ entries }) });
  // The river counts what lies in the queue already; only then may its own first job come.
  await here.jobs();
  const url = `https://news.example/${fresh('feed')}.xml`;
  const { source } = await addSource(river.ports, { brandId: brand.id, url, name: null, firstPosts: 10 }, signal);
  const fates = async () =>
    (await here.store.articles.list({ brandId: brand.id, sourceId: source.id, limit: 10 })).map(
      ({ fate }) => fate?.reason ?? fate?.waitingFor,
    );
  return { ...river, source, fates };
}

const WAITS = 'no channel is connected: crier channel add';

describe('the same story from another source', () => {
  test('is told once, and the other says of which article it is a copy', async () => {
    const [brand, story] = [await newBrand(), newStory()];
    const first = await follow(brand, entry(fresh('one'), { text: story }));
    await first.flow();
    const copy = fresh('two');
    const second = await follow(brand, entry(copy, { text: `Our reporter writes from the scene. ${story}` }));
    await second.flow();
    const [original] = await here.store.articles.list({ brandId: brand.id, sourceId: first.source.id, limit: 1 });
    expect(await first.fates()).toEqual([WAITS]);
    expect(await second.fates()).toEqual([
      expect.stringMatching(`^same story as article ${original?.id} \\(\\d+ % alike\\)$`),
    ]);
    const { verdict, events } = await why(second.ports, brand, `https://news.example/${copy}`);
    expect(verdict).toContain(`same story as article ${original?.id}`);
    expect(events.at(-1)?.what).toContain('same story as article');
    const { brought } = await addArticle(
      second.ports,
      { brandId: brand.id, url: `https://news.example/${copy}`, channelIds: [], by: 'Anna' },
      signal,
    );
    expect(brought).toBe(true);
  });

  test('is told by each brand, and again by the same source', async () => {
    const story = newStory();
    const [mine, yours] = [await newBrand(), await newBrand()];
    const first = await follow(mine, entry(fresh('one'), { text: story }), entry(fresh('again'), { text: story }));
    await first.flow();
    const second = await follow(yours, entry(fresh('two'), { text: story }));
    await second.flow();
    expect(await first.fates()).toEqual([WAITS, WAITS]);
    expect(await second.fates()).toEqual([WAITS]);
  });

  test('is told again after five days, and where the first was filtered', async () => {
    const [brand, story, other] = [await newBrand(), newStory(), newStory()];
    const first = await follow(brand, entry(fresh('one'), { text: story }), entry(fresh('out'), { text: other }));
    await first.flow();
    for (const { fate, text } of await here.store.articles.list({ brandId: brand.id, limit: 2 }))
      if (fate && text.startsWith(other))
        await here.store.fates.set(
          fate.id,
          { state: 'filtered', waitingFor: null, reason: 'filter x' },
          fate.changedAt,
        );
    const soon = await follow(brand, entry(fresh('two'), { text: other }));
    await soon.flow();
    expect(await soon.fates()).toEqual([WAITS]);
    const later = await follow(brand, entry(fresh('three'), { text: story }));
    later.ports.clock.advance(6 * DAY);
    await later.flow();
    expect(await later.fates()).toEqual([WAITS]);
  });

  test('that comes from many sources in the same instant is told by one of them', async () => {
    const brand = await newBrand();
    const story = newStory();
    const rivers = [];
    for (let count = 0; count < 6; count++) rivers.push(await follow(brand, entry(fresh('copy'), { text: story })));
    for (const { ports, source } of rivers) await collect(ports, source.feed.id, signal);
    const list = () => here.store.articles.list({ brandId: brand.id, limit: 10 });
    const { ports } = rivers[0] ?? expect.fail();
    await Promise.all((await list()).map(({ id }) => readArticle(ports, id, signal)));
    const states = (await list()).map(({ fate }) => fate?.state);
    expect(states.sort()).toEqual([...Array(5).fill('filtered'), 'waiting']);
  });
});
