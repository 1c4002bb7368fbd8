import { type Metric, nextMeasureAt } from '../../domain/engagement.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { IncomingEvent } from '../../ports/chat.ts';

type MeasurePorts = Pick<Ports, 'store' | 'platforms' | 'clock' | 'log'>;

/** Asks the platform for one delivery's numbers and stores them as totals of this instant. A failure is tried at the next interval. */
export async function measure(ports: MeasurePorts, deliveryId: number, signal: AbortSignal): Promise<void> {
  const { store, platforms, clock, log } = ports;
  const view = await store.deliveries.view(deliveryId);
  if (view === null || view.delivery.state !== 'confirmed' || view.delivery.confirmedAt === null) return;
  const platform = platforms.get(view.channel.platform);
  const { remoteId, confirmedAt } = view.delivery;
  if (platform?.engagement !== undefined && remoteId !== null && remoteId !== '') {
    try {
      const readings = await platform.engagement([{ deliveryId, address: view.channel.address, remoteId }], signal);
      for (const reading of readings) await storeTotals(ports, reading.deliveryId, reading.values);
    } catch (error) {
      if (signal.aborted) throw error;
      log.warn({ deliveryId, reason: messageOf(error) }, 'engagement could not be read');
    }
  }
  await store.deliveries.setNextMeasure(deliveryId, nextMeasureAt(confirmedAt, clock.now()));
}

/** Stores totals that a platform pushed, or asks for them soon when it only said that something changed. */
export async function takeEngagement(
  ports: MeasurePorts,
  platform: string,
  event: Extract<IncomingEvent, { kind: 'engagement' | 'engagement-changed' }>,
): Promise<void> {
  const delivery = await ports.store.deliveries.byRemoteId(platform, event.address, event.remoteId);
  if (delivery === null) return;
  if (event.kind === 'engagement') await storeTotals(ports, delivery.id, event.values);
  else await ports.store.jobs.send([{ verb: 'measure', deliveryId: delivery.id }]);
}

async function storeTotals(
  ports: MeasurePorts,
  deliveryId: number,
  values: Partial<Record<Metric, number>>,
): Promise<void> {
  const at = ports.clock.now();
  const rows = Object.entries(values).map(([metric, value]) => ({
    deliveryId,
    at,
    metric: metric as Metric,
    value: value as number,
  }));
  if (rows.length > 0) await ports.store.engagements.add(rows);
}
