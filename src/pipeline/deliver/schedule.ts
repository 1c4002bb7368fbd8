import type { Schedule } from '../../domain/schedule.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import { planChannel } from '../plan.ts';

/** Gives a channel another schedule and plans what waits by it. UsageError when the channel is not there. */
export async function scheduleChannel(
  ports: Pick<Ports, 'store' | 'clock' | 'log'>,
  channelId: number,
  schedule: Schedule,
): Promise<void> {
  await ports.store.transaction(async (tables) => {
    const channel = await tables.channels.lock(channelId);
    if (channel === null) throw new UsageError(`There is no channel ${channelId}.`);
    await tables.channels.save({ ...channel, schedule });
    await planChannel(tables, channelId, ports.clock.now());
  });
  ports.log.info({ channelId }, 'schedule changed');
}
