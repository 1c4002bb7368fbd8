import { type DeliveryState, type OutcomeKind, WAITS_FOR_BUDGET } from '../domain/delivery.ts';
import type { Deliveries, DeliveryView } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { Prisma } from './generated/client.ts';
import { createLedger } from './ledger.ts';
import { createLooks } from './looks.ts';
import { toChannel, toDelivery, toPost } from './rows.ts';
import { storable } from './storable.ts';

const WHOLE = {
  include: {
    channel: true,
    post: true,
    attempts: { orderBy: { fence: 'asc' }, include: { outcomes: { orderBy: { id: 'desc' }, take: 1 } } },
  },
} as const satisfies { include: Prisma.DeliveryInclude };
type WholeRow = Prisma.DeliveryGetPayload<typeof WHOLE>;

/** Deliveries in PostgreSQL; how they are sent and settled is in the ledger. */
export function createDeliveries(context: Context): Deliveries {
  const { db } = context;
  return {
    ...createLedger(context),
    ...createLooks(context),
    async get(id) {
      const row = await db.delivery.findUnique({ where: { id } });
      return row && toDelivery(row);
    },
    async list({ brandId, state, limit, before }) {
      const rows = await db.delivery.findMany({
        where: {
          post: { brandId },
          ...(state === undefined ? {} : { state }),
          ...(before === undefined ? {} : { id: { lt: before } }),
        },
        orderBy: { id: 'desc' },
        take: limit,
        ...WHOLE,
      });
      return rows.map(toView);
    },
    async view(id) {
      const row = await db.delivery.findUnique({ where: { id }, ...WHOLE });
      return row && toView(row);
    },
    async add({ postId, channelId, part = 1, parts = 1, replyTo = null, dueAt }, now) {
      await db.delivery.createMany({
        data: [{ postId, channelId, part, parts, replyTo: storable(replyTo), dueAt, state: 'waiting', changedAt: now }],
        skipDuplicates: true,
      });
      const key = { postId, channelId, part };
      return toDelivery(await db.delivery.findUniqueOrThrow({ where: { postId_channelId_part: key } }));
    },
    async drop(id, reason, now) {
      const { count } = await db.delivery.updateMany({
        where: { id, state: 'waiting' },
        data: storable({ state: 'dropped', reason, changedAt: now }),
      });
      return count === 1;
    },
    async toPlan(channelId, since, limit) {
      const rows = await db.delivery.findMany({
        where: { channelId, state: 'waiting', part: 1 },
        orderBy: [{ post: { breaking: 'desc' } }, { id: 'asc' }],
        take: limit,
        include: {
          post: {
            select: {
              plannedAt: true,
              breaking: true,
              article: { select: { publishedAt: true, seenAt: true } },
            },
          },
        },
      });
      const sent = await db.delivery.findMany({
        where: {
          channelId,
          part: 1,
          OR: [{ confirmedAt: { gte: since } }, { state: { in: ['intent', 'unclear'] }, changedAt: { gte: since } }],
        },
        select: { confirmedAt: true, changedAt: true },
      });
      return {
        waiting: rows.map(({ post: { plannedAt, breaking, article }, ...delivery }) => ({
          delivery: toDelivery(delivery),
          plannedAt,
          breaking,
          newsAt: article.publishedAt ?? article.seenAt,
        })),
        sent: sent.map((row) => row.confirmedAt ?? row.changedAt),
      };
    },
    async setDue(times) {
      if (times.length === 0) return;
      await db.$executeRaw`
        UPDATE delivery SET due_at = given.due_at
        FROM unnest(${times.map(({ id }) => id)}::int[], ${times.map(({ dueAt }) => dueAt)}::timestamptz[])
          AS given (id, due_at)
        WHERE delivery.id = given.id AND delivery.state = 'waiting'`;
    },
    async withdraw(postId) {
      await db.delivery.deleteMany({ where: { postId, state: 'waiting', fence: 0 } });
    },
    async postpone(id, dueAt, reason, now) {
      await db.delivery.updateMany({
        where: { id, state: 'waiting' },
        data: storable({ dueAt, reason, changedAt: now }),
      });
    },
    async budgetChanged(channelId, now) {
      const rows = await db.delivery.updateManyAndReturn({
        where: { channelId, state: 'waiting', reason: { startsWith: WAITS_FOR_BUDGET } },
        data: { dueAt: now, reason: null, changedAt: now },
      });
      return rows.map(toDelivery);
    },
    async due(now, limit) {
      const down = await db.breaker.findMany({ where: { openUntil: { gt: now } }, select: { platform: true } });
      const rows = await db.delivery.findMany({
        where: {
          state: 'waiting',
          dueAt: { lte: now },
          channel: {
            state: 'active',
            brand: { paused: false },
            ...(down.length === 0 ? {} : { platform: { notIn: down.map((one) => one.platform) } }),
          },
        },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async toMeasure(now, limit) {
      const rows = await db.delivery.findMany({
        where: { state: 'confirmed', nextMeasureAt: { lte: now } },
        orderBy: { nextMeasureAt: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async setNextMeasure(id, at) {
      await db.delivery.updateMany({ where: { id }, data: { nextMeasureAt: at } });
    },
    async byRemoteId(platform, address, remoteId) {
      const row = await db.delivery.findFirst({
        where: { remoteId, channel: { platform, address } },
        orderBy: { id: 'desc' },
      });
      return row && toDelivery(row);
    },
    async counts(brandId) {
      const rows = await db.$queryRaw<{ state: DeliveryState; count: number }[]>`
        SELECT delivery.state, count(*)::int AS count FROM delivery
        ${brandId === null ? Prisma.empty : Prisma.sql`JOIN post ON post.id = post_id AND post.brand_id = ${brandId}`}
        GROUP BY delivery.state`;
      const none = { waiting: 0, intent: 0, confirmed: 0, rejected: 0, unclear: 0, dropped: 0 };
      return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
    },
  };
}

function toView({ attempts, channel, post, ...delivery }: WholeRow): DeliveryView {
  return {
    delivery: toDelivery(delivery),
    attempts: attempts.map(({ id, startedAt, outcomes: [last] }) => ({
      id,
      at: startedAt,
      outcome: (last?.outcome ?? 'open') as OutcomeKind | 'open',
      reason: last?.reason ?? null,
      by: last?.by ?? null,
    })),
    channel: toChannel(channel),
    post: toPost(post),
  };
}
