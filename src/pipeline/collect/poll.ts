import { believableDate, type Fate, FILTERED } from '../../domain/article.ts';
import { afterPoll, type Feed, type PollResult, type Source } from '../../domain/source.ts';
import { FetchError, messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { FeedEntry, PollAnswer } from '../../ports/feeds.ts';
import type { Job } from '../../ports/queue.ts';
import type { KnownArticle, Tables } from '../../ports/store.ts';

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
      await save(store, feed, afterPoll(feed, answer, clock.now()), log);
      return { entries: 0, added: 0, problem: null };
    }
    const now = clock.now();
    const entries = distinct(answer.entries).map((entry) => ({
      ...entry,
      publishedAt: believableDate(entry.publishedAt, now),
    }));
    const added = await store.transaction(async (tables) => {
      const { added, arrived } = await record(tables, feedId, sources, entries, now);
      const { etag, lastModified, freshMs, movedTo, wishes } = answer;
      const { kind: feedKind, title, language, siteUrl } = answer.feed;
      const dates = entries.map((entry) => entry.publishedAt);
      const found = { feedKind, title, language, siteUrl, etag, lastModified, wishes, dates, arrived };
      await save(tables, feed, afterPoll(feed, { kind: 'changed', ...found, freshMs, movedTo }, now), log);
      return added;
    });
    if (added > 0) log.info({ feedId, entries: entries.length, added }, 'articles collected');
    return { entries: entries.length, added, problem: null };
  } finally {
    await store.sources.releaseFeed(feedId);
  }
}

/** Stores the feed's new state. One that has moved onto another feed's address goes up in that one. */
async function save(tables: Tables, before: Feed, next: Feed, log: Ports['log']): Promise<void> {
  if (next.url === before.url) return tables.sources.saveFeed(next);
  const into = await tables.sources.mergeFeed(before.id, next.url, next.lastPolledAt ?? next.nextPollAt);
  log.info({ feedId: before.id, into }, 'feed has moved for good');
  await tables.sources.saveFeed(
    into === null ? next : { ...next, url: before.url, state: 'gone', reason: movedOnto(next.url) },
  );
}

function movedOnto(url: string): string {
  return `This feed has moved for good to ${url}, which is followed already. Remove this source; nothing is lost.`;
}

/**
 * Stores the new entries and gives each one its fate for every source. `added`: articles that were new;
 * `arrived`: entries that this feed had not carried before.
 */
async function record(
  tables: Tables,
  feedId: number,
  sources: readonly Source[],
  entries: readonly FeedEntry[],
  now: Date,
): Promise<{ added: number; arrived: number }> {
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
  await tables.jobs.send(await jobsFor(tables, added));
  return { added: fresh.length, arrived: articles.filter((article) => !article.sighted).length };
}

/** A page to read for each article that waits for one, a text to write for each that has its page. */
async function jobsFor(tables: Tables, fateIds: readonly number[]): Promise<Job[]> {
  const jobs = new Map<string, Job>();
  for (const fate of await tables.fates.many(fateIds)) {
    if (fate.waitingFor === 'page') jobs.set(`read ${fate.articleId}`, { verb: 'read', articleId: fate.articleId });
    if (fate.waitingFor === 'writer') jobs.set(`write ${fate.id}`, { verb: 'write', fateId: fate.id });
  }
  return [...jobs.values()];
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
