import {
  asked,
  callbackOf,
  canCallBack,
  LEASE_SECONDS,
  newSubscription,
  nextStep,
  refused,
  type Subscription,
  unanswered,
} from '../../domain/subscription.ts';
import { after, MINUTE, SECOND } from '../../lib/clock.ts';
import { FetchError, messageOf } from '../../lib/errors.ts';
import { Secret } from '../../lib/secret.ts';
import { newToken } from '../../lib/token.ts';
import type { Ports } from '../../ports/app.ts';
import type { Tables } from '../../ports/store/index.ts';
import { type CollectPorts, collect } from './poll.ts';

/** However fast a hub delivers: a feed is asked for it at most this often. */
const LEAST_PAUSE_MS = MINUTE;
/** When another process is polling the feed at this moment, or its answer was older than the delivery. */
const AGAIN = { busyMs: 5 * SECOND, staleMs: 5 * MINUTE };

const SILENT = 'The hub took the request but has not confirmed it.';

/**
 * Does whatever is due for one feed's subscription: polls the feed after a delivery, asks its hub to push, renews the
 * lease, ends it when nobody follows. Safe to run twice. Throws when the database doesn't answer, and on abort.
 */
export async function push(ports: CollectPorts & Pick<Ports, 'settings'>, feedId: number, signal: AbortSignal) {
  await pollForDelivery(ports, feedId, signal);
  const subscription = await askNext(ports, feedId);
  if (subscription !== null) await ask(ports, subscription, signal);
}

/** A delivery only says that there is news: what it is, the feed itself says. */
async function pollForDelivery(ports: CollectPorts, feedId: number, signal: AbortSignal): Promise<void> {
  const { store, clock } = ports;
  const [subscription] = await store.subscriptions.ofFeeds([feedId]);
  const freshAt = subscription?.freshAt ?? null;
  if (freshAt === null) return;
  const again = (at: Date) => store.jobs.send([{ verb: 'push', feedId }], { startAfter: at });
  const feed = await store.sources.getFeed(feedId);
  const earliest = after(feed?.lastPolledAt ?? new Date(0), LEAST_PAUSE_MS);
  if (earliest > clock.now() && feed?.lastPolledAt && feed.lastPolledAt <= clock.now()) return again(earliest);
  const summary = await collect(ports, feedId, signal);
  const followed = (await store.sources.following([feedId])).length > 0;
  if (summary === null && followed && feed?.state !== 'gone') return again(after(clock.now(), AGAIN.busyMs));
  await store.transaction(async (tables) => {
    const now = clock.now();
    const current = await tables.subscriptions.take({ feedId });
    // Another delivery that came meanwhile has a poll of its own.
    if (current?.freshAt?.getTime() === freshAt.getTime())
      await tables.subscriptions.save({ ...current, freshAt: null }, now);
    else if (current !== null) await tables.jobs.send([{ verb: 'push', feedId }]);
    // A cache on the way may still have given what was before.
    if (summary?.problem === null && summary.added === 0)
      await tables.subscriptions.pollBy(feedId, after(now, AGAIN.staleMs));
  });
}

/** Decides and stores the next step; the subscription when its hub is to be asked. */
function askNext(
  { store, clock, settings, log }: CollectPorts & Pick<Ports, 'settings'>,
  feedId: number,
): Promise<Subscription | null> {
  return store.transaction(async (tables) => {
    const now = clock.now();
    const hub = await wantedHub(tables, settings, feedId);
    const stored = await tables.subscriptions.take({ feedId });
    const store = async (next: Subscription) => {
      await tables.subscriptions.save(next, now);
      return next;
    };
    switch (nextStep(stored, { hub, publicUrl: settings.publicUrl, now })) {
      case 'begin': {
        if (hub === null) return null;
        const { publicUrl } = settings;
        // The old one, where there is one, ends at its first delivery: its callback is gone.
        const keys = { code: newToken(), secret: new Secret(newToken()) };
        const fresh = newSubscription({ feedId, hub: hub.url, topic: hub.topic, publicUrl, ...keys }, now);
        return store(asked(fresh, 'subscribe', now));
      }
      case 'subscribe':
        return store(asked(stored as Subscription, 'subscribe', now));
      case 'unsubscribe':
        return store(asked(stored as Subscription, 'unsubscribe', now));
      case 'call-silent':
        log.warn({ feedId, reason: SILENT }, 'hub is silent');
        await store(unanswered(stored as Subscription, SILENT, now));
        return null;
      case 'forget':
        await tables.subscriptions.remove(feedId, now);
        log.info({ feedId }, 'subscription at the hub ended');
        return null;
      case 'nothing':
        return null;
    }
  });
}

async function wantedHub(tables: Tables, settings: Ports['settings'], feedId: number) {
  const feed = await tables.sources.getFeed(feedId);
  if (feed === null || feed.state === 'gone' || !feed.hub || !canCallBack(settings, feed.hub.url)) return null;
  return (await tables.sources.following([feedId])).length > 0 ? feed.hub : null;
}

/** One request. The hub may confirm before it answers, so a failure only counts while the confirmation is awaited. */
async function ask(ports: CollectPorts, subscription: Subscription, signal: AbortSignal): Promise<void> {
  const { store, feeds, clock, log } = ports;
  const { feedId, hub, topic, secret, pending } = subscription;
  const callback = callbackOf(subscription);
  try {
    const mode = pending ?? 'subscribe';
    await feeds.askHub({ hub, mode, topic, callback, secret, leaseSeconds: LEASE_SECONDS }, signal);
    log.info({ feedId, mode }, 'hub asked');
  } catch (error) {
    if (signal.aborted) throw error;
    const reason = messageOf(error);
    log.warn({ feedId, reason }, 'hub did not take the request');
    await store.transaction(async (tables) => {
      const now = clock.now();
      const current = await tables.subscriptions.take({ feedId });
      const awaited = current?.askedAt && current.code === subscription.code && current.pending === 'subscribe';
      if (!awaited) return;
      const no = error instanceof FetchError && error.status !== undefined && error.status < 500;
      await tables.subscriptions.save(no ? refused(current, reason, now) : unanswered(current, reason, now), now);
    });
  }
}
