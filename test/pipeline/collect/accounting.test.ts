import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FateState, WaitingFor } from '../../../src/domain/article.ts';
import { NO_WISHES } from '../../../src/domain/polling.ts';
import type { Source } from '../../../src/domain/source.ts';
import { settableClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { collect, readArticle } from '../../../src/pipeline/collect/index.ts';
import type { ExtractedArticle, FeedEntry, Feeds } from '../../../src/ports/feeds.ts';
import { entry, NOW } from '../../store/seed.ts';
import { type TestStore, testStore } from '../../support/database.ts';

let bench: TestStore;
beforeAll(async () => {
  bench = await testStore();
});
afterAll(() => bench.close());

const FEEDS = 2;
const BRANDS = 2;
const ENDS: [FateState, WaitingFor | null][] = [
  ['posted', null],
  ['failed', null],
  ['filtered', null],
  ['waiting', 'review'],
  ['waiting', 'delivery'],
];

const step = fc.oneof(
  // A few addresses only, so that feeds carry each other's stories and their own again.
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('publish' as const), feed: fc.nat(FEEDS - 1), story: fc.nat(11) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), feed: fc.nat(FEEDS - 1), story: fc.nat(11) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('poll' as const), feed: fc.nat(FEEDS - 1) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('follow' as const),
      feed: fc.nat(FEEDS - 1),
      brand: fc.nat(BRANDS - 1),
      first: fc.nat(3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('pause' as const), feed: fc.nat(FEEDS - 1), brand: fc.nat(BRANDS - 1) }),
  },
  // The page of a story names another story as its canonical address, or itself.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), story: fc.nat(11), as: fc.nat(11) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      brand: fc.nat(BRANDS - 1),
      story: fc.nat(11),
      end: fc.nat(ENDS.length - 1),
    }),
  },
);

test('seen = posted + filtered + waiting + failed, and seen is what the feed carried while it was followed, whatever happened', {
  timeout: 60_000,
}, async () => {
  const { store } = bench;
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const base = `https://run-${++run}.example`;
      const urlOf = (story: number) => `${base}/story-${story}`;
      const carried = Array.from({ length: FEEDS }, () => new Map<number, FeedEntry>());
      const clock = settableClock(NOW);
      let canonical = '';
      const feeds: Feeds = {
        poll: async ({ url }) => ({
          kind: 'changed',
          feed: { kind: 'rss', title: null, language: null, siteUrl: null },
          entries: [...(carried[Number(url.at(-1))]?.values() ?? [])],
          etag: null,
          lastModified: null,
          url,
          wishes: NO_WISHES,
          freshMs: 0,
          movedTo: null,
        }),
        read: async (url) => ({ ...extracted(url), canonicalUrl: canonical }),
        fromEntry: (from) => extracted(from.url),
        askHub: async () => {},
      };
      const ports = { store, feeds, clock, log: silentLog };
      const { id: _, ...like } = await store.brands.default();
      const brands = await Promise.all(
        Array.from({ length: BRANDS }, (_, brand) =>
          store.brands.save({ ...like, id: 0, slug: `run-${run}-${brand}`, name: 'A brand' }),
        ),
      );
      /** The model: which stories each source must account for, by `feed brand`. */
      const expected = new Map<string, { source: Source; begun: boolean; paused: boolean; seen: Set<number> }>();
      const sighted = Array.from({ length: FEEDS }, () => new Set<number>());

      for (const one of steps) {
        clock.advance(1_000);
        if (one.do === 'publish')
          carried[one.feed]?.set(one.story, entry({ guid: `g${one.story}`, url: urlOf(one.story) }));
        else if (one.do === 'drop') carried[one.feed]?.delete(one.story);
        else if (one.do === 'follow') {
          const brand = brands[one.brand];
          if (brand === undefined) continue;
          const wish = {
            brandId: brand.id,
            url: `${base}/feed-${one.feed}`,
            name: null,
            firstPosts: one.first,
            sample: false,
          };
          const { source } = await store.sources.add(wish, clock.now());
          const key = `${one.feed} ${one.brand}`;
          expected.set(key, { begun: false, seen: new Set(), ...expected.get(key), source, paused: false });
        } else if (one.do === 'pause') {
          const found = expected.get(`${one.feed} ${one.brand}`);
          if (found === undefined) continue;
          await store.sources.setState(found.source.id, 'paused');
          found.paused = true;
        } else if (one.do === 'poll') {
          const followers = [...expected].flatMap(([key, found]) =>
            key.startsWith(`${one.feed} `) && !found.paused ? [found] : [],
          );
          const [first] = followers;
          if (first === undefined) continue;
          await collect(ports, first.source.feed.id, new AbortController().signal);
          for (const follower of followers) {
            for (const story of carried[one.feed]?.keys() ?? [])
              if (!follower.begun || !sighted[one.feed]?.has(story)) follower.seen.add(story);
            follower.begun = true;
          }
          for (const story of carried[one.feed]?.keys() ?? []) sighted[one.feed]?.add(story);
        } else if (one.do === 'read') {
          const article = await store.articles.byUrl(urlOf(one.story));
          canonical = urlOf(one.as);
          if (article !== null) await readArticle(ports, article.id, new AbortController().signal);
        } else {
          const article = await store.articles.byUrl(urlOf(one.story));
          const [state, waitingFor] = ENDS[one.end] as (typeof ENDS)[number];
          const brandId = brands[one.brand]?.id ?? 0;
          if (article !== null)
            await store.fates.settle(brandId, article.id, { state, waitingFor, reason: 'person: so' }, clock.now());
        }
        const everywhere = new Map((await store.sources.counts()).map((row) => [row.sourceId, row.counts]));
        for (const { source } of expected.values()) {
          const counts = everywhere.get(source.id);
          expect(counts?.seen).toBe(
            (counts?.posted ?? 0) + (counts?.filtered ?? 0) + (counts?.waiting ?? 0) + (counts?.failed ?? 0),
          );
        }
      }
      for (const [index, brand] of brands.entries()) {
        for (const { counts, ...source } of await store.sources.list(brand.id)) {
          const model = expected.get(`${source.feed.url.at(-1)} ${index}`);
          // Two stories that turned out to be one are one from then on; never more than were carried.
          const merged = steps.some((one) => one.do === 'read' && one.as !== one.story);
          if (merged) expect(counts.seen).toBeLessThanOrEqual(model?.seen.size ?? -1);
          else expect(counts.seen).toBe(model?.seen.size);
        }
      }
    }),
    { numRuns: 40 },
  );
});

function extracted(url: string): ExtractedArticle {
  return {
    url,
    canonicalUrl: url,
    title: 'A story',
    text: 'A text.',
    language: 'en',
    author: null,
    publishedAt: null,
    imageUrl: null,
    siteName: null,
    textFrom: 'page',
    pageProblem: null,
  };
}
