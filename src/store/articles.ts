import { urlKey } from '../domain/article.ts';
import { sourceName } from '../domain/chat-source.ts';
import { CORRECTIONS_KEPT, contentHash } from '../domain/correction.ts';
import { sketchOf } from '../domain/similarity.ts';
import type { FeedEntry } from '../ports/feeds.ts';
import type { Articles, ArticleView } from '../ports/store/index.ts';
import { addArticles, addSightings } from './add-articles.ts';
import { idsByUrlKey } from './article-keys.ts';
import type { Context } from './context.ts';
import { Prisma } from './generated/client.ts';
import { knownEntries } from './known-entries.ts';
import { toArticle, toFate } from './rows.ts';
import { storable } from './storable.ts';

/** So many times a page is tried again. */
const RECHECKS = 6;

/** How many that share the most are compared. */
const SIMILAR = 10;

/** Articles in PostgreSQL. */
export function createArticles({ db }: Context): Articles {
  async function views(brandId: number, fateIds: readonly number[]): Promise<ArticleView[]> {
    const rows = await db.fate.findMany({
      where: { id: { in: [...fateIds] }, brandId },
      orderBy: { articleId: 'desc' },
      include: { article: true, source: { include: { feed: true } } },
    });
    return rows.map(({ article, source, ...fate }) => ({
      ...toArticle(article),
      fate: toFate(fate),
      source: source && sourceName(source),
    }));
  }

  return {
    async get(id) {
      const row = await db.article.findUnique({ where: { id } });
      return row && toArticle(row);
    },
    known: (entries) => knownEntries(db, entries),
    async many(ids) {
      const rows = await db.article.findMany({ where: { id: { in: [...ids] } } });
      return new Map(rows.map((row) => [row.id, toArticle(row)]));
    },
    add: (articles) => addArticles(db, articles),
    sight: (sightings, now) => addSightings(db, sightings, now),
    async entry(id) {
      const row = await db.article.findUnique({ where: { id } });
      if (!row) return null;
      if (row.entry !== null) {
        const entry = row.entry as unknown as Omit<FeedEntry, 'publishedAt'> & { publishedAt: string | null };
        return { ...entry, publishedAt: entry.publishedAt === null ? null : new Date(entry.publishedAt) };
      }
      if (row.frozenAt !== null) return null;
      const { guid, url, title, text, author, publishedAt, imageUrl, language, categories } = row;
      const own = language === 'und' ? null : language;
      const entry = { guid, url, title, text, author, publishedAt, imageUrl, language: own };
      return categories.length === 0 ? entry : { ...entry, categories };
    },
    async saidAgain(entries, now) {
      if (entries.length === 0) return [];
      const said = entries.map(({ articleId, entry: { mark: _, updatedAt: __, ...entry } }) =>
        storable({ id: articleId, title: entry.title, text: entry.text, entry }),
      );
      const rows = await db.$queryRaw<{ id: number; frozen: boolean }[]>`
        UPDATE article SET
          title = CASE WHEN frozen_at IS NULL THEN said.title ELSE article.title END,
          text = CASE WHEN frozen_at IS NULL THEN said.text ELSE article.text END,
          entry = CASE WHEN frozen_at IS NULL THEN NULL ELSE said.entry END,
          recheck_at = CASE WHEN frozen_at IS NULL THEN NULL ELSE ${now}::timestamptz END
        FROM jsonb_to_recordset(${JSON.stringify(said)}::jsonb) AS said (id int, title text, text text, entry jsonb)
        WHERE article.id = said.id
        RETURNING article.id, frozen_at IS NOT NULL AS frozen`;
      return rows.filter((row) => row.frozen).map((row) => row.id);
    },
    async toRecheck(before, limit) {
      const rows = await db.article.findMany({
        where: { recheckAt: { lte: before } },
        orderBy: { recheckAt: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async recheckLater(id, until) {
      await db.$executeRaw`
        UPDATE article SET entry = CASE WHEN tries < ${RECHECKS} THEN jsonb_set(entry, '{tries}', to_jsonb(tries + 1)) END,
          recheck_at = CASE WHEN tries < ${RECHECKS} THEN ${until}::timestamptz END
        FROM (SELECT id, COALESCE((entry->>'tries')::int, 0) AS tries FROM article WHERE id = ${id}) AS so_far
        WHERE article.id = so_far.id AND entry IS NOT NULL`;
    },
    async rechecked(id, changed) {
      const done = { entry: Prisma.DbNull, recheckAt: null };
      if (changed === null) {
        await db.article.updateMany({ where: { id }, data: done });
        return;
      }
      const { title, text, correction } = changed;
      const row = await db.article.findUniqueOrThrow({ where: { id }, select: { corrections: true } });
      const corrections = [...(row.corrections as object[]), correction].slice(-CORRECTIONS_KEPT);
      await db.article.updateMany({
        where: { id },
        data: {
          ...done,
          ...storable({ title, text }),
          contentHash: contentHash({ title, text }),
          sketch: sketchOf(text),
          correctedAt: correction.at,
          corrections: storable(JSON.parse(JSON.stringify(corrections))),
        },
      });
    },
    async freeze(id, article) {
      const canonical = storable(article.canonicalUrl);
      const key = urlKey(canonical);
      const [other] = await db.$queryRaw<{ id: number }[]>`
        SELECT id FROM article WHERE url_key = ${key} AND id <> ${id}
        UNION ALL
        SELECT sighting.article_id FROM sighting JOIN article ON article.id = sighting.article_id
        WHERE sighting.url_key = ${key} AND sighting.article_id <> ${id} AND article.frozen_at IS NOT NULL
        LIMIT 1`;
      if (other) return { duplicateOf: other.id };
      const { url, title, text, language, author, publishedAt, imageUrl } = article;
      const { siteName, textFrom, pageProblem, frozenAt } = article;
      await db.article.updateMany({
        where: { id },
        data: {
          ...storable({ url, title, text, language, author, publishedAt, imageUrl, siteName, textFrom, pageProblem }),
          canonicalUrl: canonical,
          urlKey: key,
          frozenAt,
          sketch: sketchOf(text),
          contentHash: contentHash({ title, text }),
          entry: Prisma.DbNull,
          recheckAt: null,
        },
      });
      return { duplicateOf: null };
    },
    async similar({ brandId, articleId, sourceId, since }) {
      // Two that are alike and come at once: the second sees what was decided of the first.
      await db.$queryRaw`
        SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended(${`same story ${brandId}`}, 0))`;
      // One look into the index for each number of the sketch: asked for all of them at once (&&), the planner would
      // rather compare every article.
      return db.$queryRaw<{ id: number; text: string }[]>`
        WITH own AS (SELECT unnest(sketch) AS number FROM article WHERE id = ${articleId}),
        other AS MATERIALIZED (
          SELECT found.id, count(*) AS common FROM own
          CROSS JOIN LATERAL (SELECT id FROM article WHERE sketch @> ARRAY[own.number]) AS found
          WHERE found.id <> ${articleId} GROUP BY found.id)
        SELECT article.id, text FROM other JOIN article ON article.id = other.id
        WHERE seen_at >= ${since} AND EXISTS (
            SELECT 1 FROM fate WHERE article_id = other.id AND brand_id = ${brandId}
              AND state <> 'filtered' AND waiting_for IS DISTINCT FROM 'page')
          AND NOT EXISTS (SELECT 1 FROM fate WHERE article_id = other.id AND source_id = ${sourceId})
        ORDER BY common DESC, article.id
        LIMIT ${SIMILAR}`;
    },
    async list({ brandId, state, sourceId, limit, before }) {
      const rows = await db.$queryRaw<{ id: number }[]>`
        SELECT DISTINCT ON (article_id) id FROM fate
        WHERE brand_id = ${brandId}
          ${state === undefined ? Prisma.empty : Prisma.sql`AND state = ${state}`}
          ${sourceId === undefined ? Prisma.empty : Prisma.sql`AND source_id = ${sourceId}`}
          ${before === undefined ? Prisma.empty : Prisma.sql`AND article_id < ${before}`}
        ORDER BY article_id DESC, (state = 'filtered'), id
        LIMIT ${limit}`;
      return views(
        brandId,
        rows.map((row) => row.id),
      );
    },
    async view(brandId, articleId) {
      const [fate] = await db.$queryRaw<{ id: number }[]>`
        SELECT id FROM fate WHERE brand_id = ${brandId} AND article_id = ${articleId}
        ORDER BY (state = 'filtered'), id LIMIT 1`;
      if (fate) return (await views(brandId, [fate.id]))[0] ?? null;
      const row = await db.article.findUnique({ where: { id: articleId } });
      return row && { ...toArticle(row), fate: null, source: null };
    },
    async byUrl(url) {
      const key = urlKey(url);
      const found = (await idsByUrlKey(db, [key])).get(key);
      const row = found && (await db.article.findUnique({ where: { id: found.id } }));
      return row ? toArticle(row) : null;
    },
  };
}
