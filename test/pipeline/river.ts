import { NO_WISHES } from '../../src/domain/polling.ts';
import { type SettableClock, settableClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { jobHandler } from '../../src/pipeline/index.ts';
import type { Ports } from '../../src/ports/app.ts';
import type { FeedEntry, Feeds, PollAnswer } from '../../src/ports/feeds.ts';
import type { Job } from '../../src/ports/queue.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { article, fakeFeeds, fakePlatforms, fakeWriters, START, squarePlatform } from '../cli/support.ts';

export interface River {
  ports: Ports & { clock: SettableClock };
  /** Does the jobs that wait, and those they make, one after the other. A job that throws is dropped, as if it waited for its retry. */
  flow(): Promise<void>;
}

/** The verbs over a real store and whatever fakes a test gives, with a queue that works when it is told to. */
export async function riverOver(
  { store, jobs }: { store: Store; jobs(): Promise<Job[]> },
  given: Partial<Ports> = {},
): Promise<River> {
  const ports = {
    store,
    feeds: fakeFeeds({}),
    writers: fakeWriters(),
    platforms: fakePlatforms([squarePlatform()]),
    log: silentLog,
    settings: { publicUrl: 'https://crier.example', publicUrlIsSet: true, version: '1.2.3' },
    ...given,
    clock: settableClock(START),
  };
  const handle = jobHandler(ports, async () => {});
  const { signal } = new AbortController();
  // What earlier tests of the file left in the queue is theirs.
  let done = (await jobs()).length;
  return {
    ports,
    async flow() {
      for (let all = await jobs(); done < all.length; all = await jobs()) {
        await handle(all[done++] as Job, signal).catch(() => {});
      }
    },
  };
}

/** An entry of a feed. */
export function entry(slug: string, given: Partial<FeedEntry> = {}): FeedEntry {
  return {
    guid: slug,
    url: `https://news.example/${slug}`,
    title: `About ${slug}`,
    text: `The town speaks about ${slug} today.`,
    author: null,
    publishedAt: new Date('2026-11-22T08:00:00Z'),
    imageUrl: null,
    language: 'en',
    ...given,
  };
}

/** Feeds that answer each poll with what the test put there; pages are read from the entries unless `pages` fails them. */
export function scriptedFeeds(script: {
  entries: FeedEntry[];
  failure?: Error | null;
  pageFailure?: Error | null;
  canonical?: Record<string, string>;
}): Feeds & { polls: { etag: string | null }[] } {
  const polls: { etag: string | null }[] = [];
  return {
    polls,
    async poll({ url, etag }): Promise<PollAnswer> {
      polls.push({ etag });
      if (script.failure) throw script.failure;
      return {
        kind: 'changed',
        feed: { kind: 'rss', title: 'News', language: 'en', siteUrl: null },
        entries: script.entries,
        etag: '"1"',
        lastModified: null,
        url,
        wishes: NO_WISHES,
        freshMs: 0,
        movedTo: null,
      };
    },
    askHub: async () => {},
    async read(url, hint) {
      if (script.pageFailure) throw script.pageFailure;
      return article({
        url,
        canonicalUrl: script.canonical?.[url] ?? url,
        title: hint?.title ?? url,
        text: `${hint?.text} The page says more.`,
      });
    },
    fromEntry: (one, pageProblem) =>
      article({ url: one.url, canonicalUrl: one.url, title: one.title, text: one.text, textFrom: 'feed', pageProblem }),
  };
}
