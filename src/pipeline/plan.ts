import { WAITS_FOR_BUDGET } from '../domain/delivery.ts';
import { type Planned, plan } from '../domain/schedule.ts';
import { after, DAY } from '../lib/clock.ts';
import type { Tables } from '../ports/store/index.ts';

/** So many of a channel's waiting deliveries are planned; those behind them wait for their turn. */
const PLANNED_AHEAD = 200;
/** Sends of that time count for gaps and the day's number. */
const LOOK_BACK_MS = 2 * DAY;
/** What is due by then is enqueued now; the sweep finds what is due later. */
const SOON_MS = 90_000;

/** What a channel's plan says of one delivery. */
export interface Turn {
  dueAt: Date;
  /** Its news is old by then: it is to be dropped, not sent. */
  expires: boolean;
}

/**
 * Plans a channel's waiting deliveries anew and enqueues what is due soon. `fresh`: those that have not been planned yet.
 * Says when each goes out. Inside a transaction only, which then holds the channel.
 */
export async function planChannel(
  tables: Tables,
  channelId: number,
  now: Date,
  { fresh = [] }: { fresh?: readonly number[] } = {},
): Promise<Map<number, Turn>> {
  const turns = new Map<number, Turn>();
  const channel = await tables.channels.lock(channelId);
  const brand = channel === null ? null : await tables.brands.get(channel.brandId);
  if (channel === null || brand === null) return turns;
  const { schedule } = channel;
  const isFresh = new Set(fresh);
  const { waiting, sent } = await tables.deliveries.toPlan(channelId, after(now, -LOOK_BACK_MS), PLANNED_AHEAD);
  const planned = waiting.map(({ delivery, plannedAt, breaking, newsAt }): Planned => {
    const { id, dueAt, fence, reason } = delivery;
    const held = fence > 0 || reason?.startsWith(WAITS_FOR_BUDGET) === true;
    return {
      id,
      dueAt: isFresh.has(id) ? null : dueAt,
      breaking,
      fixedAt: plannedAt,
      // One that was tried waits for what its platform asked, one that the budget doesn't cover for the next month.
      notBefore: held && dueAt > now ? dueAt : null,
      expiresAt: schedule.expiresAfterMs === null ? null : after(newsAt, schedule.expiresAfterMs),
    };
  });
  for (const { id, ...turn } of plan(schedule, brand.timeZone, { waiting: planned, sent, now })) turns.set(id, turn);
  const last = Math.max(now.getTime(), ...[...turns.values()].map(({ dueAt }) => dueAt.getTime()));
  for (const id of fresh) if (!turns.has(id)) turns.set(id, { dueAt: new Date(last), expires: false });
  const before = new Map(waiting.map(({ delivery }) => [delivery.id, delivery.dueAt.getTime()]));
  const times = [...turns].map(([id, { dueAt }]) => ({ id, dueAt }));
  await tables.deliveries.setDue(times.filter(({ id, dueAt }) => before.get(id) !== dueAt.getTime()));
  for (const { id, dueAt } of times) {
    if (dueAt.getTime() - now.getTime() < SOON_MS && (isFresh.has(id) || before.get(id) !== dueAt.getTime()))
      await tables.jobs.send([{ verb: 'deliver', deliveryId: id }], { startAfter: dueAt });
  }
  return turns;
}
