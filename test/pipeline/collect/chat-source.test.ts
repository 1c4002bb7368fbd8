import { beforeEach, describe, expect, test } from 'vitest';
import { createBot } from '../../../src/bot/index.ts';
import { OPEN_FILTER } from '../../../src/domain/filter.ts';
import { MINUTE } from '../../../src/lib/clock.ts';
import { FetchError } from '../../../src/lib/errors.ts';
import { addChatSource, addSource } from '../../../src/pipeline/collect/index.ts';
import { why } from '../../../src/pipeline/report/index.ts';
import type { IncomingEvent } from '../../../src/ports/chat.ts';
import type { ChannelInspection } from '../../../src/ports/platform.ts';
import { fakeChat } from '../../bot/support.ts';
import { article, fakeFeeds, fakePlatforms, squarePlatform } from '../../cli/support.ts';
import { fresh, signal, storeOfFile, type World, worldOver } from '../world.ts';

const here = storeOfFile();
const TEXT = 'The town plants 40 trees along the river, and the work begins in spring.';

interface Desk {
  world: World;
  sourceId: number;
  address: string;
  /** A message with these links arrives, is stored where it must be, and everything that follows is done. */
  says(links: string[], options?: { address?: string; messageId?: string }): Promise<void>;
  /** `end of the address: state` of every article of the chat, in the order they came. */
  fates(): Promise<string[]>;
  counts(): Promise<{ seen: number; posted: number; filtered: number; waiting: number; failed: number }>;
}

const refusals = new Map<string, FetchError>();
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});

/** A brand with a channel and a chat that it follows. */
async function openDesk(inspection?: ChannelInspection): Promise<Desk> {
  const chat = {
    ...fakeChat(),
    hears: async (address: string) => inspection ?? { title: `Desk of ${address}`, problems: [], notes: [] },
  };
  const feeds = {
    ...fakeFeeds({}),
    read: async (url: string) => {
      const refusal = [...refusals].find(([part]) => url.includes(part))?.[1];
      if (refusal) throw refusal;
      return article({ url, canonicalUrl: url.split('?')[0] ?? url, title: `About ${url}`, text: `${url} ${TEXT}` });
    },
  };
  const platforms = fakePlatforms([squarePlatform({ chat })], [{ name: 'circle', missing: 'set CIRCLE_TOKEN' }]);
  const world = await worldOver(here(), { ports: { platforms, feeds } });
  await world.channel({ auto: true });
  const bot = createBot(world.ports);
  const stop = new AbortController();
  void bot.listen(stop.signal);
  const address = `@${fresh('desk')}`;
  const wish = { brandId: world.brand.id, chat: { platform: 'square', address }, name: null, tags: ['tips'] };
  const { source } = await addChatSource(world.ports, wish, signal);
  return {
    world,
    sourceId: source.id,
    address,
    async says(links, { address: to = address, messageId = fresh('message') } = {}) {
      const event: IncomingEvent = { kind: 'links', address: to, messageId, links };
      await chat.arrive({ key: fresh('update'), at: world.ports.clock.now(), event });
      for (const id of await here().store.updates.waiting(10)) await bot.handle(id, signal);
      await world.flow();
    },
    async fates() {
      const rows = await here().sql(
        'SELECT article.url, fate.state FROM fate JOIN article ON article.id = article_id WHERE source_id = $1 ORDER BY fate.id',
        [source.id],
      );
      return rows.map((row) => `${row.url.split('/').at(-1)}: ${row.state}`);
    },
    async counts() {
      const sources = await here().store.sources.list(world.brand.id);
      const counts = sources.find(({ id }) => id === source.id)?.counts;
      if (counts === undefined) throw new Error('the source is not listed');
      return counts;
    },
  };
}
const link = (name = fresh('story')) => `https://paper.example/${name}`;

describe('a link that somebody puts into a chat', () => {
  test('becomes an article of that source, is written and posted, and why names the chat', async () => {
    const url = link();
    await desk.says([url]);
    expect(await desk.counts()).toEqual({ seen: 1, posted: 1, filtered: 0, waiting: 0, failed: 0 });
    const { events } = await why(desk.world.ports, desk.world.brand, url);
    expect(events[0]?.what).toContain(`forwarded in Square chat “Desk of ${desk.address}”`);
    const [listed] = await here().store.articles.list({ brandId: desk.world.brand.id, limit: 1 });
    expect(listed).toMatchObject({ guid: expect.stringContaining(url), url, publishedAt: expect.any(Date) });
  });

  test('again, or in another spelling, is one article', async () => {
    const url = link();
    await desk.says([url, `${url}?utm_source=chat`]);
    await desk.says([url]);
    expect(await desk.counts()).toMatchObject({ seen: 1, posted: 1 });
  });

  test('of a story that a feed of the brand brought is a duplicate', async () => {
    const { url, fateId } = await desk.world.story();
    await desk.world.ports.store.jobs.send([{ verb: 'write', fateId }]);
    await desk.world.flow();
    await desk.says([url]);
    expect(await desk.counts()).toMatchObject({ seen: 1, filtered: 1 });
  });

  test('meets the filters of its source', async () => {
    await here().store.sources.setFilter(desk.sourceId, { ...OPEN_FILTER, excludeWords: ['trees'] });
    await desk.says([link()]);
    expect(await desk.counts()).toMatchObject({ seen: 1, filtered: 1 });
  });

  test('whose page says that there is nothing fails with the reason; one that does not answer is tried for ten minutes', async () => {
    refusals.set('gone', new FetchError('status', 'There is nothing at this address.', { status: 404 }));
    refusals.set('down', new FetchError('unreachable', 'The server refused the connection.'));
    const [gone, down] = [link(fresh('gone')), link(fresh('down'))];
    await desk.says([gone, down]);
    expect(await desk.counts()).toEqual({ seen: 2, posted: 0, filtered: 0, waiting: 1, failed: 1 });
    expect((await why(desk.world.ports, desk.world.brand, gone)).verdict).toContain('There is nothing at this address');
    desk.world.ports.clock.advance(11 * MINUTE);
    const stored = await here().store.articles.byUrl(down);
    await here().store.jobs.send([{ verb: 'read', articleId: stored?.id as number }]);
    await desk.world.flow();
    expect(await desk.counts()).toMatchObject({ waiting: 0, failed: 2 });
  });

  test('of our own, without a web address, or beyond the tenth of a message is left out', async () => {
    await desk.says([
      'https://crier.example/r/abc',
      'https://CRIER.example/l/x',
      'javascript:alert(1)',
      'http://localhost/',
      '::',
    ]);
    expect(await desk.fates()).toEqual([]);
    await desk.says(Array.from({ length: 15 }, () => link()));
    expect((await desk.counts()).seen).toBe(10);
  });

  test('where nobody follows is not even stored, nor after the source is paused or removed', async () => {
    const stored = async () => (await here().sql('SELECT count(*)::int AS count FROM "update"'))[0].count;
    const before = await stored();
    await desk.says([link()], { address: '@elsewhere' });
    for (const state of ['paused', 'removed'] as const) {
      await here().store.sources.setState(desk.sourceId, state);
      await desk.says([link()]);
    }
    expect(await stored()).toBe(before);
    expect(await desk.fates()).toEqual([]);
  });

  test('is taken once, however often the platform sends the message', async () => {
    const messageId = fresh('message');
    const url = link();
    await desk.says([url], { messageId });
    await desk.says([url], { messageId });
    expect(await desk.counts()).toMatchObject({ seen: 1 });
  });
});

test('a chat is never polled', async () => {
  const { store, clock } = desk.world.ports;
  const feedId = (await store.sources.get(desk.sourceId))?.feed.id as number;
  clock.advance(100 * 24 * 60 * MINUTE);
  expect(await store.sources.activeFeeds(desk.world.brand.id)).not.toContain(feedId);
  expect(await store.sources.dueFeeds(clock.now(), 1000)).not.toContain(feedId);
  const claimed = await store.sources.claimDue(clock.now(), 1000);
  await store.sources.releaseFeeds(claimed.map(({ feed }) => feed.id));
  expect(claimed.map(({ feed }) => feed.id)).not.toContain(feedId);
});

describe('adding a chat', () => {
  const add = (chat: { platform: string; address: string }) =>
    addChatSource(desk.world.ports, { brandId: desk.world.brand.id, chat, name: null, tags: [] }, signal);

  test('twice is one source', async () => {
    expect(await add({ platform: 'square', address: desk.address.toUpperCase() })).toMatchObject({
      created: false,
      source: { id: desk.sourceId },
    });
  });

  test('that the bot does not hear is refused with what is missing and its cure', async () => {
    const problems = [{ problem: 'The bot is not in it.', cure: 'Add it.' }];
    await expect(openDesk({ title: 'Desk', problems, notes: [] })).rejects.toMatchObject({
      message: 'The bot is not in it.',
      cure: expect.stringContaining('Add it.'),
    });
  });

  test.each([
    [{ platform: 'circle', address: 'x' }, 'CIRCLE_TOKEN'],
    [{ platform: 'square', address: 'no-at' }, 'must begin with @'],
  ])('%j says why not', async (chat, said) => {
    await expect(add(chat)).rejects.toThrow(said);
  });

  test('that is an address of a feed stays one', async () => {
    await expect(
      addSource(
        desk.world.ports,
        { brandId: desk.world.brand.id, url: 'square.example', name: null, firstPosts: 1 },
        signal,
      ),
    ).rejects.toThrow('unexpected address https://square.example/');
  });
});
