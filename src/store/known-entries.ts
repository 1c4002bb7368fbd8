import { urlKey } from '../domain/article.ts';
import { partsOfWording, wordingOf } from '../domain/correction.ts';
import type { FeedDocument, FeedEntry } from '../ports/feeds.ts';
import type { Carried, KnownArticle } from '../ports/store/index.ts';
import { guidKey } from './article-keys.ts';
import type { Context } from './context.ts';
import { hostOf, underFormerHost } from './former-host.ts';

/** Which entries are known, keyed by index: Articles.known. One statement, unless a feed seems to have been rebuilt. */
export async function knownEntries(db: Context['db'], entries: readonly Carried[]): Promise<Map<number, KnownArticle>> {
  const known = new Map<number, KnownArticle>();
  if (entries.length === 0) return known;
  const rows = await db.$queryRaw<
    {
      index: number;
      articleId: number;
      frozen: boolean;
      sighted: boolean;
      wording: string | null;
      updatedAt: Date | null;
      mark: bigint | null;
    }[]
  >`
    SELECT asked.index::int - 1 AS index, article.id AS "articleId", article.frozen_at IS NOT NULL AS frozen,
      by_guid.article_id IS NOT NULL AS sighted, said.wording, said.updated_at AS "updatedAt", said.mark
    FROM unnest(${entries.map((one) => one.feedId)}::int[], ${entries.map((one) => guidKey(one.entry))}::text[],
      ${entries.map((one) => urlKey(one.entry.url))}::text[]) WITH ORDINALITY AS asked (feed_id, guid_key, url_key, index)
    LEFT JOIN LATERAL (
      SELECT article_id FROM sighting
      WHERE sighting.feed_id = asked.feed_id AND sighting.guid_key = asked.guid_key LIMIT 1
    ) AS by_guid ON true
    LEFT JOIN LATERAL (
      SELECT id FROM (
        SELECT id, frozen_at, 0 AS rank FROM article WHERE url_key = asked.url_key
        UNION ALL
        SELECT other.id, other.frozen_at, 1 FROM sighting JOIN article AS other ON other.id = article_id
        WHERE sighting.url_key = asked.url_key
      ) AS found ORDER BY frozen_at IS NULL, rank, id LIMIT 1
    ) AS by_url ON by_guid.article_id IS NULL
    JOIN article ON article.id = COALESCE(by_guid.article_id, by_url.id)
    LEFT JOIN LATERAL (
      SELECT wording, updated_at, mark FROM sighting
      WHERE sighting.article_id = article.id AND sighting.feed_id = asked.feed_id
      ORDER BY sighting.guid_key = asked.guid_key DESC, id DESC LIMIT 1
    ) AS said ON true`;
  for (const { index, articleId, frozen, sighted, wording, updatedAt, mark } of rows)
    known.set(index, { articleId, frozen, sighted, said: { wording, updatedAt, mark: mark?.toString() ?? null } });
  const feeds = byFeed(entries).map(([feedId, indexes]) => {
    const document = entries[indexes[0] as number]?.document ?? null;
    const present = new Set(document?.hosts);
    const unknown: { index: number; entry: FeedEntry }[] = [];
    for (const index of indexes) {
      const { entry } = entries[index] as Carried;
      if (known.has(index)) present.add(hostOf(entry.url));
      else unknown.push({ index, entry });
    }
    return {
      feedId,
      unknown,
      gone: document?.gone ?? [],
      elsewhere: unknown.filter(({ entry }) => !present.has(hostOf(entry.url))),
    };
  });
  for (const [index, found] of await underFormerHost(db, feeds)) known.set(index, found);
  for (const { feedId, unknown, gone } of feeds) {
    const still = unknown.filter(({ index }) => !known.has(index));
    for (const [index, found] of await editedEntries(db, feedId, still, gone)) known.set(index, found);
  }
  return known;
}

/**
 * Entries that were edited together with what names them: one of the same instant, or without any, went as they came,
 * and has the same title or text. Each that went is taken once. `unknown` are of one document.
 */
async function editedEntries(
  db: Context['db'],
  feedId: number,
  unknown: readonly { index: number; entry: FeedEntry }[],
  gone: FeedDocument['gone'],
): Promise<Map<number, KnownArticle>> {
  const found = new Map<number, KnownArticle>();
  if (unknown.length === 0 || gone.length === 0) return found;
  const minutes = new Set(gone.map((one) => minuteOf(one.publishedAt)));
  const asked = unknown.filter(({ entry }) => {
    const minute = minuteOf(entry.publishedAt);
    return minutes.has(minute) && (minute !== null || entry.guid === null);
  });
  if (asked.length === 0) return found;
  const wanted = new Set(asked.map(({ entry }) => minuteOf(entry.publishedAt)));
  const minuteOfMark = new Map(
    gone.map(({ mark, publishedAt }) => [mark, minuteOf(publishedAt)] as const).filter(([, one]) => wanted.has(one)),
  );
  const rows = await db.$queryRaw<
    { articleId: number; frozen: boolean; wording: string | null; updatedAt: Date | null; mark: bigint }[]
  >`
    SELECT article.id AS "articleId", frozen_at IS NOT NULL AS frozen, wording, sighting.updated_at AS "updatedAt", mark
    FROM sighting JOIN article ON article.id = article_id
    WHERE sighting.feed_id = ${feedId} AND mark = ANY(${[...minuteOfMark.keys()]}::bigint[])
    ORDER BY sighting.id`;
  const byWords = new Map<string, typeof rows>();
  for (const row of rows) {
    const minute = minuteOfMark.get(row.mark.toString()) ?? null;
    for (const words of row.wording === null ? [] : partsOfWording(row.wording)) {
      const key = `${minute} ${words}`;
      byWords.set(key, [...(byWords.get(key) ?? []), row]);
    }
  }
  const taken = new Set<number>();
  for (const { index, entry } of asked) {
    const keys = partsOfWording(wordingOf(entry)).map((words) => `${minuteOf(entry.publishedAt)} ${words}`);
    const same = keys.flatMap((key) => byWords.get(key) ?? []).find((row) => !taken.has(row.articleId));
    if (same === undefined) continue;
    taken.add(same.articleId);
    const said = { wording: same.wording, updatedAt: same.updatedAt, mark: same.mark.toString() };
    found.set(index, { articleId: same.articleId, frozen: same.frozen, sighted: false, said });
  }
  return found;
}

function minuteOf(date: Date | null): number | null {
  return date === null ? null : Math.floor(date.getTime() / 60_000);
}

function byFeed(entries: readonly Carried[]): [feedId: number, indexes: number[]][] {
  const feeds = new Map<number, number[]>();
  for (const [index, { feedId }] of entries.entries()) {
    const indexes = feeds.get(feedId);
    if (indexes === undefined) feeds.set(feedId, [index]);
    else indexes.push(index);
  }
  return [...feeds];
}
