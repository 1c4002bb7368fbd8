import { urlKey } from '../domain/article.ts';
import type { FeedEntry } from '../ports/feeds.ts';
import type { KnownArticle } from '../ports/store/index.ts';
import { idsByUrlKey } from './article-keys.ts';
import type { Context } from './context.ts';

/** A feed's hosts are those of so many newest articles. */
const NEWEST = 20;

/**
 * Entries of a feed that has changed its host, guids and all, as sites without a database do: same path under a host
 * that the feed had, and the same date or title. Keyed by `index`. `present`: the hosts of entries that are known, which
 * are no new ones; costs nothing while there are no others.
 */
export async function underFormerHost(
  db: Context['db'],
  feedId: number,
  entries: readonly { index: number; entry: FeedEntry }[],
  present: ReadonlySet<string>,
): Promise<Map<number, KnownArticle>> {
  const found = new Map<number, KnownArticle>();
  const unknown = entries.filter(({ entry }) => !present.has(hostOf(entry.url)));
  if (unknown.length === 0) return found;
  const newest = await db.article.findMany({
    where: { feedId },
    orderBy: { id: 'desc' },
    take: NEWEST,
    select: { url: true },
  });
  const hosts = new Set(newest.map(({ url }) => hostOf(url)));
  hosts.delete('');
  const moved = unknown.flatMap(({ index, entry }) => {
    const url = URL.parse(entry.url);
    if (url === null || hosts.has(url.host) || (url.pathname === '/' && url.search === '')) return [];
    return [...hosts].map((host) => ({ index, entry, key: urlKey(Object.assign(new URL(url), { host }).href) }));
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

/** Empty for what is no address. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
