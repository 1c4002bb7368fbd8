import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFeeds } from '../../src/feeds/index.ts';
import { isAllowed, parseRobots } from '../../src/feeds/robots-file.ts';
import { DAY, settableClock } from '../../src/lib/clock.ts';
import { FetchError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { type Route, serve, type TestServer } from './server.ts';

const signal = new AbortController().signal;
const html = (body: string): Route => ({ body, headers: { 'content-type': 'text/html', etag: '"list"' } });

const NEWS = `<html lang="lv"><head><title>Upes ziņas</title></head><body>
<nav><a href="/sports/jaunakas-zinas-par-sportu">Visas jaunākās ziņas par sportu</a></nav>
<main><article><a href="/2026/11/23/upe"><img src="/a.jpg"></a><h2><a href="/2026/11/23/upe#top">Upe naktī izgāja no krastiem</a></h2></article>
<article><h2><a href="/zinas/tilts-izturejis-lielo-udeni?utm_source=front">Tilts ir izturējis lielo ūdeni</a></h2><time datetime="2026-11-22T10:00:00Z"></time></article>
<div><a href="https://news.127.0.0.1.example/x-y-z">Kāda cita vietne ar garu virsrakstu</a></div>
<div><a href="/raksti/12345">Aizsprosts tiks pārbūvēts vasarā</a> <a href="/raksti/12345">Lasīt vairāk</a></div>
<a href="/category/politics-and-more">Viss par politiku un vēl vairāk</a></main>
<footer><a href="/par-mums-un-musu-darbu">Par mums un mūsu darbu šeit</a></footer></body></html>`;

const SITEMAP = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://river.example/about</loc></url>
<url><loc>https://river.example/news/the-dam-will-be-rebuilt.html</loc><lastmod>2026-11-20</lastmod></url>
<url><loc>https://river.example/n/1?a=1&amp;b=2</loc><news:news><news:publication><news:name>River</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-23T06:00:00Z</news:publication_date><news:title><![CDATA[The river rose & fell]]></news:title></news:news></url></urlset>`;

const routes: Record<string, Route> = {
  '/news': html(NEWS),
  '/private/news': html(NEWS),
  '/form': html('<html><body><form><a href="/a-b-c-d">Forgotten your password for this site?</a></form></body></html>'),
  '/sitemap.xml': SITEMAP,
  '/index.xml':
    '<sitemapindex><sitemap><loc>/pages.xml</loc><lastmod>2026-11-23</lastmod></sitemap><sitemap><loc>/sitemap-news.xml</loc></sitemap></sitemapindex>',
  '/sitemap-news.xml': SITEMAP,
  '/robots.txt': { body: 'User-agent: *\nDisallow: /private/\n', headers: { 'content-type': 'text/plain' } },
};

const clock = settableClock(new Date('2026-11-23T12:00:00Z'));
let server: TestServer;
let feeds: ReturnType<typeof createFeeds>;
beforeAll(async () => {
  server = await serve(routes);
  feeds = createFeeds({ allowPrivate: [server.host], userAgent: 'CrierTest/1', log: silentLog, clock });
});
afterAll(async () => {
  await feeds.close();
  await server.close();
});
const poll = async (path: string) => {
  const answer = await feeds.poll({ url: `${server.url}${path}`, etag: null, lastModified: null }, signal);
  if (answer.kind !== 'changed') throw new Error('unchanged');
  return answer;
};
const robotsAsked = () => server.requests.filter(({ url }) => url === '/robots.txt').length;

describe('a news page without a feed', () => {
  test('is the list of the articles that it leads to', async () => {
    const { feed, entries, etag } = await poll('/news');
    expect(feed).toMatchObject({ kind: 'page', title: 'Upes ziņas', language: 'lv' });
    expect(etag).toBe('"list"');
    expect(entries.map(({ url, title }) => [url.replace(server.url, ''), title])).toEqual([
      ['/2026/11/23/upe', 'Upe naktī izgāja no krastiem'],
      ['/zinas/tilts-izturejis-lielo-udeni?utm_source=front', 'Tilts ir izturējis lielo ūdeni'],
      ['/raksti/12345', 'Aizsprosts tiks pārbūvēts vasarā'],
    ]);
    expect(entries.map(({ publishedAt }) => publishedAt?.toISOString() ?? null)).toEqual([
      '2026-11-23T00:00:00.000Z',
      '2026-11-22T10:00:00.000Z',
      null,
    ]);
  });

  test('that robots.txt keeps machines from is not taken, and robots.txt is asked once a day', async () => {
    await poll('/news');
    const asked = robotsAsked();
    const thrown = await poll('/private/news').catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(FetchError);
    expect(thrown).toMatchObject({ kind: 'blocked', message: expect.stringContaining('robots.txt') });
    expect(robotsAsked()).toBe(asked);
    clock.advance(DAY + 1);
    await poll('/news');
    expect(robotsAsked()).toBe(asked + 1);
  });

  test('that lists nothing is no source', async () => {
    await expect(poll('/form')).rejects.toMatchObject({ kind: 'not-a-feed' });
  });
});

describe('a sitemap', () => {
  const expected = [
    {
      url: 'https://river.example/n/1?a=1&b=2',
      title: 'The river rose & fell',
      language: 'en',
      publishedAt: new Date('2026-11-23T06:00:00Z'),
    },
    {
      url: 'https://river.example/news/the-dam-will-be-rebuilt.html',
      title: 'the dam will be rebuilt',
      publishedAt: null,
    },
  ];
  test('is its articles, latest first', async () => {
    const { feed, entries } = await poll('/sitemap.xml');
    expect(feed.kind).toBe('sitemap');
    expect(entries).toMatchObject(expected);
  });
  test('is found through an index, news first', async () => {
    const { url, entries } = await poll('/index.xml');
    expect(url).toBe(`${server.url}/sitemap-news.xml`);
    expect(entries).toMatchObject(expected);
  });
});

describe('robots.txt (RFC 9309)', () => {
  test.each([
    ['User-agent: *\nDisallow: /', '/news', false],
    ['', '/news', true],
    ['User-agent: *\nDisallow:', '/news', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: Crier\nDisallow: /private', '/news', true],
    ['User-agent: other\nUser-agent: crier/1.0\nDisallow: /news', '/news/1', false],
    ['User-agent: *\nDisallow: /news\nAllow: /news/open', '/news/open/1', true],
    ['User-agent: *\nAllow: /news\nDisallow: /news', '/news', true],
    ['User-agent: *\nDisallow: /*.php$', '/a/b.php', false],
    ['User-agent: *\nDisallow: /*.php$', '/a/b.php?x=1', true],
    ['User-agent: *\nDisallow: /a*b*c', '/a1b2c3', false],
    ['User-agent: *\nDisallow: /zi%c5%86as', '/zi%C5%86as/1', false],
    ['User-agent: a\nDisallow: /x\nUser-agent: *\nDisallow: /y # why', '/y', false],
    ['Disallow: /', '/news', true],
  ])('%j on %s: %s', (text, path, allowed) => {
    expect(isAllowed(parseRobots(text).rules, path)).toBe(allowed);
  });
});
