import { type Fate, FILTERED } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import type { FeedEntry } from '../../ports/feeds.ts';
import type { Job } from '../../ports/queue.ts';
import type { KnownArticle, Tables } from '../../ports/store/index.ts';
import { toWriter } from './to-writer.ts';

/**
 * Stores the new ones of `entries`, some of a document's, and gives each its fate for every source. `rank`: the place
 * of each entry in the document, newest first; a source that begins posts those before its `firstPosts`. `added`: articles that were new;
 * `arrived`: entries that this feed had not carried before.
 */
export async function record(
  tables: Tables,
  feedId: number,
  sources: readonly Source[],
  entries: readonly FeedEntry[],
  rank: ReadonlyMap<FeedEntry, number>,
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
  const fates: Omit<Fate, 'id'>[] = [];
  for (const source of sources) {
    const begins = source.startedAt === null;
    for (const [index, article] of articles.entries()) {
      if (article.sighted && !begins) continue;
      const posted = !begins || (rank.get(entries[index] as FeedEntry) ?? 0) < source.firstPosts;
      fates.push({
        brandId: source.brandId,
        sourceId: source.id,
        articleId: article.articleId,
        ...(posted
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
  await tables.jobs.send(await jobsFor(tables, added, now));
  return { added: fresh.length, arrived: articles.filter((article) => !article.sighted).length };
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
