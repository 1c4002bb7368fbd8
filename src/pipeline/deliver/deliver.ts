import { randomUUID } from 'node:crypto';
import { EXPIRED } from '../../domain/article.ts';
import { channelRef } from '../../domain/channel.ts';
import { type Delivery, type Outcome, settle } from '../../domain/delivery.ts';
import { nextMeasureAt } from '../../domain/engagement.ts';
import { NOT_THERE, nextLookAt } from '../../domain/read-back.ts';
import { isOpen } from '../../domain/schedule.ts';
import { HOUR } from '../../lib/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { DeliveryView, Tables } from '../../ports/store/index.ts';
import { settleFate } from '../fate.ts';
import { planChannel } from '../plan.ts';
import { continueThread, messageTexts } from '../thread.ts';
import { beginPaid } from './begin-paid.ts';
import { mayProbe, tellBreaker } from './breaker.ts';

/** Re-enqueued at once when due within this time; the sweep finds what is due later. */
const SOON_MS = 90_000;

/**
 * Sends one delivery once. The attempt is committed before the platform hears of it, its outcome right after; a
 * process that dies between the two leaves an intent, which the sweep moves to unclear. Safe to run twice: only a
 * delivery that waits and is due is taken.
 */
export async function deliver(
  ports: Pick<Ports, 'store' | 'platforms' | 'clock' | 'log'>,
  deliveryId: number,
  signal: AbortSignal,
): Promise<void> {
  const { store, platforms, clock, log } = ports;
  const view = await store.deliveries.view(deliveryId);
  if (view === null || view.delivery.state !== 'waiting' || view.post.state !== 'approved') return;
  const { channel, post } = view;
  const platform = platforms.get(channel.platform);
  if (platform === null) {
    if (channel.state === 'active')
      await store.channels.setState(
        channel.id,
        'attention',
        `${channel.platform} is not configured; its posts wait. Set its keys in .env.`,
      );
    return;
  }
  // The parts of a thread follow its first one at once.
  if (!isOpen(channel.schedule) && view.delivery.part === 1) {
    const now = clock.now();
    const turn = (await store.transaction((tables) => planChannel(tables, channel.id, now))).get(deliveryId);
    if (turn === undefined || turn.dueAt > now) return;
    if (turn.expires) return expire(ports, view, now);
  }
  signal.throwIfAborted();
  const { address, style } = channel;
  const { replyTo } = view.delivery;
  const [text, ...toFollow] = messageTexts(platform, channel, post, view.delivery);
  if (text === undefined) return log.error({ deliveryId }, 'a part of a thread is not in its text any more');
  const outgoing = { address, text, style, card: post.card, replyTo, attemptId: randomUUID(), deliveryId };
  const attempt = { id: outgoing.attemptId, body: platform.body(outgoing) };
  const micros = platform.priceMicros(text);
  const restMicros = toFollow.reduce((sum, next) => sum + platform.priceMicros(next), 0);
  let begun = await beginPaid(ports, view, attempt, { micros, restMicros });
  const probing = begun === null && (await mayProbe(ports, view));
  if (probing) begun = await beginPaid(ports, view, attempt, { micros, restMicros }, true);
  if (begun === null) return;
  const { troubled } = begun;
  let outcome: Outcome;
  try {
    outcome = await platform.publish(outgoing, signal);
  } catch (error) {
    // The contract forbids this; what is not understood is not proven either way.
    outcome = { kind: 'unclear', reason: messageOf(error) };
  }
  outcome = weighed(outcome, view);
  const now = clock.now();
  const next = settle(begun.delivery, outcome, now);
  const fields = { deliveryId, channel: channelRef(channel), outcome: outcome.kind };
  const moved = await store.transaction(async (tables) => {
    if (!(await tables.deliveries.finish(begun.attempt, outcome, next, now))) return false;
    if (outcome.kind === 'not-sent' || outcome.kind === 'rejected') await tables.spending.release(begun.attempt.id);
    if (outcome.kind === 'confirmed' && platform.engagement !== undefined)
      await tables.deliveries.setNextMeasure(deliveryId, nextMeasureAt(now, now));
    if (outcome.kind === 'rejected') await answerTrouble(tables, view, outcome, next);
    if (next.state === 'waiting' && next.dueAt.getTime() - now.getTime() < SOON_MS) {
      await tables.jobs.send([{ verb: 'deliver', deliveryId }], { startAfter: next.dueAt });
    }
    const lookAt = next.state === 'unclear' ? nextLookAt(0, now) : null;
    if (lookAt !== null && (platform.lookFor || platform.repeat))
      await tables.jobs.send([{ verb: 'look', deliveryId }], { startAfter: lookAt });
    await continueThread(tables, next, now);
    await settleFate(tables, post, now);
    return true;
  });
  await tellBreaker(ports, channel.platform, { outcome, troubled, probing, stopped: signal.aborted });
  if (!moved) log.warn(fields, 'outcome came after the delivery was settled otherwise');
  else if (outcome.kind === 'confirmed') log.info(fields, 'post delivered');
  else if (next.state === 'waiting' && outcome.kind === 'rejected')
    log.error({ ...fields, reason: outcome.reason }, 'post waits: its channel is in trouble');
  else if (outcome.kind === 'not-sent')
    log.warn({ ...fields, reason: outcome.reason }, 'post not sent, will be tried again');
  else
    log.error(
      { ...fields, reason: outcome.reason },
      outcome.kind === 'rejected' ? 'post rejected by the platform' : 'outcome of a post is unclear',
    );
}

/** A channel in trouble is marked, once; a chat that moved is followed. Its posts wait either way. */
async function answerTrouble(
  tables: Tables,
  { channel }: DeliveryView,
  outcome: Extract<Outcome, { kind: 'rejected' }>,
  next: Delivery,
): Promise<void> {
  const { movedTo } = outcome;
  if (movedTo !== undefined && movedTo !== channel.address) {
    await tables.channels.move(channel.platform, channel.address, movedTo);
    if ((await tables.channels.get(channel.id))?.address === movedTo) return;
    const there = channelRef({ platform: channel.platform, address: movedTo });
    await tables.channels.changeState(
      channel.id,
      'active',
      'attention',
      `The chat is connected already as ${there}. Remove this channel: crier channel remove ${channel.id}`,
    );
    return;
  }
  // A person may have paused or removed it while the platform answered; that stays.
  if (outcome.channelTrouble) await tables.channels.changeState(channel.id, 'active', 'attention', next.reason);
}

/** “The text is there already” is evidence, not proof, that an earlier try came through after all. */
function weighed(outcome: Outcome, { attempts }: DeliveryView): Outcome {
  if (outcome.kind !== 'rejected' || !outcome.duplicate) return outcome;
  const open = attempts.some((one) => one.outcome === 'unclear' || one.outcome === 'open' || one.reason === NOT_THERE);
  if (!open) return outcome;
  return { kind: 'unclear', reason: `${outcome.reason} An earlier try may have come through after all.` };
}

/** Drops a delivery that found no time before its news was old. */
async function expire(ports: Pick<Ports, 'store' | 'log'>, { delivery, post, channel }: DeliveryView, now: Date) {
  const hours = (channel.schedule.expiresAfterMs ?? 0) / HOUR;
  const reason = `${EXPIRED} no time was free within ${hours} hours of its publication`;
  const dropped = await ports.store.transaction(async (tables) => {
    if (!(await tables.deliveries.drop(delivery.id, reason, now))) return false;
    await settleFate(tables, post, now);
    return true;
  });
  if (dropped)
    ports.log.warn({ deliveryId: delivery.id, channel: channelRef(channel) }, 'post dropped, its news is old');
}
