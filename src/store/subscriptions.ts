import { pushedUntil, type Subscription, type SubscriptionState } from '../domain/subscription.ts';
import { Secret } from '../lib/secret.ts';
import type { SubscriptionDue, Subscriptions } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { Prisma, type Subscription as Row } from './generated/client.ts';
import { FOLLOWING } from './sources.ts';
import { storable } from './storable.ts';

/** SQL: whether the feed's news is to be pushed. */
const WANTED = Prisma.sql`(feed.hub_url IS NOT NULL AND feed.state <> 'gone' AND EXISTS (SELECT 1 ${FOLLOWING}))`;

/** Subscriptions at hubs in PostgreSQL; what deliveries are signed with is sealed. */
export function createSubscriptions({ db, vault }: Context): Subscriptions {
  const toSubscription = ({ secret, state, pending, ...row }: Row): Subscription => ({
    ...row,
    secret: new Secret(vault.unseal(`subscription:${row.code}`, secret)),
    state: state as SubscriptionState,
    pending: pending as Subscription['pending'],
  });
  /** A feed that is no longer pushed is due: what came meanwhile was perhaps pushed to nobody. */
  const setPushed = (feedId: number, until: Date | null, now: Date) => db.$executeRaw`
    UPDATE feed SET pushed_until = ${until}::timestamptz,
      next_poll_at = CASE WHEN ${until}::timestamptz IS NULL THEN LEAST(next_poll_at, ${now}) ELSE next_poll_at END
    WHERE id = ${feedId} AND pushed_until IS DISTINCT FROM ${until}::timestamptz`;

  return {
    async ofFeeds(feedIds) {
      const rows = await db.subscription.findMany({ where: { feedId: { in: [...feedIds] } } });
      return rows.map(toSubscription);
    },
    async byCode(code) {
      const row = await db.subscription.findUnique({ where: { code } });
      return row && toSubscription(row);
    },
    async take(key) {
      const where = 'code' in key ? Prisma.sql`code = ${key.code}` : Prisma.sql`feed_id = ${key.feedId}`;
      const [held] = await db.$queryRaw<{ feedId: number }[]>`
        SELECT feed_id AS "feedId" FROM subscription WHERE ${where} FOR UPDATE`;
      const row = held && (await db.subscription.findUnique({ where: { feedId: held.feedId } }));
      return row ? toSubscription(row) : null;
    },
    async save(subscription, now) {
      const { feedId, secret, ...columns } = subscription;
      const sealed = new Uint8Array(vault.seal(`subscription:${columns.code}`, secret.reveal()));
      const data = { ...storable(columns), secret: sealed };
      await db.subscription.upsert({ where: { feedId }, create: { feedId, ...data }, update: data });
      await setPushed(feedId, pushedUntil(subscription), now);
    },
    async remove(feedId, now) {
      await db.subscription.deleteMany({ where: { feedId } });
      await setPushed(feedId, null, now);
    },
    async pollBy(feedId, at) {
      await db.feed.updateMany({ where: { id: feedId, nextPollAt: { gt: at } }, data: { nextPollAt: at } });
    },
    async due({ now, freshBefore, publicUrl, limit }) {
      return db.$queryRaw<SubscriptionDue[]>`
        SELECT feed.id AS "feedId", feed.hub_url AS hub, false AS stored FROM feed
        WHERE ${WANTED} AND NOT EXISTS (SELECT 1 FROM subscription WHERE subscription.feed_id = feed.id)
        UNION ALL
        SELECT feed.id, subscription.hub, true FROM subscription JOIN feed ON feed.id = subscription.feed_id
        WHERE next_at <= ${now} OR fresh_at <= ${freshBefore} OR (subscription.state = 'ending') = ${WANTED}
          OR (subscription.state <> 'ending' AND (hub, topic, public_url) <> (hub_url, hub_topic, ${publicUrl}))
        LIMIT ${limit}`;
    },
    async totals() {
      const rows = await db.subscription.groupBy({
        by: ['state'],
        _count: { _all: true },
        _sum: { deliveries: true, ignored: true },
      });
      const sum = (column: 'deliveries' | 'ignored') => rows.reduce((all, row) => all + (row._sum[column] ?? 0), 0);
      const byState = Object.fromEntries(rows.map((row) => [row.state, row._count._all]));
      return { byState, deliveries: sum('deliveries'), ignored: sum('ignored') };
    },
  };
}
