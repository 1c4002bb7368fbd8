import { believableDate } from '../../domain/article.ts';
import { afterPoll, type Feed, type PollResult } from '../../domain/source.ts';
import { FetchError, messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { PollAnswer } from '../../ports/feeds.ts';
import type { Tables } from '../../ports/store/index.ts';
import { stillPushed } from './pushed.ts';
import { distinct, newestFirst, record } from './record.ts';

export interface CollectSummary {
  entries: number;
  /** Articles that no feed had carried before. */
  added: number;
  problem: string | null;
}

export type CollectPorts = Pick<Ports, 'store' | 'feeds' | 'clock' | 'log'>;

/**
 * Polls one feed now, due or not. Safe to run twice; null when the feed is not to be polled (gone, unfollowed, or being
 * polled by a living process).
 */
export async function collect(
  ports: CollectPorts,
  feedId: number,
  signal: AbortSignal,
): Promise<CollectSummary | null> {
  const { store } = ports;
  if (!(await store.sources.claimFeed(feedId))) return null;
  try {
    const feed = await store.sources.getFeed(feedId);
    const sources = await store.sources.following(feedId);
    if (feed === null || feed.kind === 'chat' || feed.state === 'gone' || sources.length === 0) return null;
    const begun = sources.every((source) => source.startedAt !== null);
    return await settlePoll(ports, feed, await ask(ports, { feed, begun }, signal));
  } finally {
    await store.sources.releaseFeeds([feedId]);
  }
}

/** What the server answers, or why it doesn't; throws only when `signal` is aborted. */
export async function ask(
  { feeds }: Pick<Ports, 'feeds'>,
  { feed, begun }: { feed: Feed; begun: boolean },
  signal: AbortSignal,
): Promise<PollAnswer | FailedPoll> {
  // A source that has not begun needs the entries themselves, so the server must not answer "unchanged".
  const last = begun ? { etag: feed.etag, lastModified: feed.lastModified } : { etag: null, lastModified: null };
  try {
    return await feeds.poll({ url: feed.url, ...last }, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return failure(error);
  }
}

type FailedPoll = Extract<PollResult, { reason: string }>;

/** So many entries are recorded by one transaction. */
const RECORDED_AT_ONCE = 500;

/**
 * Stores what a poll brought: every entry that was not seen before, with its fate for each source that follows, the
 * oldest first, and with the last of them the feed's new state. A crash loses nothing: what it left out is found by the
 * next poll, since until then the feed counts as not polled.
 */
export async function settlePoll(
  { store, clock, log }: Omit<CollectPorts, 'feeds'>,
  feed: Feed,
  answer: PollAnswer | FailedPoll,
): Promise<CollectSummary> {
  const now = clock.now();
  if (answer.kind === 'failed' || answer.kind === 'gone') {
    await store.sources.saveFeed(afterPoll(feed, answer, now));
    log.warn({ feedId: feed.id, reason: answer.reason }, 'feed poll failed');
    return { entries: 0, added: 0, problem: answer.reason };
  }
  if (answer.kind === 'unchanged') {
    const next = afterPoll(feed, answer, now);
    await store.transaction((tables) => save(tables, feed, next, log));
    return { entries: 0, added: 0, problem: null };
  }
  const believed = answer.entries.map((entry) => ({ ...entry, publishedAt: believableDate(entry.publishedAt, now) }));
  const entries = newestFirst(distinct(believed));
  const rank = new Map(entries.map((entry, place) => [entry, place]));
  const sources = await store.sources.following(feed.id);
  let added = 0;
  let arrived = 0;
  for (let end = entries.length, more = true; more; end -= RECORDED_AT_ONCE) {
    const some = entries.slice(Math.max(0, end - RECORDED_AT_ONCE), end);
    more = end > RECORDED_AT_ONCE;
    await store.transaction(async (tables) => {
      const recorded = await record(tables, feed.id, sources, some, rank, now);
      added += recorded.added;
      arrived += recorded.arrived;
      if (more) return;
      const begun = sources.filter((source) => source.startedAt === null).map((source) => source.id);
      await tables.sources.setStarted(begun, now);
      const { etag, lastModified, freshMs, movedTo, wishes, hub } = answer;
      const { kind: feedKind, title, language, siteUrl } = answer.feed;
      const dates = entries.map((entry) => entry.publishedAt);
      const found = { feedKind, title, language, siteUrl, etag, lastModified, wishes, hub, dates, arrived };
      const polled = await stillPushed(tables, feed, { arrived, hub }, now);
      await save(tables, feed, afterPoll(polled, { kind: 'changed', ...found, freshMs, movedTo }, now), log);
    });
  }
  if (added > 0) log.info({ feedId: feed.id, entries: entries.length, added }, 'articles collected');
  return { entries: entries.length, added, problem: null };
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

function failure(error: unknown): FailedPoll {
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
