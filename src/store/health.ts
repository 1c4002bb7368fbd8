import type { StoreHealth } from '../ports/store/index.ts';
import type { Context } from './context.ts';

/** How the database is, in one question. */
export async function readHealth(db: Context['db'], now: Date): Promise<StoreHealth> {
  const [row] = await db.$queryRaw<(StoreHealth & { at: Date })[]>`
    SELECT 'PostgreSQL ' || current_setting('server_version') AS server,
      pg_database_size(current_database())::float8 AS "sizeBytes",
      (
        SELECT extract(epoch FROM ${now}::timestamptz - min(due_at))::float8
        FROM delivery JOIN channel ON channel.id = delivery.channel_id JOIN brand ON brand.id = channel.brand_id
        WHERE delivery.state = 'waiting' AND due_at <= ${now} AND fence = 0
          AND channel.state = 'active' AND NOT brand.paused
      ) AS "oldestUnsentSeconds",
      (SELECT count(*) FROM delivery WHERE state = 'unclear')::int AS unclear,
      extract(epoch FROM clock_timestamp() - ${now}::timestamptz)::float8 AS "clockSkewSeconds"`;
  return row as StoreHealth;
}
