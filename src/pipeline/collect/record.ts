import { type Fate, FILTERED } from '../../domain/article.ts';
import { wordingOf } from '../../domain/correction.ts';
import type { FeedDocument, FeedEntry } from '../../ports/feeds.ts';
import type { Job } from '../../ports/queue.ts';
import type { Follower, KnownArticle, Tables } from '../../ports/store/index.ts';
import { toWriter } from './to-writer.ts';

/** What one feed brought. */
export interface Poll {
  feedId: number;
  /** Those that it was polled for. */
  sources: readonly Follower[];
  entries: readonly FeedEntry[];
  /** The place of each entry in the document, newest first; a source that begins posts those before its `firstPosts`. */
  rank: ReadonlyMap<FeedEntry, number>;
  /** What the entries came in; null = nothing can be told of it. */
  document: FeedDocument | null;
}

/**
 * Stores the new ones of the entries and gives each its fate for every source; those that say something else now are
 * to be read again. By feed, `added`: articles that were new; `arrived`: entries that it had not carried before.
 */
export async function record(
  tables: Tables,
  polls: readonly Poll[],
  now: Date,
): Promise<Map<number, { added: number; arrived: number }>> {
  const carried = polls.flatMap((poll) =>
    poll.entries.map((entry) => ({
      ...{ poll, feedId: poll.feedId, document: poll.document },
      ...{ entry, wording: wordingOf(entry) },
    })),
  );
  const known = await tables.articles.known(carried);
  const fresh = carried.filter((_, index) => !known.has(index));
  const freshIds = await tables.articles.add(fresh.map(({ feedId, entry }) => ({ feedId, entry, seenAt: now })));
  let next = 0;
  const found = carried.map((one, index) => {
    const isNew = { articleId: 0, sighted: false, frozen: false };
    const article: KnownArticle = known.get(index) ?? { ...isNew, articleId: freshIds[next++] as number };
    return { ...one, article, isFresh: !known.has(index) };
  });
  await tables.articles.sight(
    found
      .filter(({ article, entry, wording }) => !article.sighted || isNews(article, entry, wording))
      .map(({ feedId, article, entry, wording }) => ({
        ...{ feedId, articleId: article.articleId, guid: entry.guid, url: entry.url, wording },
        ...{ updatedAt: entry.updatedAt ?? null, mark: entry.mark ?? null },
      })),
    now,
  );
  const again = await tables.articles.saidAgain(
    found
      .filter(({ article, entry, wording, document }) => saysElse(article, entry, wording, document?.gone ?? []))
      .map(({ article, entry }) => ({ articleId: article.articleId, entry })),
    now,
  );
  const fates = found.flatMap(({ poll, article, entry }) =>
    poll.sources
      .filter((source) => !article.sighted || source.startedAt === null)
      .map((source) => fateFor(source, article, poll.rank.get(entry) ?? 0, now)),
  );
  const jobs = await jobsFor(tables, fates, await tables.fates.add(fates), now);
  await tables.jobs.send([...jobs, ...again.map((articleId) => ({ verb: 'read' as const, articleId }))]);
  const counts = new Map(polls.map(({ feedId }) => [feedId, { added: 0, arrived: 0 }]));
  for (const { feedId, article, isFresh } of found) {
    const count = counts.get(feedId);
    if (count === undefined) continue;
    if (isFresh) count.added += 1;
    if (!article.sighted) count.arrived += 1;
  }
  return counts;
}

/** Whether there is something to remember of what the feed says of a story that it carried before. */
function isNews({ said }: KnownArticle, { updatedAt, mark }: FeedEntry, wording: string): boolean {
  return (
    wording !== said?.wording ||
    (mark ?? null) !== said.mark ||
    (updatedAt?.getTime() ?? null) !== (said.updatedAt?.getTime() ?? null)
  );
}

/**
 * Whether the feed corrects what it said: other words, or a later "updated", of the entry that it carried before. Not
 * another entry about the same address that stands beside that one.
 */
function saysElse(
  { said, sighted }: KnownArticle,
  entry: FeedEntry,
  wording: string,
  gone: FeedDocument['gone'],
): boolean {
  if (!said || (!sighted && !gone.some((one) => one.mark === said.mark))) return false;
  if (said.wording !== null && said.wording !== wording) return true;
  return said.updatedAt !== null && (entry.updatedAt?.getTime() ?? 0) > said.updatedAt.getTime();
}

function fateFor(source: Follower, article: KnownArticle, rank: number, now: Date): Omit<Fate, 'id'> {
  const one = { brandId: source.brandId, sourceId: source.id, articleId: article.articleId, changedAt: now };
  if (source.startedAt === null && rank >= source.firstPosts)
    return { ...one, state: 'filtered', waitingFor: null, reason: FILTERED.beforeStart };
  return { ...one, state: 'waiting', waitingFor: article.frozen ? 'writer' : 'page', reason: null };
}

/** A page to read for each article that waits for one, a text to write for each that has its page and passes the filters. */
async function jobsFor(
  tables: Tables,
  fates: readonly Omit<Fate, 'id'>[],
  addedIds: readonly number[],
  now: Date,
): Promise<Job[]> {
  if (addedIds.length === 0) return [];
  // Only where some existed, or some are read already, is it to be asked which is which.
  const asked = addedIds.length < fates.length || fates.some((fate) => fate.waitingFor === 'writer');
  const added = asked ? await tables.fates.many(addedIds) : [];
  const unread = (asked ? added : fates).filter((fate) => fate.waitingFor === 'page').map((fate) => fate.articleId);
  return [
    ...[...new Set(unread)].map((articleId) => ({ verb: 'read' as const, articleId })),
    ...(await toWriter(
      tables,
      added.filter((fate) => fate.waitingFor === 'writer'),
      now,
    )),
  ];
}

/** A feed may carry the same entry twice; the first one counts. */
export function distinct(entries: readonly FeedEntry[]): FeedEntry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const keys = [entry.guid === null ? null : `guid ${entry.guid}`, `url ${entry.url}`].filter((key) => key !== null);
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}

/** The entries, newest first; undated ones keep the feed's order behind the dated. */
export function newestFirst(entries: readonly FeedEntry[]): FeedEntry[] {
  const time = (entry: FeedEntry) => entry.publishedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  // Nothing less nothing is not a number: undated ones are equal.
  return [...entries].sort((left, right) => time(right) - time(left) || 0);
}
