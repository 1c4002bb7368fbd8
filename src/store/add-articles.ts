import { urlKey } from '../domain/article.ts';
import { canonicalUrl } from '../lib/url.ts';
import type { NewArticle, Sighting } from '../ports/store/index.ts';
import { guidKey, idsByUrlKey } from './article-keys.ts';
import type { Context } from './context.ts';
import { storable } from './storable.ts';

/** Advisory lock of who adds articles, until their transaction ends. */
const ADDING = 0x0c73;

/** Stores what feeds said, by one statement: Articles.add. */
export async function addArticles(db: Context['db'], articles: readonly NewArticle[]): Promise<number[]> {
  if (articles.length === 0) return [];
  const keys = articles.map(({ entry }) => urlKey(entry.url));
  // Two feeds that bring the same stories at once would wait for each other in a ring.
  await db.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(${ADDING})`;
  // Numbers grow with the news: lists go by them. Feeds name the newest first.
  const age = ({ entry }: NewArticle) => entry.publishedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const rows = articles
    .map((article, index) => ({ article, key: keys[index] as string }))
    .reverse()
    .sort(({ article: left }, { article: right }) => (age(left) < age(right) ? -1 : age(left) > age(right) ? 1 : 0))
    .map(({ article, key }) => row(article, key));
  const added = await db.$queryRaw<{ id: number; key: string }[]>`
    INSERT INTO article (feed_id, guid, url, canonical_url, url_key, title, text, language, author, published_at,
      image_url, categories, text_from, seen_at)
    SELECT feed_id, guid, url, canonical_url, url_key, title, text, language, author, published_at, image_url,
      ARRAY(SELECT jsonb_array_elements_text(categories)), 'feed', seen_at
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (feed_id int, guid text, url text,
      canonical_url text, url_key text, title text, text text, language text, author text, published_at timestamptz,
      image_url text, categories jsonb, seen_at timestamptz)) WITH ORDINALITY AS said
    WHERE NOT EXISTS (SELECT 1 FROM sighting WHERE sighting.url_key = said.url_key)
    ORDER BY ordinality
    ON CONFLICT (url_key) DO NOTHING
    RETURNING id, url_key AS key`;
  const ids = new Map(added.map(({ id, key }) => [key, id]));
  const others = keys.filter((key) => !ids.has(key));
  for (const [key, { id }] of await idsByUrlKey(db, others)) ids.set(key, id);
  return keys.map((key) => ids.get(key) as number);
}

/** Remembers who gave which article, and in which words: Articles.sight. */
export async function addSightings(db: Context['db'], sightings: readonly Sighting[], now: Date): Promise<void> {
  const rows = new Map<string, object>();
  for (const { feedId, articleId, guid, url, wording = null, updatedAt = null, mark = null } of sightings) {
    const key = guidKey({ guid, url });
    const said = { feed_id: feedId, article_id: articleId, guid_key: key, url_key: urlKey(url) };
    const place = `${feedId} ${key}`;
    if (!rows.has(place)) rows.set(place, { ...said, wording, updated_at: updatedAt, mark });
  }
  if (rows.size === 0) return;
  await db.$executeRaw`
    INSERT INTO sighting (feed_id, article_id, guid_key, url_key, at, wording, updated_at, mark)
    SELECT feed_id, article_id, guid_key, url_key, ${now}, wording, updated_at, mark
    FROM jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb) AS said (feed_id int, article_id int,
      guid_key text, url_key text, wording text, updated_at timestamptz, mark bigint)
    ON CONFLICT (feed_id, guid_key) DO UPDATE SET
      wording = COALESCE(excluded.wording, sighting.wording),
      updated_at = COALESCE(excluded.updated_at, sighting.updated_at), mark = COALESCE(excluded.mark, sighting.mark)`;
}

function row({ feedId, entry, seenAt }: NewArticle, key: string) {
  const { guid, url, title, text, author, publishedAt, imageUrl, language, categories } = storable(entry);
  return {
    ...{ feed_id: feedId, guid, url, canonical_url: canonicalUrl(url), url_key: key, title, text, author },
    ...{ language: language ?? 'und', published_at: publishedAt, image_url: imageUrl },
    ...{ categories: categories ?? [], seen_at: seenAt },
  };
}
