import { type Delivery, type Outcome, settle } from '../../domain/delivery.ts';
import { NOT_THERE } from '../../domain/read-back.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import { settleFate } from '../fate.ts';
import { continueThread } from '../thread.ts';

/** What a person says of an unclear delivery: it is there, send it again, or leave it. */
export type Verdict = { kind: 'there'; url?: string } | { kind: 'again' } | { kind: 'drop' };

/**
 * Settles an unclear delivery by a person's word, kept in the ledger under their name. UsageError when it isn't unclear, or
 * when the try that the person looked for (`fence`; null = the present one) isn't the last any more.
 */
export async function settleDelivery(
  ports: Pick<Ports, 'store' | 'platforms' | 'clock' | 'log'>,
  deliveryId: number,
  verdict: Verdict,
  by: string,
  fence: number | null = null,
): Promise<Delivery> {
  const { store, clock, log } = ports;
  const view = await store.deliveries.view(deliveryId);
  if (view === null)
    throw new UsageError(`There is no delivery ${deliveryId}.`, { cure: 'See them with: crier delivery list' });
  const now = clock.now();
  const named = verdict.kind === 'there' && verdict.url ? remoteIdIn(ports, view.channel.platform, verdict.url) : null;
  const { next, outcome } = verdictOf({ ...view.delivery, remoteId: named ?? view.delivery.remoteId }, verdict, now);
  await store.transaction(async (tables) => {
    const stale = view.delivery.state !== 'unclear' || view.delivery.fence !== (fence ?? view.delivery.fence);
    if (stale || !(await tables.deliveries.resolve(next, by, outcome, now))) {
      const current = await tables.deliveries.get(deliveryId);
      if (current?.state === 'unclear')
        throw new UsageError(`Delivery ${deliveryId} was tried again since you looked.`, {
          cure: 'Look into the channel once more, then decide.',
        });
      throw new UsageError(`Delivery ${deliveryId} is not unclear (any more); it is ${current?.state}.`);
    }
    // The platform does not charge for what is not there.
    if (verdict.kind === 'again') for (const { id } of view.attempts) await tables.spending.release(id);
    if (next.state === 'waiting') await tables.jobs.send([{ verb: 'deliver', deliveryId }]);
    await continueThread(tables, next, now);
    await settleFate(tables, view.post, now);
  });
  log.info({ deliveryId, state: next.state, by }, 'delivery settled by a person');
  return next;
}

/** With it the rest of a thread can go on. */
function remoteIdIn({ platforms }: Pick<Ports, 'platforms'>, platform: string, url: string): string | null {
  return platforms.get(platform)?.remoteIdIn?.(url) ?? null;
}

function verdictOf(delivery: Delivery, verdict: Verdict, now: Date): { next: Delivery; outcome: Outcome } {
  switch (verdict.kind) {
    case 'there': {
      const outcome: Outcome = { kind: 'confirmed', remoteId: delivery.remoteId ?? '', url: verdict.url ?? null };
      return { next: settle(delivery, outcome, now), outcome };
    }
    case 'again':
      return {
        next: { ...delivery, state: 'waiting', reason: null, dueAt: now, changedAt: now },
        outcome: { kind: 'not-sent', reason: NOT_THERE },
      };
    case 'drop':
      return {
        next: { ...delivery, state: 'dropped', reason: 'dropped by a person', changedAt: now },
        outcome: { kind: 'unclear', reason: 'a person decided to leave it' },
      };
  }
}
