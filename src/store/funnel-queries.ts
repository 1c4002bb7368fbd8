import type { FateState } from '../domain/article.ts';
import type { DayRow, Funnel, LeadRow, PostRow } from '../domain/report.ts';
import type { Purpose } from '../domain/spending.ts';
import type { Reports } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { Prisma } from './generated/client.ts';

type Db = Context['db'];

/** The days of a report: from the first one's midnight in the brand's zone up to `to`. */
export interface Days {
  brandId: number;
  timeZone: string;
  from: Date;
  to: Date;
}

/** Rows of each kind that a report shows at most. */
const MOST_POSTS = 200;
const MOST_LEADS = 500;

/** When the first of `days` days begins, the last being the day of `now`, both in the brand's zone. */
export async function firstInstant(db: Db, brand: { timeZone: string }, days: number, now: Date): Promise<Date> {
  const [row] = await db.$queryRaw<{ from: Date }[]>`
    SELECT (date_trunc('day', ${now}::timestamptz AT TIME ZONE ${brand.timeZone}) - make_interval(days => ${days - 1}))
      AT TIME ZONE ${brand.timeZone} AS "from"`;
  return row?.from as Date;
}

/**
 * CTE `active`: what happened in these days, one row per post it happened to (post_id is null for leads who came
 * without one). A lead belongs to the post that it answered first.
 */
function active({ brandId, from, to }: Days): Prisma.Sql {
  const within = (column: string) => Prisma.sql`${Prisma.raw(column)} >= ${from} AND ${Prisma.raw(column)} <= ${to}`;
  return Prisma.sql`
    happened AS (
      SELECT id AS post_id, 1 AS posts, 0 AS delivered, 0 AS clicks, 0 AS other_hits, 0 AS leads, cost_micros, cost_micros IS NULL AS unpriced
      FROM post WHERE brand_id = ${brandId} AND ${within('created_at')}
      UNION ALL
      SELECT delivery.post_id, 0, 1, 0, 0, 0, 0, false
      FROM delivery JOIN post ON post.id = delivery.post_id AND post.brand_id = ${brandId}
      WHERE delivery.part = 1 AND delivery.state = 'confirmed' AND ${within('delivery.confirmed_at')}
      UNION ALL
      SELECT link.post_id, 0, 0, (count(*) FILTER (WHERE class = 'person'))::int,
        (count(*) FILTER (WHERE class <> 'person'))::int, 0, 0, false
      FROM click JOIN link ON link.code = click.code AND link.brand_id = ${brandId}
      WHERE ${within('click.at')} GROUP BY link.post_id
      UNION ALL
      SELECT first.post_id, 0, 0, 0, 0, 1, 0, false
      FROM lead LEFT JOIN LATERAL (SELECT post_id FROM touch WHERE lead_id = lead.id ORDER BY id LIMIT 1) AS first ON true
      WHERE lead.brand_id = ${brandId} AND ${within('lead.created_at')}
      UNION ALL
      SELECT post_id, 0, 0, 0, 0, 0, amount_micros, false
      FROM spending WHERE brand_id = ${brandId} AND purpose = 'publish' AND ${within('at')}
    ),
    active AS (
      SELECT post_id, sum(posts)::int AS posts, sum(delivered)::int AS delivered, sum(clicks)::int AS clicks,
        sum(other_hits)::int AS other_hits, sum(leads)::int AS leads, coalesce(sum(cost_micros), 0)::float8 AS cost_micros,
        bool_or(unpriced) AS unpriced
      FROM happened GROUP BY post_id
    )`;
}

/** The funnel in total, per source and per channel. A post counts for the source whose article it is, 0 = none. */
export async function groups(
  db: Db,
  days: Days,
): Promise<(Funnel & { per: 'all' | 'source' | 'channel'; id: number; costMicros: number })[]> {
  return db.$queryRaw`
    WITH ${active(days)},
    origin AS (
      SELECT DISTINCT ON (article_id) article_id, source_id FROM fate
      WHERE brand_id = ${days.brandId}
        AND article_id IN (SELECT article_id FROM post JOIN active ON active.post_id = post.id)
      ORDER BY article_id, (state = 'filtered'), id
    ),
    placed AS (
      SELECT active.*, post.article_id, coalesce(origin.source_id, 0) AS source_id, coalesce(post.channel_id, 0) AS channel_id
      FROM active LEFT JOIN post ON post.id = active.post_id LEFT JOIN origin ON origin.article_id = post.article_id
    )
    SELECT
      CASE WHEN grouping(source_id) = 0 THEN 'source' WHEN grouping(channel_id) = 0 THEN 'channel' ELSE 'all' END AS per,
      coalesce(source_id, channel_id, 0) AS id,
      (count(DISTINCT article_id) FILTER (WHERE posts > 0))::int AS articles,
      coalesce(sum(posts), 0)::int AS posts, coalesce(sum(delivered), 0)::int AS delivered,
      coalesce(sum(clicks), 0)::int AS clicks, coalesce(sum(leads), 0)::int AS leads,
      coalesce(sum(cost_micros), 0)::float8 AS "costMicros"
    FROM placed GROUP BY GROUPING SETS ((), (source_id), (channel_id))`;
}

/** What was spent, by what for; the tokens of calls whose price isn't known. */
export async function spent(
  db: Db,
  { brandId, from, to }: Days,
): Promise<{ purpose: Purpose; micros: number; unpricedTokens: number }[]> {
  return db.$queryRaw`
    SELECT purpose, coalesce(sum(amount_micros), 0)::float8 AS micros,
      coalesce(sum(input_tokens + output_tokens) FILTER (WHERE amount_micros IS NULL), 0)::float8 AS "unpricedTokens"
    FROM spending WHERE brand_id = ${brandId} AND at >= ${from} AND at <= ${to} GROUP BY purpose`;
}

/** Articles that were seen, in total and per source that carried them. */
export async function articlesSeen(
  db: Db,
  { brandId, from, to }: Days,
): Promise<{ per: 'all' | 'source'; id: number; articles: number }[]> {
  return db.$queryRaw`
    WITH carried AS (
      SELECT article_id, coalesce(source_id, 0) AS source_id FROM fate JOIN article ON article.id = fate.article_id
      WHERE fate.brand_id = ${brandId} AND article.seen_at >= ${from} AND article.seen_at <= ${to}
    )
    SELECT CASE WHEN grouping(source_id) = 0 THEN 'source' ELSE 'all' END AS per, coalesce(source_id, 0) AS id,
      count(DISTINCT article_id)::int AS articles
    FROM carried GROUP BY GROUPING SETS ((), (source_id))`;
}

/** Posts to which something happened, newest first. Reactions are those of every kind, likes too. */
export async function posts(db: Db, days: Days): Promise<PostRow[]> {
  return db.$queryRaw`
    WITH ${active(days)},
    shown AS (SELECT * FROM active WHERE post_id IS NOT NULL ORDER BY post_id DESC LIMIT ${MOST_POSTS}),
    reading AS (
      SELECT DISTINCT ON (engagement.delivery_id, metric) delivery.post_id, metric, value
      FROM shown JOIN delivery ON delivery.post_id = shown.post_id
        JOIN engagement ON engagement.delivery_id = delivery.id
      ORDER BY engagement.delivery_id, metric, at DESC
    ),
    reached AS (
      SELECT post_id, sum(value) FILTER (WHERE metric IN ('reactions', 'likes')) AS reactions,
        sum(value) FILTER (WHERE metric = 'replies') AS replies
      FROM reading GROUP BY post_id
    )
    SELECT post.id, post.article_id AS "articleId", article.title, article.url,
      channel.platform || ':' || channel.address AS channel,
      coalesce(delivery.state, post.state) AS state, coalesce(delivery.state = 'confirmed', false) AS delivered,
      shown.clicks, shown.other_hits AS "otherHits", shown.leads,
      CASE WHEN NOT shown.unpriced THEN shown.cost_micros END AS "costMicros", origin.name AS source,
      coalesce(reached.reactions, 0)::int AS reactions, coalesce(reached.replies, 0)::int AS replies
    FROM shown JOIN post ON post.id = shown.post_id
      JOIN article ON article.id = post.article_id
      JOIN channel ON channel.id = post.channel_id
      LEFT JOIN delivery ON delivery.post_id = post.id AND delivery.channel_id = post.channel_id AND delivery.part = 1
      LEFT JOIN reached ON reached.post_id = post.id
      LEFT JOIN LATERAL (
        SELECT coalesce(source.name, feed.title, feed.url) AS name
        FROM fate JOIN source ON source.id = fate.source_id JOIN feed ON feed.id = source.feed_id
        WHERE fate.brand_id = ${days.brandId} AND fate.article_id = post.article_id
        ORDER BY (fate.state = 'filtered'), fate.id LIMIT 1
      ) AS origin ON true
    ORDER BY post.id DESC`;
}

/** Leads of these days that weren't erased, newest first, with what they answered; names still sealed. */
export async function leads(
  db: Db,
  { brandId, from, to }: Days,
): Promise<(Omit<LeadRow, 'name'> & { name: Uint8Array | null; dataKey: Uint8Array })[]> {
  return db.$queryRaw`
    SELECT lead.id, lead.name, lead.data_key AS "dataKey", lead.stage, lead.score, lead.created_at AS "createdAt",
      first.post_id AS "postId", first.article_id AS "articleId", article.title AS "articleTitle",
      article.url AS "articleUrl", channel.platform || ':' || channel.address AS channel
    FROM lead
      LEFT JOIN LATERAL (SELECT * FROM touch WHERE lead_id = lead.id ORDER BY id LIMIT 1) AS first ON true
      LEFT JOIN article ON article.id = first.article_id
      LEFT JOIN channel ON channel.id = first.channel_id
    WHERE lead.brand_id = ${brandId} AND lead.erased_at IS NULL
      AND lead.created_at >= ${from} AND lead.created_at <= ${to}
    ORDER BY lead.created_at DESC, lead.id DESC LIMIT ${MOST_LEADS}`;
}

/** One row a day in the brand's zone, also for days on which nothing happened. */
export async function daily(db: Db, { brandId, timeZone, from, to }: Days): Promise<DayRow[]> {
  const day = (column: string) => Prisma.sql`date_trunc('day', ${Prisma.raw(column)} AT TIME ZONE ${timeZone})`;
  return db.$queryRaw`
    WITH happened AS (
      SELECT ${day('delivery.confirmed_at')} AS day, 1 AS delivered, 0 AS clicks, 0 AS leads
      FROM delivery JOIN post ON post.id = delivery.post_id AND post.brand_id = ${brandId}
      WHERE delivery.part = 1 AND delivery.state = 'confirmed' AND delivery.confirmed_at >= ${from} AND delivery.confirmed_at <= ${to}
      UNION ALL
      SELECT ${day('click.at')}, 0, 1, 0 FROM click JOIN link ON link.code = click.code AND link.brand_id = ${brandId}
      WHERE click.class = 'person' AND click.at >= ${from} AND click.at <= ${to}
      UNION ALL
      SELECT ${day('lead.created_at')}, 0, 0, 1 FROM lead
      WHERE brand_id = ${brandId} AND created_at >= ${from} AND created_at <= ${to}
    )
    SELECT to_char(days.day, 'YYYY-MM-DD') AS day, coalesce(sum(delivered), 0)::int AS delivered,
      coalesce(sum(clicks), 0)::int AS clicks, coalesce(sum(leads), 0)::int AS leads
    FROM generate_series(
        ${from}::timestamptz AT TIME ZONE ${timeZone}, ${to}::timestamptz AT TIME ZONE ${timeZone}, interval '1 day'
      ) AS days (day) LEFT JOIN happened ON happened.day = days.day
    GROUP BY days.day ORDER BY days.day`;
}

/** Everything ever, over all brands. */
export async function totals(db: Db): ReturnType<Reports['totals']> {
  const [[row], fates] = await Promise.all([
    db.$queryRaw<Funnel[]>`
      SELECT (SELECT count(*) FROM article)::int AS articles, (SELECT count(*) FROM post)::int AS posts,
        (SELECT count(*) FROM delivery WHERE state = 'confirmed' AND part = 1)::int AS delivered,
        (SELECT count(*) FROM click WHERE class = 'person')::int AS clicks, (SELECT count(*) FROM lead)::int AS leads`,
    db.fate.groupBy({ by: ['state'], _count: { _all: true } }),
  ]);
  const byFate: Record<FateState, number> = { waiting: 0, posted: 0, filtered: 0, failed: 0 };
  for (const { state, _count } of fates) byFate[state as FateState] = _count._all;
  return { ...(row as Funnel), byFate };
}
