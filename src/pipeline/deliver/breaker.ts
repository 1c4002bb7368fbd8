import { type Outcome, SEND_DEADLINE_MS } from '../../domain/delivery.ts';
import { after } from '../../lib/clock.ts';
import type { Ports } from '../../ports/app.ts';
import type { DeliveryView } from '../../ports/store/index.ts';

type BreakerPorts = Pick<Ports, 'store' | 'clock' | 'log'>;

/** Whether this delivery is the one that tries a platform whose pause is over; brought back then when it isn't over yet. */
export async function mayProbe({ store, clock }: BreakerPorts, { channel, delivery }: DeliveryView): Promise<boolean> {
  const breaker = await store.breakers.get(channel.platform);
  if (breaker === null || breaker.openUntil === null) return false;
  const now = clock.now();
  if (await store.breakers.probe(channel.platform, after(now, 2 * SEND_DEADLINE_MS), now)) return true;
  if (breaker.openUntil > now)
    await store.jobs.send([{ verb: 'deliver', deliveryId: delivery.id }], { startAfter: breaker.openUntil });
  return false;
}

/** Counts failures of the platform itself; any answer of it ends the count, and what waits goes on. */
export async function tellBreaker(
  { store, clock, log }: BreakerPorts,
  platform: string,
  { outcome, troubled, probing, stopped }: { outcome: Outcome; troubled: boolean; probing: boolean; stopped: boolean },
): Promise<void> {
  if ('down' in outcome && outcome.down && !stopped) {
    const breaker = await store.breakers.fail(platform, outcome.reason, probing, clock.now());
    const { failures, openUntil, reason } = breaker;
    if (openUntil !== null) log.warn({ platform, failures, openUntil, reason }, 'platform is down, its posts wait');
    return;
  }
  if (!troubled || !(await store.breakers.close(platform))) return;
  if (probing) {
    log.info({ platform }, 'platform answers again');
    await store.jobs.send([{ verb: 'sweep' }]);
  }
}
