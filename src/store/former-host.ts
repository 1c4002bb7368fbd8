import { urlKey } from '../domain/article.ts';
import type { FeedEntry } from '../ports/feeds.ts';
import type { KnownArticle } from '../ports/store/index.ts';
import { idsByUrlKey } from './article-keys.ts';
import type { Context } from './context.ts';

/** A feed's hosts are those of so many newest articles. */
const NEWEST = 20;

/** What one feed brought under hosts that no known entry of the same document has, each with its `index`. */
export interface Elsewhere {
  feedId: number;
  elsewhere: readonly { index: number; entry: FeedEntry }[];
}

/**
 * Entries of feeds that have changed their host, guids and all, as sites without a database do: same path under a host
 * that the feed had, and the same date or title. Keyed by `index`. One statement where no host is new to its feed, none
 * where nothing came from elsewhere.
 */
export async function underFormerHost(
  db: Context['db'],
  feeds: readonly Elsewhere[],
): Promise<Map<number, KnownArticle>> {
  const found = new Map<number, KnownArticle>();
  const asked = feeds.filter(({ elsewhere }) => elsewhere.length > 0);
  if (asked.length === 0) return found;
  const formerHosts = await hostsOf(
    db,
    asked.map(({ feedId }) => feedId),
  );
  const moved = asked.flatMap(({ feedId, elsewhere }) => {
    const hosts = formerHosts.get(feedId) ?? new Set();
    return elsewhere.flatMap(({ index, entry }) => {
      const url = URL.parse(entry.url);
      if (url === null || hosts.has(url.host) || (url.pathname === '/' && url.search === '')) return [];
      return [...hosts].map((host) => ({ index, entry, key: urlKey(Object.assign(new URL(url), { host }).href) }));
    });
  });
  if (moved.length === 0) return found;
  const ids = await idsByUrlKey(db, [...new Set(moved.map(({ key }) => key))]);
  const rows = await db.article.findMany({
    where: { id: { in: [...ids.values()].map(({ id }) => id) } },
    select: { id: true, title: true, publishedAt: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { index, entry, key } of moved) {
    const same = ids.get(key);
    const article = same && byId.get(same.id);
    if (!same || !article) continue;
    const dated = entry.publishedAt !== null && entry.publishedAt.getTime() === article.publishedAt?.getTime();
    if (dated || entry.title === article.title)
      found.set(index, { articleId: same.id, sighted: false, frozen: same.frozen });
  }
  return found;
}

/** The hosts of each feed's newest articles. */
async function hostsOf(db: Context['db'], feedIds: readonly number[]): Promise<Map<number, Set<string>>> {
  const rows = await db.$queryRaw<{ feedId: number; urls: string[] }[]>`
    SELECT id AS "feedId",
      ARRAY(SELECT url FROM article WHERE feed_id = asked.id ORDER BY id DESC LIMIT ${NEWEST}) AS urls
    FROM unnest(${[...feedIds]}::int[]) AS asked (id)`;
  return new Map(rows.map(({ feedId, urls }) => [feedId, new Set(urls.map(hostOf).filter(Boolean))]));
}

/** Empty for what is no address. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
