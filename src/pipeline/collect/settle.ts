import { believableDate } from '../../domain/article.ts';
import { afterPoll, type Feed, type PollResult } from '../../domain/source.ts';
import type { Ports } from '../../ports/app.ts';
import type { FeedEntry, PollAnswer } from '../../ports/feeds.ts';
import type { Tables } from '../../ports/store/index.ts';
import type { DueFeed, FailedPoll } from './poll.ts';
import { stillPushed } from './pushed.ts';
import { distinct, newestFirst, type Poll, record } from './record.ts';

export interface CollectSummary {
  /** Of the document, old and new. */
  entries: number;
  /** Articles that no feed had carried before. */
  added: number;
  problem: string | null;
}

/** A claimed feed with what its server answered. */
export interface Polled extends DueFeed {
  answer: PollAnswer | FailedPoll;
}

/** So many entries are recorded by one transaction. */
export const RECORDED_AT_ONCE = 500;

/**
 * Stores what polls brought, in one transaction: every entry that was not seen before, with its fate for each source
 * that follows, the feeds' new states, and the end of their claims. Of a document with very many entries the oldest
 * come first, in transactions of their own. A crash loses nothing: what it left out is found by the next poll, since
 * until then the feed counts as not polled.
 */
export async function settlePolls(
  { store, clock, log }: Pick<Ports, 'store' | 'clock' | 'log'>,
  polled: readonly Polled[],
): Promise<CollectSummary[]> {
  const now = clock.now();
  const changed = polled.flatMap(({ feed, begun, answer }) =>
    answer.kind === 'changed' ? [{ feed, begun, answer, entries: entriesOf(answer, now) }] : [],
  );
  const summaries = new Map<number, CollectSummary>();
  const arrived = new Map<number, number>();
  const count = (counts: Awaited<ReturnType<typeof record>>) => {
    for (const [feedId, one] of counts) {
      arrived.set(feedId, (arrived.get(feedId) ?? 0) + one.arrived);
      const summary = summaries.get(feedId);
      if (summary !== undefined) summary.added += one.added;
    }
  };
  for (const { feed, answer, entries } of changed)
    summaries.set(feed.id, { entries: answer.document?.dates.length ?? entries.length, added: 0, problem: null });
  for (const one of changed) {
    const { feed, answer, entries } = one;
    const rank = new Map(entries.map((entry, place) => [entry, place]));
    const document = answer.document ?? null;
    while (entries.length > RECORDED_AT_ONCE) {
      const oldest = entries.splice(-RECORDED_AT_ONCE);
      count(
        await store.transaction(async (tables) => {
          const sources = (await followers(tables, [one])).get(feed.id) ?? [];
          return record(tables, [{ feedId: feed.id, sources, entries: oldest, rank, document }], now);
        }),
      );
    }
  }
  await store.transaction(async (tables) => {
    const following = await followers(tables, changed);
    const polls: Poll[] = changed.map(({ feed, answer, entries }) => ({
      feedId: feed.id,
      sources: following.get(feed.id) ?? [],
      entries,
      rank: new Map(entries.map((entry, place) => [entry, place])),
      document: answer.document ?? null,
    }));
    count(await record(tables, polls, now));
    const begins = [...following.values()].flat().filter((source) => source.startedAt === null);
    await tables.sources.setStarted(
      begins.map((source) => source.id),
      now,
    );
    await saveStates(tables, polled, arrived, now, log);
  });
  for (const { feed, answer } of polled) {
    if (answer.kind === 'failed' || answer.kind === 'gone')
      log.warn({ feedId: feed.id, reason: answer.reason }, 'feed poll failed');
    const summary = summaries.get(feed.id);
    if (summary !== undefined && summary.added > 0)
      log.info({ feedId: feed.id, entries: summary.entries, added: summary.added }, 'articles collected');
  }
  return polled.map(
    ({ feed, answer }) =>
      summaries.get(feed.id) ?? { entries: 0, added: 0, problem: 'reason' in answer ? answer.reason : null },
  );
}

/** What is to be looked at, newest first. */
function entriesOf(answer: Extract<PollAnswer, { kind: 'changed' }>, now: Date): FeedEntry[] {
  const believed = answer.entries.map((entry) => ({ ...entry, publishedAt: believableDate(entry.publishedAt, now) }));
  return newestFirst(distinct(believed));
}

/**
 * By feed: the sources that the poll was for. One that came while a poll asked only for what is new waits for the next,
 * which asks for everything.
 */
async function followers(
  tables: Tables,
  changed: readonly Pick<Polled, 'feed' | 'begun'>[],
): Promise<Map<number, Poll['sources']>> {
  if (changed.length === 0) return new Map();
  const begun = new Set(changed.filter((one) => one.begun).map(({ feed }) => feed.id));
  const sources = await tables.sources.following(changed.map(({ feed }) => feed.id));
  return Map.groupBy(
    sources.filter((source) => source.startedAt !== null || !begun.has(source.feedId)),
    (source) => source.feedId,
  );
}

/** Stores the feeds as they are after their polls. One that gained a source meanwhile is polled again at once. */
async function saveStates(
  tables: Tables,
  polled: readonly Polled[],
  arrived: ReadonlyMap<number, number>,
  now: Date,
  log: Ports['log'],
): Promise<void> {
  const stayed: { feed: Feed; carried: Uint8Array | null }[] = [];
  for (const { feed, answer } of polled) {
    const brought = arrived.get(feed.id) ?? 0;
    const hub = answer.kind === 'changed' ? answer.hub : null;
    const trusted = answer.kind === 'changed' ? await stillPushed(tables, feed, { arrived: brought, hub }, now) : feed;
    const next = afterPoll(trusted, resultOf(answer, brought, now), now);
    const state = next.url === feed.url ? next : await moved(tables, feed, next, log);
    stayed.push({ feed: state, carried: answer.kind === 'changed' ? (answer.document?.carried ?? null) : null });
  }
  const again = await tables.sources.savePolled(stayed);
  await tables.jobs.send(again.map((feedId) => ({ verb: 'collect' as const, feedId })));
}

function resultOf(answer: Polled['answer'], arrived: number, now: Date): PollResult {
  if (answer.kind !== 'changed') return answer;
  const { etag, lastModified, freshMs, movedTo, wishes, hub, document, entries } = answer;
  const { kind: feedKind, title, language, siteUrl } = answer.feed;
  const dates = (document?.dates ?? entries.map((entry) => entry.publishedAt)).map((date) => believableDate(date, now));
  return {
    ...{ kind: 'changed', feedKind, title, language, siteUrl, etag, lastModified },
    ...{ freshMs, movedTo, wishes, hub, dates, arrived },
  };
}

/** The state of a feed with another address. One that has moved onto another feed's goes up in that one. */
async function moved(tables: Tables, before: Feed, next: Feed, log: Ports['log']): Promise<Feed> {
  const into = await tables.sources.mergeFeed(before.id, next.url, next.lastPolledAt ?? next.nextPollAt);
  log.info({ feedId: before.id, into }, 'feed has moved for good');
  if (into !== null) return { ...next, url: before.url, state: 'gone', reason: movedOnto(next.url) };
  await tables.sources.saveFeed(next);
  return next;
}

function movedOnto(url: string): string {
  return `This feed has moved for good to ${url}, which is followed already. Remove this source; nothing is lost.`;
}
