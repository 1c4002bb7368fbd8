import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFeeds } from '../../../src/feeds/index.ts';
import { type SettableClock, settableClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { type CollectSummary, collect } from '../../../src/pipeline/collect/index.ts';
import type { Settings } from '../../../src/ports/app.ts';
import type { Feeds } from '../../../src/ports/feeds.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { type Route, serve, type TestServer } from '../../feeds/server.ts';
import { type TestStore, testStore } from '../../support/database.ts';

export const NOON = new Date('2026-11-23T12:00:00.000Z');

/** An item of RSS; what is left out the feed doesn't have. */
export interface Item {
  title?: string;
  link?: string;
  guid?: string;
  date?: string;
  text?: string;
}

/** An RSS document. `channel`: further elements of its head. */
export function rss(items: readonly Item[], channel = ''): string {
  const element = (name: string, value: string | undefined) =>
    value === undefined ? '' : `<${name}>${value}</${name}>`;
  const list = items.map(
    ({ title, link, guid, date, text }) =>
      `<item>${element('title', title)}${element('link', link)}${element('guid', guid)}${element('pubDate', date)}${element('description', text)}</item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>News</title>${channel}${list.join('')}</channel></rss>`;
}

/** What an address answers from now on; a string is a good feed. */
export type Answer = string | { status: number; headers?: Record<string, string>; body?: string };

/** A real feed server whose answers change, a store on a real database, and feeds between them. */
export interface Newsroom extends TestStore {
  feeds: Feeds;
  settings: Settings;
  clock: SettableClock;
  server: TestServer;
  publish(path: string, answer: Answer): void;
  /** Follows the feed at `path`; its number. */
  follow(
    path: string,
    given?: { brandId?: number; firstPosts?: number },
  ): Promise<{ feedId: number; sourceId: number }>;
  collect(feedId: number): Promise<CollectSummary | null>;
  /** `url state reason` of every fate of the source, in the order they came. */
  fates(sourceId: number): Promise<{ url: string; state: string; reason: string | null }[]>;
}

/** `reach`: further hosts on this machine that its feeds may name. */
export async function newsroom(reach: readonly string[] = []): Promise<Newsroom> {
  const answers = new Map<string, Answer>();
  const server = await serve(
    new Proxy({} as Record<string, Route>, {
      get: (_, path) => (request: IncomingMessage, response: ServerResponse) => {
        const answer = answers.get(String(path));
        const { status, headers, body } =
          typeof answer === 'string' ? { status: 200, headers: {}, body: answer } : (answer ?? { status: 404 });
        const etag = headers?.etag;
        if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
        else response.writeHead(status, { 'content-type': 'application/rss+xml', ...headers }).end(body ?? '');
      },
    }),
  );
  const feeds = createFeeds({ allowPrivate: [server.host, ...reach], userAgent: 'Crier/test', log: silentLog });
  const store = await testStore();
  const clock = settableClock(NOON);
  const ports = { store: store.store, feeds, clock, log: silentLog };
  return {
    ...store,
    feeds,
    settings: { publicUrl: 'https://crier.example', publicUrlIsSet: true, version: '0.0.0-test' },
    clock,
    server,
    publish: (path, answer) => void answers.set(path, answer),
    follow: (path, given) => follow(store.store, server.url + path, clock.now(), given),
    collect: (feedId) => collect(ports, feedId, new AbortController().signal),
    fates: (sourceId) =>
      store.sql(
        'SELECT article.url, fate.state, fate.reason FROM fate JOIN article ON article.id = article_id WHERE source_id = $1 ORDER BY fate.id',
        [sourceId],
      ),
    close: async () => {
      await feeds.close();
      await server.close();
      await store.close();
    },
  };
}

async function follow(store: Store, url: string, now: Date, given: { brandId?: number; firstPosts?: number } = {}) {
  const brandId = given.brandId ?? (await store.brands.default()).id;
  const wish = { brandId, url, name: null, firstPosts: given.firstPosts ?? 1, sample: false };
  const { source } = await store.sources.add(wish, now);
  return { feedId: source.feed.id, sourceId: source.id };
}
