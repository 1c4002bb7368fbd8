import { describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/domain/channel.ts';
import { DAY, HOUR } from '../../../src/lib/clock.ts';
import { FetchError } from '../../../src/lib/errors.ts';
import { addSource, collect } from '../../../src/pipeline/collect/index.ts';
import { why } from '../../../src/pipeline/report/index.ts';
import { approvePost } from '../../../src/pipeline/review/index.ts';
import { sweep } from '../../../src/pipeline/sweep.ts';
import type { ExtractedArticle, FeedEntry, Feeds } from '../../../src/ports/feeds.ts';
import { article } from '../../cli/support.ts';
import { entry, scriptedFeeds } from '../river.ts';
import { fresh, signal, storeOfFile, type World, worldOver } from '../world.ts';

const here = storeOfFile();

const SAID = 'The bridge opens on Monday. The town pays 40 million for it.';
const CORRECTED = 'The bridge opens on Monday. The town pays 55 million for it.';

interface Scene {
  world: World;
  url: string;
  /** The feed says this now, and the page that (the same unless given); then everything that follows is done. */
  say(entry: Partial<FeedEntry>, page?: Partial<ExtractedArticle> | Error): Promise<void>;
  /** The story's one post. */
  post(): Promise<NonNullable<Awaited<ReturnType<World['postsOf']>>[number]>>;
}

/** A story that was collected from a feed and its page, and written for one channel. */
async function scene(channel: Partial<Channel> = {}): Promise<Scene> {
  const slug = fresh('corrected');
  const script = { entries: [entry(slug, { text: SAID })] };
  let page: Partial<ExtractedArticle> | Error = { title: `About ${slug}`, text: SAID };
  const feeds: Feeds = {
    ...scriptedFeeds(script),
    read: async (url) => {
      if (page instanceof Error) throw page;
      return article({ url, ...page });
    },
  };
  const world = await worldOver(here(), { ports: { feeds } });
  await world.channel({ auto: false, ...channel });
  const { source } = await addSource(
    world.ports,
    { brandId: world.brand.id, url: `https://news.example/${fresh('f')}.xml`, name: null, firstPosts: 1 },
    signal,
  );
  await world.flow();
  const url = `https://news.example/${slug}`;
  const [stored] = await here().store.articles.list({ brandId: world.brand.id, limit: 1 });
  const posts = () => world.postsOf(stored?.id as number);
  return {
    world,
    url,
    async say(given, now = {}) {
      world.ports.clock.advance(HOUR);
      script.entries = [entry(slug, { text: SAID, ...given })];
      page = now instanceof Error ? now : { title: `About ${slug}`, text: given.text ?? SAID, ...now };
      await collect(world.ports, source.feed.id, signal);
      await world.flow();
    },
    async post() {
      const all = await posts();
      expect(all).toHaveLength(1);
      return all[0] as (typeof all)[number];
    },
  };
}

describe('an article that its feed and its page correct', () => {
  test('keeps its number, says what changed, and marks the post that was sent, without posting again', async () => {
    const { world, say, post, url } = await scene();
    const before = await post();
    await approvePost(world.ports, before.post.id, 'Anna');
    await world.flow();
    expect((await post()).delivery?.state).toBe('confirmed');
    await say({ text: CORRECTED });
    const after = await post();
    const at = world.ports.clock.now();
    expect(after.article).toMatchObject({ id: before.article.id, text: CORRECTED, correctedAt: at });
    expect(after.article.contentHash).not.toBe(before.article.contentHash);
    expect(after.article.corrections).toEqual([
      {
        at,
        formerTitle: null,
        formerHash: before.article.contentHash,
        gone: 'The town pays 40 million for it.',
        came: 'The town pays 55 million for it.',
        pageProblem: null,
      },
    ]);
    expect(after.post).toEqual({ ...before.post, ...after.post, text: before.post.text, articleCorrectedAt: at });
    expect(after).toMatchObject({ post: { state: 'approved' }, delivery: { state: 'confirmed' } });
    const story = await why(world.ports, world.brand, url);
    expect(story.verdict).toBe('Posted.');
    expect(story.events.map((event) => event.what).slice(-2)).toEqual([
      'the article was corrected: “The town pays 40 million for it.” is gone, “The town pays 55 million for it.” came',
      expect.stringMatching(/^post \d+ for square:.* was sent before the correction and stays as it is$/u),
    ]);
  });

  test('has a post that waits for review looked at again: the reason says so, and the gate marks what it claims', async () => {
    const { world, say, post } = await scene({ auto: false });
    const before = await post();
    expect(before.post).toMatchObject({ state: 'review', grounding: { ok: true } });
    await say({ text: CORRECTED });
    const { post: after } = await post();
    expect(after).toMatchObject({
      state: 'review',
      text: before.post.text,
      articleCorrectedAt: world.ports.clock.now(),
      reason: expect.stringMatching(/^the article was corrected: /u),
      grounding: { ok: false, failures: [expect.objectContaining({ span: '40' })] },
    });
    const approved = await approvePost(world.ports, after.id, 'Anna');
    expect(approved.articleCorrectedAt, 'a person has looked').toBeNull();
  });

  test('takes back a post that was approved and not sent yet', async () => {
    const { world, say, post } = await scene();
    const waiting = await post();
    await here().sql("UPDATE post SET planned_at = '2030-01-01' WHERE id = $1", [waiting.post.id]);
    await approvePost(world.ports, waiting.post.id, 'Anna');
    expect((await post()).delivery?.state).toBe('waiting');
    await say({ text: CORRECTED });
    expect(await post()).toMatchObject({
      post: { state: 'review', approvedBy: null, reason: expect.stringContaining('the article was corrected') },
      delivery: null,
    });
    await approvePost(world.ports, waiting.post.id, 'Anna');
    expect((await post()).delivery?.state).toBe('waiting');
  });

  test('stays what an automatic channel sent', async () => {
    const { world, say, post } = await scene({ auto: true });
    expect((await post()).delivery?.state).toBe('confirmed');
    await say({ text: CORRECTED });
    expect(await post()).toMatchObject({
      post: { state: 'approved', articleCorrectedAt: world.ports.clock.now() },
      delivery: { state: 'confirmed' },
    });
  });

  test('tells a changed title too, and a second correction after the first', async () => {
    const { say, post } = await scene();
    await say({ title: 'The bridge opens on Tuesday' }, { title: 'The bridge opens on Tuesday' });
    await say({ title: 'The bridge opens on Tuesday', text: CORRECTED }, { title: 'The bridge opens on Tuesday' });
    const { corrections = [] } = (await post()).article;
    expect(corrections.map((one) => [one.formerTitle?.slice(0, 5) ?? null, one.came])).toEqual([
      ['About', null],
      [null, 'The town pays 55 million for it.'],
    ]);
  });
});

describe('it is no correction', () => {
  test.each<[string, Partial<FeedEntry>]>([
    ['white space', { text: SAID.replaceAll(' ', '  ').replace('. ', '.\n\n') }],
    ['a number of comments', { text: `${SAID} (12 comments)` }],
    ['a stamp', { text: `${SAID}\nUpdated: 23 November 2026, 12:30` }],
    ['another guid', { guid: fresh('other-guid') }],
    ['another date', { publishedAt: new Date('2026-11-23T01:00:00Z') }],
  ])('when only %s changed', async (_, given) => {
    const { world, say, post } = await scene();
    await say(given);
    expect((await post()).article).toMatchObject({ correctedAt: null, corrections: [] });
    expect(
      (await world.sent()).filter((job) => job.verb === 'read'),
      'the page is not even read',
    ).toHaveLength(1);
  });

  test('when the feed words it otherwise and the page says the same', async () => {
    const { say, post } = await scene();
    await say({ text: 'Another teaser for the same story.' }, { text: SAID });
    expect((await post()).article).toMatchObject({ correctedAt: null, text: SAID });
  });
});

test('a later "updated" has the page read again: a correction when its text changed, none when it did not', async () => {
  const { say, post } = await scene();
  await say({ updatedAt: new Date('2026-11-23T10:00:00Z') }, { text: SAID });
  await say({ updatedAt: new Date('2026-11-23T11:00:00Z') }, { text: `${SAID} (3 comments)` });
  expect((await post()).article.correctedAt).toBeNull();
  await say({ updatedAt: new Date('2026-11-23T12:00:00Z') }, { text: CORRECTED });
  expect((await post()).article).toMatchObject({ text: CORRECTED, corrections: [expect.objectContaining({})] });
});

test('a page that cannot be read is tried again later, and the correction is found then', async () => {
  const { world, say, post } = await scene();
  await say({ text: CORRECTED }, new FetchError('unreachable', 'The server does not answer.'));
  expect((await post()).article.correctedAt).toBeNull();
  await sweep(world.ports);
  expect(
    (await world.sent()).filter((job) => job.verb === 'read'),
    'not at once',
  ).toHaveLength(2);
  world.ports.clock.advance(DAY);
  await say({ text: CORRECTED }, { text: CORRECTED });
  await sweep(world.ports);
  await world.flow();
  expect((await post()).article.text).toBe(CORRECTED);
});
