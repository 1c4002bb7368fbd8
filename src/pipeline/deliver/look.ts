import { randomUUID } from 'node:crypto';
import { channelRef } from '../../domain/channel.ts';
import { type Delivery, type Outcome, settle } from '../../domain/delivery.ts';
import { nextMeasureAt } from '../../domain/engagement.ts';
import { type Finding, nextLookAt, READ_BACK } from '../../domain/read-back.ts';
import type { Ports } from '../../ports/app.ts';
import type { Platform, Trace } from '../../ports/platform.ts';
import type { DeliveryView, Tables, ToLookFor } from '../../ports/store/index.ts';
import { settleFate } from '../fate.ts';
import { continueThread, messageTexts } from '../thread.ts';

/** Enqueued at once when due within this time; the sweep finds what is due later. */
const SOON_MS = 90_000;

/**
 * Looks whether an unclear delivery is there, with growing pauses until a person has to. What is found is confirmed; what
 * is not found stays unclear, for not seeing proves nothing. Only where the platform keeps one of two equal messages is it
 * given the same bytes again. Safe to run twice: one process takes each look, and a finding counts only for its own try.
 */
export async function look(
  ports: Pick<Ports, 'store' | 'platforms' | 'clock' | 'log' | 'settings'>,
  deliveryId: number,
  signal: AbortSignal,
): Promise<void> {
  const { store, platforms, clock } = ports;
  const now = clock.now();
  const [lost, view] = await Promise.all([
    store.deliveries.lookable(deliveryId, now),
    store.deliveries.view(deliveryId),
  ]);
  if (lost === null || view === null) return;
  const platform = platforms.get(view.channel.platform);
  const nextAt = platform?.lookFor || platform?.repeat ? nextLookAt(lost.looks + 1, now) : null;
  if (!(await store.deliveries.takeLook(lost, nextAt, now))) return;
  const [text] = platform ? messageTexts(platform, view.channel, view.post, view.delivery) : [];
  if (!platform || text === undefined) return;
  const trace: Trace = {
    address: view.channel.address,
    text,
    body: lost.body,
    ownLinks: ownLinksIn(text, ports.settings.publicUrl),
    since: lost.since,
  };
  if (nextAt !== null && nextAt.getTime() - now.getTime() < SOON_MS)
    await store.jobs.send([{ verb: 'look', deliveryId }], { startAfter: nextAt });
  signal.throwIfAborted();
  const mayRepeat = platform.repeat !== undefined && now.getTime() - lost.since.getTime() < platform.repeat.withinMs;
  if (mayRepeat && (await repeat(ports, platform, { lost, view, trace }, signal))) return;
  if (platform.lookFor === undefined) return;
  const finding = await mine(store, view, await platform.lookFor(trace, signal));
  if (finding.kind === 'found') return found(ports, platform, lost, view, finding);
  const lookedFor = `${lost.reason ?? ''} ${finding.reason}`.trim();
  await store.deliveries.noteLook(
    lost.delivery,
    nextAt === null ? `${lookedFor} Look yourself and say what you see.` : lookedFor,
  );
  ports.log.info(
    { deliveryId, channel: channelRef(view.channel), finding: finding.kind },
    'unclear post was not found',
  );
}

/** A message that is known as another delivery's is not this one. */
async function mine(tables: Tables, { channel, delivery }: DeliveryView, finding: Finding): Promise<Finding> {
  if (finding.kind !== 'found') return finding;
  const known = await tables.deliveries.byRemoteId(channel.platform, channel.address, finding.remoteId);
  if (known === null || known.id === delivery.id) return finding;
  return { kind: 'cannot-tell', reason: 'There is an equal message, but it is that of another post.' };
}

/** Gives the platform the same bytes as a new try of its own in the ledger; committed before the socket opens, as every try. False when it may not. */
async function repeat(
  { store, clock, log }: Pick<Ports, 'store' | 'clock' | 'log'>,
  platform: Platform,
  { lost, view, trace }: { lost: ToLookFor; view: DeliveryView; trace: Trace },
  signal: AbortSignal,
): Promise<boolean> {
  const { channel, post } = view;
  if (post.state !== 'approved' || platform.repeat === undefined) return false;
  const begun = await store.deliveries.repeat(lost.delivery, randomUUID(), clock.now());
  if (begun === null) return false;
  const finding = await mine(store, view, await platform.repeat.send(trace, signal));
  const now = clock.now();
  const outcome: Outcome =
    finding.kind === 'found'
      ? { kind: 'confirmed', remoteId: finding.remoteId, url: finding.url }
      : { kind: 'unclear', reason: `${lost.reason ?? ''} ${finding.reason}`.trim() };
  const next = settle(begun.delivery, outcome, now);
  const fields = { deliveryId: next.id, channel: channelRef(channel), outcome: outcome.kind };
  const moved = await store.transaction(async (tables) => {
    if (!(await tables.deliveries.finish(begun.attempt, outcome, next, now, READ_BACK))) return false;
    await afterwards(tables, platform, next, view, now);
    return true;
  });
  if (moved) log.info(fields, 'unclear post was asked for again under its own number');
  return true;
}

async function found(
  { store, clock, log }: Pick<Ports, 'store' | 'clock' | 'log'>,
  platform: Platform,
  lost: ToLookFor,
  view: DeliveryView,
  { remoteId, url }: Extract<Finding, { kind: 'found' }>,
): Promise<void> {
  const now = clock.now();
  const outcome: Outcome = { kind: 'confirmed', remoteId, url };
  const next = settle(lost.delivery, outcome, now);
  const moved = await store.transaction(async (tables) => {
    if (!(await tables.deliveries.resolve(next, READ_BACK, outcome, now))) return false;
    await afterwards(tables, platform, next, view, now);
    return true;
  });
  if (moved) log.info({ deliveryId: next.id, channel: channelRef(view.channel) }, 'unclear post was found');
}

async function afterwards(
  tables: Tables,
  platform: Platform,
  next: Delivery,
  { post }: DeliveryView,
  now: Date,
): Promise<void> {
  if (next.state === 'confirmed' && platform.engagement !== undefined)
    await tables.deliveries.setNextMeasure(next.id, nextMeasureAt(now, now));
  await continueThread(tables, next, now);
  await settleFate(tables, post, now);
}

/** Tracked links are made for one post each; without PUBLIC_URL they would lead nowhere and stand in none. */
function ownLinksIn(text: string, publicUrl: string): string[] {
  const begin = `${publicUrl}/r/`;
  return text
    .split(begin)
    .slice(1)
    .flatMap((rest) => /^[\w-]+/u.exec(rest)?.map((code) => begin + code) ?? []);
}
