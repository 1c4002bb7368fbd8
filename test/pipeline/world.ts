import { afterAll, beforeAll } from 'vitest';
import { type Brand, firstBrand } from '../../src/domain/brand.ts';
import type { Channel } from '../../src/domain/channel.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { OPEN_SCHEDULE } from '../../src/domain/schedule.ts';
import type { Source } from '../../src/domain/source.ts';
import { approvePost } from '../../src/pipeline/review/index.ts';
import { type Purse, write } from '../../src/pipeline/write/index.ts';
import type { Ports } from '../../src/ports/app.ts';
import type { FeedEntry } from '../../src/ports/feeds.ts';
import type { Job } from '../../src/ports/queue.ts';
import type { PostView } from '../../src/ports/store/index.ts';
import type { WriteRequest, Writers, Written } from '../../src/ports/writer.ts';
import { article, fakeWriters, START } from '../cli/support.ts';
import { type TestStore, testStore } from '../support/database.ts';
import { entry, type River, riverOver } from './river.ts';

/** A signal that nobody aborts. */
export const { signal } = new AbortController();

let made = 0;
/** A name that this file has not used yet. */
export const fresh = (name: string) => `${name}-${++made}`;

/** One store for all tests of the file: it is there once the first of them runs, and closed after the last. */
export function storeOfFile(): () => TestStore {
  let here: TestStore;
  beforeAll(async () => {
    here = await testStore();
  });
  afterAll(() => here.close());
  return () => here;
}

export interface Story {
  articleId: number;
  fateId: number;
  url: string;
}

/** A brand of its own, with a source and whatever channels and stories a test gives it. */
export interface World extends River {
  brand: Brand;
  source: Source;
  channel(given?: Partial<Channel>): Promise<Channel>;
  /** An article that was read and waits for the writer. */
  story(given?: Partial<FeedEntry>): Promise<Story>;
  /** Writes a story and gives its posts, oldest channel first. */
  written(given?: Partial<FeedEntry>): Promise<PostView[]>;
  /** A delivery that waits and is due, of a post that a person approved. */
  due(channel?: Partial<Channel>): Promise<Delivery>;
  postsOf(articleId: number): Promise<PostView[]>;
  fate(story: { fateId: number }): Promise<string>;
  /** What was sent to the queue since the world began. */
  sent(): Promise<Job[]>;
}

export async function worldOver(
  here: TestStore,
  given: { ports?: Partial<Ports>; brand?: Partial<Brand>; sample?: boolean } = {},
): Promise<World> {
  const { store } = here;
  const before = (await here.jobs()).length;
  const river = await riverOver(here, given.ports);
  const brand = await store.brands.save({
    id: 0,
    ...firstBrand('Europe/Riga'),
    slug: fresh('brand'),
    name: 'Harbour Press',
    controller: { name: 'Harbour Press Ltd', contact: 'privacy@harbour.example', privacyUrl: null },
    ...given.brand,
  });
  const { source } = await store.sources.add(
    {
      brandId: brand.id,
      url: `https://news.example/${fresh('feed')}.xml`,
      name: null,
      firstPosts: 1,
      sample: given.sample ?? false,
    },
    START,
  );
  const world: World = {
    ...river,
    brand,
    source,
    channel: (wish = {}) =>
      store.channels.add({
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
        ...wish,
      }),
    async story(wish = {}) {
      const now = river.ports.clock.now();
      const carried = entry(fresh('story'), wish);
      const [articleId = 0] = await store.articles.add([{ feedId: source.feed.id, entry: carried, seenAt: now }]);
      const { title, text, url, language } = carried;
      await store.articles.freeze(articleId, {
        ...article({ url, title, text, language: language ?? 'und' }),
        frozenAt: now,
      });
      const [fateId = 0] = await store.fates.add([
        {
          brandId: brand.id,
          sourceId: source.id,
          articleId,
          state: 'waiting',
          waitingFor: 'writer',
          reason: null,
          changedAt: now,
        },
      ]);
      return { articleId, fateId, url };
    },
    async written(wish) {
      const story = await world.story(wish);
      await write(river.ports, story.fateId, signal);
      return world.postsOf(story.articleId);
    },
    async due(wish) {
      if (wish !== undefined || (await store.channels.list(brand.id)).length === 0) await world.channel(wish);
      const [view] = await world.written();
      await approvePost(river.ports, view?.post.id as number, 'Anna');
      return (await store.posts.view(view?.post.id as number))?.delivery as Delivery;
    },
    postsOf: async (articleId) =>
      (await store.posts.list({ brandId: brand.id, articleIds: [articleId], limit: 100 })).toSorted(
        (left, right) => left.channel.id - right.channel.id,
      ),
    async fate({ fateId }) {
      const fate = await store.fates.get(fateId);
      return `${fate?.state} ${fate?.waitingFor ?? fate?.reason ?? ''}`.trim();
    },
    sent: async () => (await here.jobs()).slice(before),
  };
  return world;
}

/** Writers whose model answers as told and keeps what it was asked. */
export function modelWriters(
  answer: (request: WriteRequest, call: number) => Partial<Written> | Promise<Partial<Written>> = () => ({}),
): Writers & { calls: WriteRequest[] } {
  const calls: WriteRequest[] = [];
  return {
    ...fakeWriters(),
    calls,
    model: {
      name: 'clever-1',
      async write(request, _, meter) {
        calls.push(request);
        const hold = await meter?.hold({ model: 'clever-1', purpose: 'write', most: tokens(MOST_TOKENS) });
        const written = {
          texts: textsFor(request, 'The model says something'),
          writer: 'clever-1',
          inputTokens: 100,
          outputTokens: 50,
          costMicros: 0,
          ...(await (async () => answer(request, calls.length))().catch(async (failure) => {
            await hold?.settle(null);
            throw failure;
          })),
        };
        await hold?.settle(tokens(written.costMicros ?? 0));
        return written;
      },
    },
    // A token of input costs a millionth of a dollar, so that costMicros is what the ledger counts.
    price: () => ({ input: 1, cachedInput: 1, output: 1 }),
  };
}

/** What a call of the model in tests may cost at most, in millionths of a dollar. */
export const MOST_TOKENS = 10_000;
const tokens = (inputTokens: number) => ({ inputTokens, cachedInputTokens: 0, outputTokens: 0 });

/** One text per target. */
export function textsFor(request: WriteRequest, body: string): Written['texts'] {
  return request.targets.map(({ id }) => ({ target: id, headline: request.article.title, body, hashtags: [] }));
}

/** A purse without a budget or a store: a token of input costs a millionth of a dollar. */
export function freePurse(): Purse {
  let spent = 0;
  return {
    spentMicros: () => spent,
    hold: async () => ({
      binding: false,
      settle: async (used) => {
        if (used !== null && used !== 'unknown') spent += used.inputTokens;
      },
    }),
  };
}

/** A promise and its end in other hands. */
export function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
