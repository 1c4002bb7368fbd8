import type { Channel } from '../../domain/channel.ts';
import type { Ports } from '../../ports/app.ts';
import { channelNotices } from '../notices.ts';

/** Sets what a channel's platform may charge in a month; posts that waited for money are due again. */
export async function setChannelBudget(
  { store, clock, log }: Pick<Ports, 'store' | 'clock' | 'log'>,
  channel: Channel,
  budgetMonthMicros: number | null,
): Promise<Channel> {
  const changed = await store.transaction(async (tables) => {
    // Whoever is about to send waits, and reads the new budget.
    await tables.spending.lock({ channelId: channel.id });
    const current = { ...((await tables.channels.get(channel.id)) ?? channel), budgetMonthMicros };
    await tables.channels.save(current);
    await tables.notices.withdraw(channel.brandId, channelNotices(channel.id));
    const due = await tables.deliveries.budgetChanged(channel.id, clock.now());
    await tables.jobs.send(due.map((deliveryId) => ({ verb: 'deliver' as const, deliveryId })));
    return current;
  });
  log.info({ channelId: channel.id, budgetMonthMicros }, 'budget of a channel changed');
  return changed;
}
