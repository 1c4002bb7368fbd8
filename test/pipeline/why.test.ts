import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/domain/delivery.ts';
import { MINUTE } from '../../src/lib/clock.ts';
import { deliver, settleDelivery } from '../../src/pipeline/deliver/index.ts';
import { why } from '../../src/pipeline/report/index.ts';
import { approvePost, rejectPost, review } from '../../src/pipeline/review/index.ts';
import { write } from '../../src/pipeline/write/index.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { modelWriters, signal, storeOfFile, textsFor, type World, worldOver } from './world.ts';

const here = storeOfFile();

/** What Crier says of the article, as one text. */
async function told(world: World, url: string) {
  const story = await why(world.ports, world.brand, url);
  const times = story.events.map((event) => event.at.getTime());
  expect(times).toEqual(times.toSorted((left, right) => left - right));
  return { ...story, text: story.events.map((event) => event.what).join('\n') };
}
const answering = (outcome: Outcome) => ({
  platforms: fakePlatforms([squarePlatform({ publish: async () => outcome })]),
});

/** A story with one post that was sent. */
async function sent(ports: Parameters<typeof worldOver>[1]) {
  const world = await worldOver(here(), ports);
  const channel = await world.channel();
  const story = await world.story();
  await write(world.ports, story.fateId, signal);
  const [view] = await world.postsOf(story.articleId);
  const postId = view?.post.id as number;
  world.ports.clock.advance(MINUTE);
  await approvePost(world.ports, postId, 'Anna');
  world.ports.clock.advance(MINUTE);
  const delivery = (await here().store.posts.view(postId))?.delivery;
  await deliver(world.ports, delivery?.id as number, signal);
  return { world, story, channel, postId, deliveryId: delivery?.id as number };
}

describe('an article that', () => {
  test('was posted tells the whole way', async () => {
    const { world, story, channel, postId } = await sent({});
    const found = await told(world, story.url);
    expect(found).toMatchObject({ known: true, verdict: 'Posted.', url: story.url });
    expect(found.events.map((event) => event.what)).toEqual([
      expect.stringMatching(/^seen in .*: About story/u),
      expect.stringMatching(/^its page was read: \d+ characters, language en$/u),
      `post ${postId} for square:${channel.address} written by offline`,
      `post ${postId} for square:${channel.address} approved by Anna`,
      `post ${postId} for square:${channel.address}: sent, confirmed`,
      `post ${postId} for square:${channel.address} is there: https://square.example/1`,
    ]);
  });

  test.each(['?utm_source=mail', '#comments', '/'])(
    'is asked for with %j behind its address is found',
    async (tail) => {
      const { world, story } = await sent({});
      expect((await told(world, `${story.url}${tail}`)).verdict).toBe('Posted.');
    },
  );

  test.each([
    ['writer', async () => {}, 'Waiting for the writer.'],
    [
      'channel',
      async (world: World, fateId: number) => write(world.ports, fateId, signal),
      'Waiting for the channel (no channel is connected: crier channel add).',
    ],
    [
      'review',
      async (world: World, fateId: number) => {
        await world.channel();
        await write(world.ports, fateId, signal);
      },
      'Waiting for the review (waits for a person to approve).',
    ],
  ])('waits for the %s says so', async (_, happens, verdict) => {
    const world = await worldOver(here());
    const story = await world.story();
    await happens(world, story.fateId);
    expect((await told(world, story.url)).verdict).toBe(verdict);
  });

  test('claims too much says what', async () => {
    const writers = modelWriters((request) => ({ texts: textsFor(request, 'They plant 9000 trees.') }));
    const world = await worldOver(here(), { ports: { writers } });
    await world.channel({ auto: true });
    const story = await world.story();
    await write(world.ports, story.fateId, signal);
    const [view] = await world.postsOf(story.articleId);
    await review(world.ports, view?.post.id as number);
    expect((await told(world, story.url)).text).toContain('written by clever-1, claims beyond the article: 9000');
  });

  test('is unclear says that nobody knows, and later who settled it', async () => {
    const { world, story, deliveryId } = await sent({
      ports: answering({ kind: 'unclear', reason: 'No answer in time.' }),
    });
    const before = await told(world, story.url);
    expect(before.verdict).toBe(
      'Waiting for the delivery (unclear: a platform did not say whether the post is there).',
    );
    expect(before.text).toContain('sent, unclear (No answer in time.)');
    await settleDelivery(world.ports, deliveryId, { kind: 'drop' }, 'Anna');
    expect((await told(world, story.url)).verdict).toBe('Filtered (person: every post was rejected or dropped).');
  });

  test('no platform took says why', async () => {
    const { world, story } = await sent({
      ports: answering({ kind: 'rejected', reason: 'Too many links.', cure: 'Take one out.', channelTrouble: false }),
    });
    const found = await told(world, story.url);
    expect(found.verdict).toBe('Failed (rejected by every platform).');
    expect(found.text).toContain('sent, rejected (Too many links. Take one out.)');
  });

  test('a person rejected says who and why', async () => {
    const world = await worldOver(here());
    await world.channel();
    const story = await world.story();
    await write(world.ports, story.fateId, signal);
    const [view] = await world.postsOf(story.articleId);
    await rejectPost(world.ports, view?.post.id as number, 'Anna', 'not our topic');
    const found = await told(world, story.url);
    expect(found.verdict).toBe('Filtered (person: every post was rejected or dropped).');
    expect(found.text).toContain('rejected by Anna: not our topic');
  });

  test('two sources carry is posted when it is posted for one of them', async () => {
    const { world, story } = await sent({});
    const { store } = here();
    const { source } = await store.sources.add(
      { brandId: world.brand.id, url: `${story.url}/feed`, name: 'The copy', firstPosts: 1, sample: false },
      world.ports.clock.now(),
    );
    const { brandId, articleId } = { brandId: world.brand.id, articleId: story.articleId };
    const [fateId = 0] = await store.fates.add([
      {
        brandId,
        articleId,
        sourceId: source.id,
        state: 'waiting',
        waitingFor: 'writer',
        reason: null,
        changedAt: world.ports.clock.now(),
      },
    ]);
    await write(world.ports, fateId, signal);
    const found = await told(world, story.url);
    expect(found.verdict).toBe('Posted.');
    expect(found.text).toContain('The copy: About');
    expect(found.text).toContain('filtered for The copy by duplicate');
    expect(await world.postsOf(articleId)).toHaveLength(1);
  });

  test('a rule filtered names the rule', async () => {
    const world = await worldOver(here());
    await world.channel();
    const story = await world.story();
    await here().store.sources.setState(world.source.id, 'removed');
    await write(world.ports, story.fateId, signal);
    const found = await told(world, story.url);
    expect(found.verdict).toMatch(/^Filtered \(source-removed: /u);
    expect(found.text).toContain('a removed source by source-removed');
  });
});

describe('an article that was never seen', () => {
  const NEVER = 'https://elsewhere.example/never';

  test('is told from what is known of the sources', async () => {
    const world = await worldOver(here());
    expect(await told(world, NEVER)).toMatchObject({
      known: false,
      verdict: 'Not in any source. None has been polled yet.',
      events: [],
    });
    const feed = world.source.feed;
    await here().store.sources.saveFeed({ ...feed, lastGoodAt: world.ports.clock.now() });
    expect((await told(world, NEVER)).verdict).toBe(
      'Not in any source. The last good poll was at 2026-11-23T10:00:00.000Z.',
    );
    await here().store.sources.setState(world.source.id, 'removed');
    expect((await told(world, NEVER)).verdict).toBe('Not in any source: there are no sources yet.');
  });

  test('because another brand follows its source is unknown to this one', async () => {
    const [mine, theirs] = [await worldOver(here()), await worldOver(here())];
    const story = await theirs.story();
    expect((await told(mine, story.url)).known).toBe(false);
    expect((await told(theirs, story.url)).known).toBe(true);
  });

  test.each(['', 'not an address', 'javascript:alert(1)', `https://news.example/${'x'.repeat(5000)}`])(
    'whatever is asked for: %j',
    async (url) => {
      const world = await worldOver(here());
      expect((await told(world, url)).known).toBe(false);
    },
  );
});
