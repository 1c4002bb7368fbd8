import type { Used } from '../domain/budget.ts';
import type { Purpose } from '../domain/spending.ts';
import type { Spendings } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { Prisma } from './generated/client.ts';
import { storable } from './storable.ts';

/** The ledger of money in PostgreSQL. */
export function createSpendings({ db }: Context): Spendings {
  return {
    async add(lines) {
      await db.spending.createMany({ data: lines.map((line) => storable({ ...line })), skipDuplicates: true });
    },
    async release(reference) {
      await db.$executeRaw`
        INSERT INTO spending (brand_id, channel_id, article_id, post_id, at, entry, purpose, payee, amount_micros, reference)
        SELECT brand_id, channel_id, article_id, post_id, at, 'release', purpose, payee, -amount_micros, reference
        FROM spending WHERE reference = ${reference}::uuid AND entry = 'hold'
        ON CONFLICT (reference, entry) DO NOTHING`;
    },
    async lock(of) {
      // Weaker than FOR UPDATE: whoever only adds a row that names the brand or channel doesn't wait.
      await ('channelId' in of
        ? db.$queryRaw`SELECT 1 AS locked FROM channel WHERE id = ${of.channelId} FOR NO KEY UPDATE`
        : db.$queryRaw`SELECT 1 AS locked FROM brand WHERE id = ${of.brandId} FOR NO KEY UPDATE`);
    },
    async totals() {
      return db.$queryRaw`
        SELECT brand.slug AS brand, purpose, payee, coalesce(sum(amount_micros), 0)::float8 AS micros,
          coalesce(sum(input_tokens + output_tokens) FILTER (WHERE amount_micros IS NULL), 0)::float8 AS "unpricedTokens"
        FROM spending JOIN brand ON brand.id = spending.brand_id GROUP BY brand.slug, purpose, payee`;
    },
    async used(of, now) {
      const [brandId, mine] =
        'channelId' in of
          ? [
              Prisma.sql`(SELECT brand_id FROM channel WHERE id = ${of.channelId})`,
              Prisma.sql`spending.channel_id = ${of.channelId}`,
            ]
          : [Prisma.sql`${of.brandId}`, Prisma.sql`spending.brand_id = ${of.brandId}`];
      const rows = await db.$queryRaw<UsedRow[]>`
        WITH zone AS (
          SELECT time_zone AS name, ${now}::timestamptz AT TIME ZONE time_zone AS local FROM brand WHERE id = ${brandId}
        ), period AS (
          SELECT date_trunc('day', local) AT TIME ZONE name AS day_from,
            (date_trunc('day', local) + interval '1 day') AT TIME ZONE name AS day_to,
            date_trunc('month', local) AT TIME ZONE name AS month_from,
            (date_trunc('month', local) + interval '1 month') AT TIME ZONE name AS month_to
          FROM zone
        )
        SELECT day_to AS "dayEndsAt", month_to AS "monthEndsAt", purpose,
          coalesce(sum(amount_micros) FILTER (WHERE at >= day_from AND at < day_to), 0)::float8 AS day,
          coalesce(sum(amount_micros), 0)::float8 AS month
        FROM period LEFT JOIN spending ON ${mine} AND at >= month_from AND at < month_to
        GROUP BY day_to, month_to, purpose`;
      const [{ dayEndsAt, monthEndsAt } = { dayEndsAt: now, monthEndsAt: now }] = rows;
      const day = { ...NOTHING };
      const month = { ...NOTHING };
      for (const row of rows) {
        if (row.purpose === null) continue;
        day[row.purpose] = row.day;
        month[row.purpose] = row.month;
      }
      return { day, month, dayEndsAt, monthEndsAt };
    },
  };
}

/** What the platform charged, or may have, for each of those posts, in millionths of a dollar; posts that cost nothing are left out. */
export async function chargedFor(db: Context['db'], postIds: readonly number[]): Promise<Map<number, number>> {
  if (postIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ postId: number; micros: number }[]>`
    SELECT post_id AS "postId", sum(amount_micros)::float8 AS micros FROM spending
    WHERE post_id = ANY(${[...postIds]}::int[]) AND purpose = 'publish' GROUP BY post_id HAVING sum(amount_micros) <> 0`;
  return new Map(rows.map(({ postId, micros }) => [postId, micros]));
}

interface UsedRow extends Pick<Used, 'dayEndsAt' | 'monthEndsAt'> {
  /** Null: nothing was spent in the month. */
  purpose: Purpose | null;
  day: number;
  month: number;
}

const NOTHING: Record<Purpose, number> = { write: 0, about: 0, opinion: 0, publish: 0 };
