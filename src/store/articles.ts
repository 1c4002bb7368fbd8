import { urlKey } from '../domain/article.ts';
import { sourceName } from '../domain/chat-source.ts';
import { sketchOf } from '../domain/similarity.ts';
import { canonicalUrl } from '../lib/url.ts';
import type { FeedEntry } from '../ports/feeds.ts';
import type { Articles, ArticleView, KnownArticle, NewArticle } from '../ports/store/index.ts';
import { guidKey, idsByUrlKey } from './article-keys.ts';
import { type Context, json } from './context.ts';
import { hostOf, underFormerHost } from './former-host.ts';
import { Prisma } from './generated/client.ts';
import { toArticle, toFate } from './rows.ts';
import { storable } from './storable.ts';

/** Advisory lock of who adds articles, until their transaction ends. */
const ADDING = 0x0c73;

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
    async known(feedId, entries) {
      const guidKeys = entries.map(guidKey);
      const urlKeys = entries.map((entry) => urlKey(entry.url));
      // One after the other: inside a transaction both share one connection.
      const sighted = await db.sighting.findMany({
        where: { feedId, guidKey: { in: guidKeys } },
        select: { guidKey: true, articleId: true, article: { select: { frozenAt: true } } },
      });
      const byUrl = await idsByUrlKey(db, urlKeys);
      const byGuid = new Map(sighted.map((row) => [row.guidKey, row]));
      const known = new Map<number, KnownArticle>();
      for (const index of entries.keys()) {
        const seen = byGuid.get(guidKeys[index] as string);
        const same = byUrl.get(urlKeys[index] as string);
        if (seen)
          known.set(index, { articleId: seen.articleId, sighted: true, frozen: seen.article.frozenAt !== null });
        else if (same) known.set(index, { articleId: same.id, sighted: false, frozen: same.frozen });
      }
      const unknown = entries.flatMap((entry, index) => (known.has(index) ? [] : [{ index, entry }]));
      const present = new Set([...known.keys()].map((index) => hostOf((entries[index] as FeedEntry).url)));
      for (const [index, found] of await underFormerHost(db, feedId, unknown, present)) known.set(index, found);
      return known;
    },
    async add(articles) {
      const keys = articles.map(({ entry }) => urlKey(entry.url));
      const before = await idsByUrlKey(db, keys);
      const fresh = articles
        .map((article, index) => ({ ...article, key: keys[index] as string }))
        .filter(({ key }) => !before.has(key));
      // Two feeds that bring the same stories at once would wait for each other in a ring.
      if (fresh.length > 0) await db.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(${ADDING})`;
      // Numbers grow with the news: lists go by them. Feeds name the newest first.
      const age = ({ entry }: NewArticle) => entry.publishedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
      fresh.reverse().sort((left, right) => (age(left) < age(right) ? -1 : age(left) > age(right) ? 1 : 0));
      await db.article.createMany({ data: fresh.map(asFeedSaid), skipDuplicates: true });
      const after = fresh.length === 0 ? before : await idsByUrlKey(db, keys);
      return keys.map((key) => after.get(key)?.id as number);
    },
    async sight(feedId, sightings, now) {
      await db.sighting.createMany({
        data: sightings.map(({ articleId, guid, url }) => ({
          feedId,
          articleId,
          guidKey: guidKey({ guid, url }),
          urlKey: urlKey(url),
          at: now,
        })),
        skipDuplicates: true,
      });
    },
    async entry(id) {
      const row = await db.article.findUnique({ where: { id }, select: { entry: true } });
      if (!row?.entry) return null;
      const entry = row.entry as unknown as Omit<FeedEntry, 'publishedAt'> & { publishedAt: string | null };
      return { ...entry, publishedAt: entry.publishedAt === null ? null : new Date(entry.publishedAt) };
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
          entry: Prisma.DbNull,
        },
      });
      return { duplicateOf: null };
    },
    async similar({ brandId, articleId, sourceId, since }) {
      const own = await db.article.findUnique({ where: { id: articleId }, select: { sketch: true } });
      if (!own || own.sketch.length === 0) return [];
      // Two that are alike and come at once: the second sees what was decided of the first.
      await db.$queryRaw`
        SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended(${`same story ${brandId}`}, 0))`;
      // The planner holds 64 searches of the index for dearer than comparing every article, which takes 13 times as long
      // with 10,000 of them. The date stays outside for the same reason.
      await db.$queryRaw`SELECT set_config('enable_seqscan', 'off', true)`;
      const found = await db.$queryRaw<{ id: number; text: string }[]>`
        WITH other AS MATERIALIZED (
          SELECT id, text, sketch, seen_at FROM article
          WHERE sketch && ${own.sketch}::int[] AND id <> ${articleId})
        SELECT id, text FROM other
        WHERE seen_at >= ${since} AND EXISTS (
            SELECT 1 FROM fate WHERE article_id = other.id AND brand_id = ${brandId}
              AND state <> 'filtered' AND waiting_for IS DISTINCT FROM 'page')
          AND NOT EXISTS (SELECT 1 FROM fate WHERE article_id = other.id AND source_id = ${sourceId})
        ORDER BY cardinality(ARRAY(SELECT unnest(sketch) INTERSECT SELECT unnest(${own.sketch}::int[]))) DESC, id
        LIMIT ${SIMILAR}`;
      await db.$queryRaw`SELECT set_config('enable_seqscan', 'on', true)`;
      return found;
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

function asFeedSaid({
  feedId,
  entry,
  seenAt,
  key,
}: {
  feedId: number | null;
  entry: FeedEntry;
  seenAt: Date;
  key: string;
}) {
  const { guid, url, title, text, author, publishedAt, imageUrl, language, categories } = storable(entry);
  return {
    feedId,
    guid,
    url,
    canonicalUrl: canonicalUrl(url),
    urlKey: key,
    title,
    text,
    language: language ?? 'und',
    author,
    publishedAt,
    imageUrl,
    categories: [...(categories ?? [])],
    textFrom: 'feed',
    entry: json(JSON.parse(JSON.stringify(storable(entry)))),
    seenAt,
  };
}
