import { randomBytes } from 'node:crypto';
import type { Metric } from '../domain/engagement.ts';
import type { Engagements } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { storable } from './storable.ts';

/** Engagement readings and clicks in PostgreSQL. */
export function createEngagements({ db }: Context): Engagements {
  return {
    async add(rows) {
      await db.engagement.createMany({
        data: rows.map(({ deliveryId, at, metric, value }) => ({ deliveryId, at, metric, value })),
        skipDuplicates: true,
      });
    },
    async latest(deliveryIds) {
      const rows = await db.$queryRaw<{ deliveryId: number; metric: Metric; value: number }[]>`
        SELECT DISTINCT ON (delivery_id, metric) delivery_id AS "deliveryId", metric, value
        FROM engagement WHERE delivery_id = ANY(${[...deliveryIds]}::int[])
        ORDER BY delivery_id, metric, at DESC`;
      const latest = new Map<number, Partial<Record<Metric, number>>>();
      for (const { deliveryId, metric, value } of rows)
        latest.set(deliveryId, { ...latest.get(deliveryId), [metric]: value });
      return latest;
    },
    async addClick({ code, at, class: kind, reason, visitor }) {
      await db.click.create({ data: { ...storable({ code, reason, visitor }), at, class: kind } });
    },
    async clickCounts() {
      const rows = await db.click.groupBy({ by: ['class'], _count: { _all: true } });
      const none = { person: 0, bot: 0, head: 0, prefetch: 0 };
      return { ...none, ...Object.fromEntries(rows.map((row) => [row.class, row._count._all])) };
    },
    async visitorKey(day) {
      for (;;) {
        const [row] = await db.$queryRaw<{ key: Uint8Array }[]>`
          WITH destroyed AS (DELETE FROM visitor_key WHERE day < ${day}), made AS (
            INSERT INTO visitor_key (day, key) VALUES (${day}, ${randomBytes(32)}) ON CONFLICT DO NOTHING RETURNING key
          )
          SELECT key FROM made UNION ALL SELECT key FROM visitor_key WHERE day = ${day} LIMIT 1`;
        // None: another process made it while this statement ran.
        if (row) return Buffer.from(row.key);
      }
    },
  };
}
