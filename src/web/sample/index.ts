import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { after, type Clock, HOUR, SECOND } from '../../lib/clock.ts';
import type { SampleArticle } from './article.ts';
import { sampleArticles } from './articles/index.ts';
import { sampleFeed } from './feed.ts';
import { sampleFrontPage, samplePage } from './page.ts';

/** Where the sample feed is found below the address of the web server. */
export const SAMPLE_FEED_PATH = '/sample/feed.xml';

/**
 * The built-in sample source: five articles and their feed under /sample, with ETag, Last-Modified and 304.
 * Their dates are counted back from the instant this is called; guids never change.
 */
export function sampleApp(clock: Clock): Hono {
  const start = Math.floor(clock.now().getTime() / SECOND) * SECOND;
  const published = (article: SampleArticle) => after(new Date(start), -article.hoursAgo * HOUR);
  const css = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
  const newest = new Date(Math.max(...sampleArticles.map((article) => published(article).getTime())));
  const app = new Hono();
  app.get('/sample', (c) => page(c, `${sampleFrontPage(sampleArticles, originOf(c))}`, 'text/html', newest));
  app.get('/sample/style.css', (c) => page(c, css, 'text/css', newest));
  app.get(SAMPLE_FEED_PATH, (c) =>
    page(c, sampleFeed(sampleArticles, originOf(c), published), 'application/rss+xml', newest),
  );
  app.get('/sample/articles/:slug', (c) => {
    const article = sampleArticles.find((one) => one.slug === c.req.param('slug'));
    if (article === undefined) return c.notFound();
    return page(c, `${samplePage(article, originOf(c), published(article))}`, 'text/html', published(article));
  });
  return app;
}

/** As the reader reached it: the feed must name addresses that whoever fetched it can fetch too. */
function originOf(c: Context): string {
  return new URL(c.req.url).origin;
}

function page(c: Context, body: string, type: string, modified: Date): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    etag,
    'last-modified': modified.toUTCString(),
    'cache-control': 'no-cache',
  };
  const asked = c.req.header('if-none-match');
  const since = c.req.header('if-modified-since');
  const unchanged =
    asked !== undefined
      ? asked.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === etag || tag.trim() === '*')
      : since !== undefined && Date.parse(since) >= modified.getTime();
  return unchanged ? c.body(null, 304, headers) : c.body(body, 200, headers);
}
