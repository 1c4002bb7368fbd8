import { DIED, SEND_DEADLINE_MS } from '../domain/delivery.ts';
import { canCallBack } from '../domain/subscription.ts';
import { after, MINUTE } from '../lib/clock.ts';
import type { Ports } from '../ports/app.ts';
import type { Job } from '../ports/queue.ts';
import { channelFound } from './channel-found.ts';
import { settleFate } from './fate.ts';

/** At most this many of one kind a sweep; the next one takes the rest. */
const BATCH = 500;

/** Channels whose rights are asked for; the platforms count these requests too. */
const CHECKS = 20;

/** What waits this long without being worked has lost its job. */
const FORGOTTEN_MS = MINUTE;
/** How long an article that no model could judge waits until it is asked again. */
const JUDGED_AGAIN_MS = 5 * MINUTE;

/**
 * Finds in the store what is due or was left behind by a process that died, and enqueues it; moves sends without an
 * end to unclear. Everything it enqueues is safe to run twice. `all`: also what has waited less than a minute, for a
 * pass that nobody follows (run --once).
 */
export async function sweep(
  ports: Pick<Ports, 'store' | 'clock' | 'log' | 'settings'>,
  options: { all?: boolean } = {},
): Promise<void> {
  const { store, clock, log, settings } = ports;
  const now = clock.now();
  for (const delivery of await store.deliveries.abandonDead(after(now, -2 * SEND_DEADLINE_MS), DIED, now)) {
    log.error({ deliveryId: delivery.id }, 'outcome of a post is unclear: its process ended while sending');
    const post = await store.posts.get(delivery.postId);
    if (post !== null) await store.transaction((tables) => settleFate(tables, post, now));
  }
  await store.transaction((tables) => channelFound(tables, null, now));
  const changedBefore = options.all ? now : after(now, -FORGOTTEN_MS);
  const { publicUrl } = settings;
  const [feeds, pushed, pages, again, toJudge, toWrite, toDeliver, toLook, toCheck, toMeasure, updates, toReview] =
    await Promise.all([
      store.sources.dueFeeds(now, 1),
      store.subscriptions.due({ now, freshBefore: changedBefore, publicUrl, limit: BATCH }),
      store.fates.waiting({ what: 'page', changedBefore, limit: BATCH }),
      store.articles.toRecheck(changedBefore, BATCH),
      store.fates.waiting({
        what: 'relevance',
        changedBefore: options.all ? now : after(now, -JUDGED_AGAIN_MS),
        limit: BATCH,
      }),
      store.fates.waiting({ what: 'writer', changedBefore, limit: BATCH }),
      store.deliveries.due(now, BATCH),
      store.deliveries.toLook(now, BATCH),
      store.channels.toCheck(now, CHECKS),
      store.deliveries.toMeasure(now, BATCH),
      store.updates.waiting(BATCH),
      store.posts.unreviewed(changedBefore, BATCH),
    ]);
  const toPush = pushed.filter(({ hub, stored }) => stored || canCallBack(settings, hub));
  const pageArticles = new Set([...(await store.fates.many(pages)).map((fate) => fate.articleId), ...again]);
  const jobs: Job[] = [
    ...(feeds.length > 0 ? [{ verb: 'poll' as const }] : []),
    ...toPush.map(({ feedId }) => ({ verb: 'push' as const, feedId })),
    ...[...pageArticles].map((articleId) => ({ verb: 'read' as const, articleId })),
    ...toJudge.map((fateId) => ({ verb: 'judge' as const, fateId })),
    ...toWrite.map((fateId) => ({ verb: 'write' as const, fateId })),
    ...toReview.map((postId) => ({ verb: 'review' as const, postId })),
    ...toDeliver.map((deliveryId) => ({ verb: 'deliver' as const, deliveryId })),
    ...toLook.map((deliveryId) => ({ verb: 'look' as const, deliveryId })),
    ...toCheck.map((channelId) => ({ verb: 'check' as const, channelId })),
    ...toMeasure.map((deliveryId) => ({ verb: 'measure' as const, deliveryId })),
    ...updates.map((updateId) => ({ verb: 'qualify' as const, updateId })),
  ];
  await store.jobs.send(jobs);
}
