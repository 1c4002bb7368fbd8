import type { Deliveries } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { toDelivery } from './rows.ts';
import { storable } from './storable.ts';

/** Who looks for unclear deliveries, and when. */
export function createLooks({ db }: Context): Pick<Deliveries, 'toLook' | 'lookable' | 'takeLook' | 'noteLook'> {
  return {
    async toLook(now, limit) {
      const rows = await db.delivery.findMany({
        where: { state: 'unclear', lookAt: { lte: now } },
        orderBy: { lookAt: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async lookable(id, now) {
      const row = await db.delivery.findFirst({
        where: { id, state: 'unclear', lookAt: { lte: now } },
        include: {
          attempts: { orderBy: { fence: 'asc' }, include: { outcomes: { orderBy: { id: 'desc' }, take: 1 } } },
        },
      });
      if (row === null) return null;
      const { attempts, ...delivery } = row;
      const last = attempts.findLast((attempt) => attempt.fence === delivery.fence);
      if (last === undefined) return null;
      const { bodyHash, body, startedAt } = last;
      return {
        delivery: toDelivery(delivery),
        looks: delivery.looks,
        body,
        reason: last.outcomes[0]?.reason ?? null,
        since: attempts.find((attempt) => attempt.bodyHash === bodyHash)?.startedAt ?? startedAt,
      };
    },
    async takeLook({ delivery: { id, fence }, looks }, nextAt, now) {
      const { count } = await db.delivery.updateMany({
        where: { id, fence, looks, state: 'unclear', lookAt: { lte: now } },
        data: { looks: looks + 1, lookAt: nextAt },
      });
      return count === 1;
    },
    async noteLook({ id, fence }, reason) {
      await db.delivery.updateMany({ where: { id, fence, state: 'unclear' }, data: { reason: storable(reason) } });
    },
  };
}
