import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededRandom } from './random.ts';

export interface ServedArticle {
  slug: string;
  title: string;
  paragraphs: string[];
  language?: string;
  publishedAt?: Date;
}

export interface FeedServer {
  url: string;
  feedUrl: string;
  /** host:port, for FETCH_ALLOW_PRIVATE. */
  host: string;
  /** Articles that the feed carries, newest last. */
  articles: ServedArticle[];
  /** The feed's Link header; null = none. */
  link: string | null;
  /** Requests so far, path and time. */
  requests: { path: string; at: number }[];
  close(): Promise<void>;
}

const escapeXml = (text: string) => text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');

/** An RSS feed with article pages, on loopback. */
export async function startFeedServer(articles: ServedArticle[] = []): Promise<FeedServer> {
  const requests: { path: string; at: number }[] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, at: performance.now() });
    if (path === '/feed.xml') {
      response.writeHead(200, {
        'content-type': 'application/rss+xml; charset=utf-8',
        ...(served.link === null ? {} : { link: served.link }),
      });
      response.end(
        `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Test news</title><link>${base()}/</link><description>News for a test</description>${articles
          .map(
            (article) =>
              `<item><title>${escapeXml(article.title)}</title><link>${base()}/${article.slug}</link><guid isPermaLink="false">${article.slug}</guid>${article.publishedAt ? `<pubDate>${article.publishedAt.toUTCString()}</pubDate>` : ''}<description>${escapeXml(article.paragraphs[0] ?? '')}</description></item>`,
          )
          .join('')}</channel></rss>`,
      );
      return;
    }
    const article = articles.find((one) => `/${one.slug}` === path);
    if (article === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><html lang="${article.language ?? 'en'}"><head><title>${escapeXml(article.title)}</title></head><body><article><h1>${escapeXml(article.title)}</h1>${article.paragraphs.map((text) => `<p>${escapeXml(text)}</p>`).join('')}</article></body></html>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const base = () => `http://127.0.0.1:${port}`;
  const served: FeedServer = {
    link: null,
    url: base(),
    feedUrl: `${base()}/feed.xml`,
    host: `127.0.0.1:${port}`,
    articles,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return served;
}

const WHO = 'council bakery harbour library museum school theatre hospital factory farm brewery orchestra'.split(' ');
const WHAT = 'trees benches lamps bicycles windows bridges gardens boats ovens shelves engines carpets'.split(' ');
const WHERE = 'river station market castle forest beach square tunnel chapel stadium mill lighthouse'.split(' ');
const DOES = 'plants paints repairs counts moves sells borrows collects measures names visits rebuilds'.split(' ');
const WHEN = 'spring summer autumn winter Monday Tuesday Wednesday Thursday Friday Saturday Sunday tomorrow'.split(' ');

/** `count` articles of different words: a detector of copies finds none among them. The same number is the same story. */
export function manyArticles(count: number): ServedArticle[] {
  return Array.from({ length: count }, (_, index) => {
    const random = seededRandom(index + 1);
    const pick = (words: string[]) => words[Math.floor(random() * words.length)] as string;
    const sentence = () =>
      `The ${pick(WHO)} near the ${pick(WHERE)} ${pick(DOES)} ${10 + Math.floor(random() * 90)} ${pick(WHAT)} before ${pick(WHEN)}, and the ${pick(WHO)} ${pick(DOES)} what is left of the ${pick(WHAT)}.`;
    return {
      slug: `story-${index + 1}`,
      title: `Story number ${index + 1} of the test`,
      paragraphs: Array.from({ length: 3 }, () => `${sentence()} ${sentence()}`),
    };
  });
}
