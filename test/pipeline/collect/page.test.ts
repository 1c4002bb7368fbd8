import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { readArticle } from '../../../src/pipeline/collect/index.ts';
import { why } from '../../../src/pipeline/report/index.ts';
import { type Newsroom, newsroom, rss } from './newsroom.ts';

const { signal } = new AbortController();
const words = 'The river rose in the night and the people of the town went up to the hill. '.repeat(8);
const html = (head: string) => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: `<html lang="en"><head><title>The river</title>${head}</head><body><article><p>${words}</p></article></body></html>`,
});

let room: Newsroom;
beforeAll(async () => {
  room = await newsroom();
  room.publish('/robots.txt', { status: 200, body: 'User-agent: *\nDisallow: /private/' });
});
afterAll(() => room.close());

/** Follows a feed of one item that leads to `link` and reads its page. */
async function collected(path: string, link: string) {
  room.publish(path, rss([{ title: `Of ${path}`, link: room.server.url + link, guid: path }]));
  const { feedId, sourceId } = await room.follow(path);
  await room.collect(feedId);
  const ports = { store: room.store, feeds: room.feeds, clock: room.clock, log: silentLog };
  const [row] = await room.sql('SELECT article_id FROM fate WHERE source_id = $1', [sourceId]);
  await readArticle(ports, row.article_id, signal);
  return { articleId: row.article_id as number, fates: await room.fates(sourceId), ports };
}

test('a page that robots.txt forbids: the feed’s own words stand in, and why says so', async () => {
  room.publish('/private/story', html(''));
  const { articleId, ports } = await collected('/feed-1', '/private/story');
  expect(await room.store.articles.get(articleId)).toMatchObject({
    title: 'Of /feed-1',
    textFrom: 'feed',
    pageProblem: expect.stringContaining('robots.txt asks machines not to read'),
  });
  const brand = await room.store.brands.default();
  const story = await why(ports, brand, `${room.server.url}/private/story`);
  expect(story.events.map(({ what }) => what).join()).toContain('robots.txt asks machines not to read this page');
});

test('a page whose site wants a pause is read later, and its article waits for it', async () => {
  const slow = await newsroom();
  slow.publish('/robots.txt', { status: 200, body: 'User-agent: *\nCrawl-delay: 20' });
  for (const name of ['/a', '/b']) slow.publish(name, html(''));
  slow.publish('/feed', rss(['/a', '/b'].map((name) => ({ title: name, link: slow.server.url + name, guid: name }))));
  const { feedId, sourceId } = await slow.follow('/feed', { firstPosts: 2 });
  await slow.collect(feedId);
  const ports = { store: slow.store, feeds: slow.feeds, clock: slow.clock, log: silentLog };
  const rows = await slow.sql('SELECT article_id FROM fate WHERE source_id = $1 ORDER BY id', [sourceId]);
  const [first, second] = rows.map((row) => row.article_id as number) as [number, number];
  await readArticle(ports, first, signal);
  const before = (await slow.jobs()).length;
  await readArticle(ports, second, signal);
  expect((await slow.store.articles.get(second))?.frozenAt).toBeNull();
  expect((await slow.fates(sourceId))[1]).toMatchObject({ state: 'waiting', reason: null });
  expect((await slow.jobs()).slice(before)).toEqual([{ verb: 'read', articleId: second }]);
  await slow.close();
});

test('an AMP page is the article that names it, before it is read and after', async () => {
  const { url } = room.server;
  room.publish('/story-about-the-river', html('<link rel="amphtml" href="/x?o=7">'));
  room.publish('/x', html('<link rel="canonical" href="/story-about-the-river">'));
  const { articleId } = await collected('/feed-2', '/story-about-the-river');
  // The page had named it: nobody needs to read the AMP page.
  expect((await room.store.articles.byUrl(`${url}/x?o=7`))?.id).toBe(articleId);
  expect((await room.store.articles.byUrl(`${url}/amp/story-about-the-river`))?.id).toBe(articleId);
  // Nobody had named this one: its own page does.
  const { fates } = await collected('/feed-3', '/x?o=8');
  expect(fates).toMatchObject([{ state: 'filtered', reason: expect.stringContaining('duplicate') }]);
});

test('a page can’t take another article’s address for its AMP page', async () => {
  room.publish('/news/the-first-of-them', html('<link rel="amphtml" href="/news/one-of-the-others">'));
  room.publish('/news/one-of-the-others', html(''));
  const other = await collected('/feed-4', '/news/one-of-the-others');
  const { articleId } = await collected('/feed-5', '/news/the-first-of-them');
  expect((await room.store.articles.byUrl(`${room.server.url}/news/one-of-the-others`))?.id).toBe(other.articleId);
  expect(articleId).not.toBe(other.articleId);
});
