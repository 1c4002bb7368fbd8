import { createHash } from 'node:crypto';
import { urlKey } from '../domain/article.ts';
import type { Context } from './context.ts';

/** What names an entry within its feed: SHA-256 (hex) of the guid, or of the canonical address where there is none. */
export function guidKey({ guid, url }: { guid: string | null; url: string }): string {
  return guid === null ? urlKey(url) : createHash('sha256').update(guid).digest('hex');
}

/** Articles by address key: their own address, or one under which a feed carried them. The frozen one where both differ. */
export async function idsByUrlKey(
  db: Context['db'],
  keys: readonly string[],
): Promise<Map<string, { id: number; frozen: boolean }>> {
  if (keys.length === 0) return new Map();
  const rows = await db.$queryRaw<{ key: string; id: number; frozen: boolean }[]>`
    SELECT DISTINCT ON (key) key, article.id, frozen_at IS NOT NULL AS frozen
    FROM (
      SELECT url_key AS key, id, 0 AS rank FROM article WHERE url_key = ANY(${[...keys]})
      UNION ALL
      SELECT url_key, article_id, 1 FROM sighting WHERE url_key = ANY(${[...keys]})
    ) AS found JOIN article ON article.id = found.id
    ORDER BY key, frozen_at IS NULL, rank, article.id`;
  return new Map(rows.map(({ key, id, frozen }) => [key, { id, frozen }]));
}
