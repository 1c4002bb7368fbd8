import type { Channel } from '../../domain/channel.ts';
import { changeChannel } from '../../domain/channel-settings.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import { channelNotices } from '../notices.ts';
import { planChannel } from '../plan.ts';

/**
 * Changes settings of a channel, given by their keys. With another budget, posts that waited for money are planned anew.
 * UsageError that names every fault at once; then nothing is changed.
 */
export async function setChannel(
  { store, clock, log }: Pick<Ports, 'store' | 'clock' | 'log'>,
  channelId: number,
  values: ReadonlyMap<string, string>,
): Promise<Channel> {
  const changed = await store.transaction(async (tables) => {
    // Whoever is about to send waits, and reads the new budget.
    const channel = await tables.channels.lock(channelId);
    if (channel === null) throw new UsageError(`There is no channel ${channelId}.`);
    const next = changeChannel(channel, values);
    await tables.channels.save(next);
    if ((next.budgetMonthMicros ?? null) === (channel.budgetMonthMicros ?? null)) return next;
    await tables.notices.withdraw(channel.brandId, channelNotices(channelId));
    const now = clock.now();
    const due = await tables.deliveries.budgetChanged(channelId, now);
    const [whole, later] = [due.filter(({ part }) => part === 1), due.filter(({ part }) => part > 1)];
    await planChannel(tables, channelId, now, { fresh: whole.map(({ id }) => id) });
    // The parts of a thread that has begun follow at once.
    await tables.jobs.send(later.map(({ id }) => ({ verb: 'deliver' as const, deliveryId: id })));
    return next;
  });
  log.info({ channelId, settings: [...values.keys()] }, 'settings of a channel changed');
  return changed;
}
