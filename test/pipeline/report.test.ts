import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { deliver } from '../../src/pipeline/deliver/index.ts';
import { followLink, takeEngagement } from '../../src/pipeline/measure/index.ts';
import { eraseLead, formFor, submitForm } from '../../src/pipeline/qualify/index.ts';
import { report, reportCsv, reportText } from '../../src/pipeline/report/index.ts';
import { approvePost, rejectPost } from '../../src/pipeline/review/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import type { PostView } from '../../src/ports/store/index.ts';
import { fakePlatforms, START, squarePlatform } from '../cli/support.ts';
import { entry } from './river.ts';
import { fresh, modelWriters, signal, storeOfFile, type World, worldOver } from './world.ts';

const here = storeOfFile();
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const form: Platform['form'] = (address) => ({
  ...squarePlatform().form(address),
  compose: ({ headline, link, callToAction, aiLabel }) => `${headline} ${link?.url} ${callToAction?.url}\n${aiLabel}`,
});

/**
 * Two days of a brand with two sources and two channels. 22 November: one article, posted on both channels. 23 November
 * (Riga): another one, posted on the first channel and rejected for the second; an article of the other source that
 * found no writer. Clicks on the first post: one on the 22nd, one on the 23rd half an hour after midnight in Riga, and
 * a bot's. A lead from each post of the first article.
 */
async function twoDays() {
  const writers = modelWriters(() => ({ costMicros: 500 }));
  let remote = 0;
  const platform = squarePlatform({
    form,
    publish: async () => ({ kind: 'confirmed', remoteId: `remote-${++remote}`, url: null }),
  });
  const world = await worldOver(here(), { ports: { writers, platforms: fakePlatforms([platform]) } });
  const { ports, brand } = world;
  const { clock } = ports;
  const { store } = here();
  const channels = [await world.channel(), await world.channel()];

  clock.set(new Date('2026-11-22T10:00:00Z'));
  const [one, two] = (await world.written({ title: 'The first story' })) as [PostView, PostView];
  for (const { post } of [one, two]) await send(world, post.id);
  await click(world, one);
  await click(world, one, 'TelegramBot (like TwitterBot)');
  clock.set(new Date('2026-11-22T22:30:00Z'));
  await click(world, one);

  clock.set(new Date('2026-11-23T10:00:00Z'));
  const [three, four] = (await world.written({ title: 'The second story' })) as [PostView, PostView];
  await send(world, three.post.id);
  await rejectPost(ports, four.post.id, 'Anna', 'not for them');
  const { source } = await store.sources.add(
    {
      brandId: brand.id,
      url: `https://other.example/${fresh('feed')}`,
      name: 'The other one',
      firstPosts: 1,
      sample: false,
    },
    clock.now(),
  );
  const [articleId = 0] = await store.articles.add([
    { feedId: source.feed.id, entry: entry(fresh('story')), seenAt: clock.now() },
  ]);
  await store.fates.add([
    {
      brandId: brand.id,
      sourceId: source.id,
      articleId,
      state: 'waiting',
      waitingFor: 'page',
      reason: null,
      changedAt: clock.now(),
    },
  ]);
  await takeEngagement(ports, 'square', {
    kind: 'engagement',
    address: one.channel.address,
    remoteId: 'remote-1',
    values: { reactions: 4, likes: 2, replies: 1, views: 100 },
  });
  const leads = [await answer(world, one, 'Anna'), await answer(world, two, 'Jānis')];
  return { world, ports, brand, channels, source, posts: [one, two, three, four] as const, leads };
}

async function send(world: World, postId: number) {
  await approvePost(world.ports, postId, 'Anna');
  const delivery = (await here().store.posts.view(postId))?.delivery;
  await deliver(world.ports, delivery?.id as number, signal);
}
async function linkOf({ post }: PostView, kind: 'article' | 'lead') {
  return (await here().store.posts.linksOf(post.id)).find((link) => link.kind === kind)?.code as string;
}
async function click(world: World, view: PostView, userAgent = BROWSER) {
  const hit = { method: 'GET', userAgent, purpose: null, address: null };
  await followLink(world.ports, await linkOf(view, 'article'), hit);
}
async function answer(world: World, view: PostView, name: string) {
  const code = await linkOf(view, 'lead');
  const wordingId = (await formFor(world.ports, code))?.wording.id as string;
  const { lead } = await submitForm(world.ports, code, {
    name,
    email: `${fresh('person')}@example.lv`,
    phone: '',
    message: '',
    agreed: true,
    wordingId,
  });
  return lead;
}

describe('the report of a small world', () => {
  test('counts what happened, in total and by source, channel, post, lead and day', async () => {
    const { ports, brand, world, channels, source, posts, leads } = await twoDays();
    const [one, two, three, four] = posts;
    const found = await report(ports, brand, 2);
    expect(found).toMatchObject({
      brand: 'Harbour Press',
      days: 2,
      from: new Date('2026-11-21T22:00:00Z'),
      to: ports.clock.now(),
      total: { articles: 3, posts: 4, delivered: 3, clicks: 2, leads: 2 },
      costMicros: 1000,
    });
    expect(found.sources).toEqual([
      {
        ...{ id: world.source.id, name: expect.any(String), articles: 2, posts: 4, delivered: 3, clicks: 2, leads: 2 },
        ...{ costMicros: 1000, perPostMicros: 250, perLeadMicros: 500 },
      },
      {
        ...{ id: source.id, name: 'The other one', articles: 1, posts: 0, delivered: 0, clicks: 0, leads: 0 },
        ...{ costMicros: 0, perPostMicros: null, perLeadMicros: null },
      },
    ]);
    expect(found.channels).toEqual([
      {
        id: channels[0]?.id,
        name: `square:${channels[0]?.address}`,
        articles: 2,
        posts: 2,
        delivered: 2,
        clicks: 2,
        leads: 1,
        ...{ costMicros: 500, perPostMicros: 250, perLeadMicros: 500 },
      },
      {
        id: channels[1]?.id,
        name: `square:${channels[1]?.address}`,
        articles: 2,
        posts: 2,
        delivered: 1,
        clicks: 0,
        leads: 1,
        ...{ costMicros: 500, perPostMicros: 250, perLeadMicros: 500 },
      },
    ]);
    expect(
      found.posts.map(({ id, state, delivered, clicks, otherHits, reactions, replies, leads: got }) => ({
        id,
        state,
        delivered,
        clicks,
        otherHits,
        reactions,
        replies,
        leads: got,
      })),
    ).toEqual([
      {
        id: four.post.id,
        state: 'rejected',
        delivered: false,
        clicks: 0,
        otherHits: 0,
        reactions: 0,
        replies: 0,
        leads: 0,
      },
      {
        id: three.post.id,
        state: 'confirmed',
        delivered: true,
        clicks: 0,
        otherHits: 0,
        reactions: 0,
        replies: 0,
        leads: 0,
      },
      {
        id: two.post.id,
        state: 'confirmed',
        delivered: true,
        clicks: 0,
        otherHits: 0,
        reactions: 0,
        replies: 0,
        leads: 1,
      },
      {
        id: one.post.id,
        state: 'confirmed',
        delivered: true,
        clicks: 2,
        otherHits: 1,
        reactions: 6,
        replies: 1,
        leads: 1,
      },
    ]);
    expect(found.leads).toEqual(
      [...leads].reverse().map((lead, index) =>
        expect.objectContaining({
          id: lead.id,
          name: ['Jānis', 'Anna'][index],
          stage: 'new',
          score: 20,
          articleTitle: 'The first story',
          postId: [two, one][index]?.post.id,
          channel: `square:${channels[1 - index]?.address}`,
        }),
      ),
    );
    expect(found.daily).toEqual([
      { day: '2026-11-22', delivered: 2, clicks: 1, leads: 0 },
      { day: '2026-11-23', delivered: 1, clicks: 1, leads: 2 },
    ]);
  });

  test('of one day leaves out the day before, but not what came of it today', async () => {
    const { ports, brand, posts } = await twoDays();
    const found = await report(ports, brand, 1);
    expect(found.total).toEqual({ articles: 2, posts: 2, delivered: 1, clicks: 1, leads: 2 });
    expect(found.daily).toEqual([{ day: '2026-11-23', delivered: 1, clicks: 1, leads: 2 }]);
    expect(found.posts.find((row) => row.id === posts[0].post.id)).toMatchObject({ clicks: 1, otherHits: 0, leads: 1 });
  });

  test('keeps counting a lead that was erased, without its name', async () => {
    const { ports, brand, leads } = await twoDays();
    await eraseLead(ports, leads[0]?.id as number);
    const found = await report(ports, brand, 2);
    expect(found.total.leads).toBe(2);
    expect(found.leads.map((lead) => lead.name)).toEqual(['Jānis']);
    expect(reportText(found)).not.toContain('Anna');
  });

  test('has nothing of another brand', async () => {
    await twoDays();
    const { ports, brand } = await worldOver(here());
    expect(await report(ports, brand, 30)).toMatchObject({
      total: { articles: 0, posts: 0, delivered: 0, clicks: 0, leads: 0 },
      posts: [],
      leads: [],
      channels: [],
    });
  });

  test('reads like this', async () => {
    const { ports, brand, channels, posts } = await twoDays();
    const text = reportText(await report(ports, brand, 2));
    expect(text).toContain('Harbour Press: the last 2 days (2026-11-22 – 2026-11-23)');
    for (const line of [/^Articles\s+3 /mu, /^Posts\s+4 /mu, /^Delivered\s+3 /mu, /^Clicks\s+2 /mu, /^Leads\s+2 /mu])
      expect(text).toMatch(line);
    expect(text).toContain('Cost $0.0010: texts $0.0010; $0.0003 a post, $0.0005 a lead');
    expect(text).toContain(`3 delivered → 2 clicks → 2 leads`);
    expect(text).toContain(`1 article → 0 posts → 0 delivered → 0 clicks → 0 leads  The other one`);
    expect(text).toContain(`square:${channels[0]?.address}: The first story (post ${posts[0].post.id})`);
    expect(text).toContain(
      `Anna, new, score 20, from “The first story” on square:${channels[0]?.address} (post ${posts[0].post.id})`,
    );
    expect(text).not.toMatch(/undefined|null|NaN/u);
  });
});

const EMPTY: Report = {
  brand: 'Harbour Press',
  days: 1,
  from: START,
  to: START,
  total: { articles: 0, posts: 0, delivered: 0, clicks: 0, leads: 0 },
  sources: [],
  channels: [],
  posts: [],
  leads: [],
  daily: [],
  costMicros: 0,
  costs: { writing: 0, questions: 0, publishing: 0, unpricedTokens: 0, perPostMicros: null, perLeadMicros: null },
};

test('an empty report reads well, too', () => {
  expect(reportText(EMPTY)).toMatch(/^Harbour Press: the last 1 day /u);
  expect(reportText(EMPTY)).not.toMatch(/undefined|null|NaN|Infinity|cost/u);
  expect(reportCsv(EMPTY).trim().split('\n')).toHaveLength(1);
});

test('no cell of the CSV can be a formula, whatever an article is called', () => {
  const titles = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    'fine, "quoted"\nand broken',
    '=HYPERLINK("http://evil","x")',
  ];
  const posts = titles.map((title, index) => ({
    id: index + 1,
    articleId: 1,
    title,
    url: 'https://news.example/a',
    channel: 'square:@a',
    state: 'confirmed',
    delivered: true,
    clicks: 1,
    otherHits: 0,
    reactions: 0,
    replies: 0,
    leads: 0,
    costMicros: null,
    source: '=1+1',
  }));
  const [header, ...rows] = cells(reportCsv({ ...EMPTY, posts }));
  expect(header).toEqual([
    'id',
    'articleId',
    'title',
    'url',
    'channel',
    'state',
    'delivered',
    'clicks',
    'otherHits',
    'reactions',
    'replies',
    'leads',
    'source',
    'cost',
  ]);
  expect(rows).toHaveLength(titles.length);
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/u.test(cell))).toEqual([]);
  expect(rows.map((row) => row[2]?.replace(/^'/u, ''))).toEqual(titles);
  expect(rows[0]?.slice(6, 8)).toEqual(['1', '1']);
});

/** The cells of a CSV text, by RFC 4180. */
function cells(csv: string): string[][] {
  const rows: string[][] = [];
  for (const match of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/gu)) {
    if (rows.length === 0 || rows.at(-1)?.at(-1) === '\n') rows.push([]);
    rows.at(-1)?.push((match[1] ?? match[2] ?? '').replaceAll('""', '"'));
    if (match[3] === '\n') rows.at(-1)?.push('\n');
  }
  return rows.map((row) => row.filter((cell) => cell !== '\n'));
}
