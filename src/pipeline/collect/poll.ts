import { type Fate, FILTERED } from '../../domain/article.ts';
import { afterPoll, type PollResult, type Source } from '../../domain/source.ts';
import { FetchError, messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { FeedEntry, PollAnswer } from '../../ports/feeds.ts';
import type { Job } from '../../ports/queue.ts';
import type { KnownArticle, Tables } from '../../ports/store.ts';
import { toWriter } from './to-writer.ts';

export interface CollectSummary {
  entries: number;
  /** Articles that no feed had carried before. */
  added: number;
  problem: string | null;
}

type CollectPorts = Pick<Ports, 'store' | 'feeds' | 'clock' | 'log'>;

/**
 * Polls one feed and records every entry it has not seen, with its fate for each source that follows, in one
 * transaction together with the feed's new state: a crash loses nothing. Safe to run twice; null when the feed is
 * not to be polled (gone, unfollowed, or being polled by a living process).
 */
export async function collect(
  ports: CollectPorts,
  feedId: number,
  signal: AbortSignal,
): Promise<CollectSummary | null> {
  const { store, feeds, clock, log } = ports;
  if (!(await store.sources.claimFeed(feedId))) return null;
  try {
    const feed = await store.sources.getFeed(feedId);
    const sources = await store.sources.following(feedId);
    if (feed === null || feed.state === 'gone' || sources.length === 0) return null;
    // A source that has not begun needs the entries themselves, so the server must not answer "unchanged".
    const conditional = sources.every((source) => source.startedAt !== null);
    let answer: PollAnswer;
    try {
      answer = await feeds.poll(
        { url: feed.url, etag: conditional ? feed.etag : null, lastModified: conditional ? feed.lastModified : null },
        signal,
      );
    } catch (error) {
      if (signal.aborted) throw error;
      const result = failure(error);
      await store.sources.saveFeed(afterPoll(feed, result, clock.now()));
      log.warn({ feedId, reason: messageOf(error) }, 'feed poll failed');
      return { entries: 0, added: 0, problem: result.reason };
    }
    if (answer.kind === 'unchanged') {
      await store.sources.saveFeed(afterPoll(feed, { kind: 'unchanged' }, clock.now()));
      return { entries: 0, added: 0, problem: null };
    }
    const entries = distinct(answer.entries);
    const now = clock.now();
    const added = await store.transaction(async (tables) => {
      const count = await record(tables, feedId, sources, entries, now);
      await tables.sources.saveFeed(
        afterPoll(
          feed,
          {
            kind: 'changed',
            title: answer.feed.title,
            feedKind: answer.feed.kind,
            language: answer.feed.language,
            siteUrl: answer.feed.siteUrl,
            etag: answer.etag,
            lastModified: answer.lastModified,
          },
          now,
        ),
      );
      return count;
    });
    if (added > 0) log.info({ feedId, entries: entries.length, added }, 'articles collected');
    return { entries: entries.length, added, problem: null };
  } finally {
    await store.sources.releaseFeed(feedId);
  }
}

/** Stores the new entries and gives each one its fate for every source; returns how many articles were new. */
async function record(
  tables: Tables,
  feedId: number,
  sources: readonly Source[],
  entries: readonly FeedEntry[],
  now: Date,
): Promise<number> {
  const known = await tables.articles.known(feedId, entries);
  const fresh = entries.filter((_, index) => !known.has(index));
  const freshIds = await tables.articles.add(fresh.map((entry) => ({ feedId, entry, seenAt: now })));
  const articles: KnownArticle[] = [];
  let next = 0;
  for (const index of entries.keys()) {
    articles.push(known.get(index) ?? { articleId: freshIds[next++] as number, sighted: false, frozen: false });
  }
  await tables.articles.sight(
    feedId,
    entries.flatMap((entry, index) => {
      const article = articles[index] as KnownArticle;
      return article.sighted ? [] : [{ articleId: article.articleId, guid: entry.guid, url: entry.url }];
    }),
    now,
  );
  const newest = newestFirst(entries);
  const fates: Omit<Fate, 'id'>[] = [];
  for (const source of sources) {
    const begins = source.startedAt === null;
    const posted = new Set(begins ? newest.slice(0, source.firstPosts) : entries.keys());
    for (const [index, article] of articles.entries()) {
      if (article.sighted && !begins) continue;
      fates.push({
        brandId: source.brandId,
        sourceId: source.id,
        articleId: article.articleId,
        ...(posted.has(index)
          ? {
              state: 'waiting' as const,
              waitingFor: article.frozen ? ('writer' as const) : ('page' as const),
              reason: null,
            }
          : { state: 'filtered' as const, waitingFor: null, reason: FILTERED.beforeStart }),
        changedAt: now,
      });
    }
  }
  const added = await tables.fates.add(fates);
  await tables.sources.setStarted(
    sources.filter((source) => source.startedAt === null).map((source) => source.id),
    now,
  );
  await tables.jobs.send(await jobsFor(tables, added, now));
  return fresh.length;
}

/** A page to read for each article that waits for one, a text to write for each that has its page and passes the filters. */
async function jobsFor(tables: Tables, fateIds: readonly number[], now: Date): Promise<Job[]> {
  const fates = await tables.fates.many(fateIds);
  const unread = new Set(fates.filter((fate) => fate.waitingFor === 'page').map((fate) => fate.articleId));
  const read = fates.filter((fate) => fate.waitingFor === 'writer').map((fate) => fate.id);
  return [
    ...[...unread].map((articleId) => ({ verb: 'read' as const, articleId })),
    ...(await toWriter(tables, read, now)),
  ];
}

/** A feed may carry the same entry twice; the first one counts. */
function distinct(entries: readonly FeedEntry[]): FeedEntry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const keys = [entry.guid === null ? null : `guid ${entry.guid}`, `url ${entry.url}`].filter((key) => key !== null);
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}

/** Indexes of the entries, newest first; undated ones keep the feed's order behind the dated. */
function newestFirst(entries: readonly FeedEntry[]): number[] {
  const time = (index: number) => entries[index]?.publishedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  return [...entries.keys()].sort((left, right) => time(right) - time(left) || left - right);
}

function failure(error: unknown): Extract<PollResult, { reason: string }> {
  if (error instanceof FetchError && error.status === 410) {
    return {
      kind: 'gone',
      reason: 'The server says that this feed is gone for good (410). Remove the source or give its new address.',
    };
  }
  const cure = error instanceof FetchError && error.cure ? ` ${error.cure}` : '';
  return {
    kind: 'failed',
    reason: `${messageOf(error)}${cure}`,
    ...(error instanceof FetchError && error.retryAfterMs !== undefined ? { retryAfterMs: error.retryAfterMs } : {}),
  };
}
