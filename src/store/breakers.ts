import { FAILURES_TO_OPEN, FIRST_PAUSE_MS, LONGEST_PAUSE_MS } from '../domain/breaker.ts';
import type { Breakers } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import type { Breaker as Row } from './generated/client.ts';
import { storable } from './storable.ts';

/** Breakers in PostgreSQL. */
export function createBreakers({ db }: Context): Breakers {
  return {
    list: async () => (await db.breaker.findMany({ orderBy: { platform: 'asc' } })).map(toBreaker),
    async get(platform) {
      const row = await db.breaker.findUnique({ where: { platform } });
      return row && toBreaker(row);
    },
    async fail(platform, reason, probing, now) {
      const [row] = await db.$queryRaw<Row[]>`
        INSERT INTO breaker (platform, failures, reason, since) VALUES (${platform}, 1, ${storable(reason)}, ${now})
        ON CONFLICT (platform) DO UPDATE SET
          failures = breaker.failures + 1,
          reason = excluded.reason,
          -- Answers to what was on its way when it opened make the pause no longer.
          pauses = breaker.pauses + (${probing} OR (breaker.open_until IS NULL AND breaker.failures + 1 >= ${FAILURES_TO_OPEN}))::int,
          open_until = CASE
            WHEN ${probing} OR (breaker.open_until IS NULL AND breaker.failures + 1 >= ${FAILURES_TO_OPEN})
            THEN ${now}::timestamptz + interval '1 millisecond'
              * least(${LONGEST_PAUSE_MS}::float8, ${FIRST_PAUSE_MS}::float8 * power(2, least(breaker.pauses, 20)))
            ELSE breaker.open_until END
        RETURNING platform, failures, pauses, reason, since, open_until AS "openUntil"`;
      return toBreaker(row as Row);
    },
    async close(platform) {
      const { count } = await db.breaker.deleteMany({ where: { platform } });
      return count === 1;
    },
    async probe(platform, until, now) {
      const { count } = await db.breaker.updateMany({
        where: { platform, openUntil: { lte: now } },
        data: { openUntil: until },
      });
      return count === 1;
    },
  };
}

const toBreaker = ({ pauses: _, ...breaker }: Row) => breaker;
