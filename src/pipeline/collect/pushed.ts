import type { Feed, FeedHub } from '../../domain/source.ts';
import type { Tables } from '../../ports/store/index.ts';

/**
 * The feed as its hub has earned it by this poll: news that no delivery announced ends the trust in it, until it
 * delivers again, and the feed is polled at its own pace. A hub that is named for the first time is asked at once.
 */
export async function stillPushed(
  tables: Tables,
  feed: Feed,
  { arrived, hub = null }: { arrived: number; hub?: FeedHub | null },
  now: Date,
): Promise<Feed> {
  if (hub !== null && !feed.hub) await tables.jobs.send([{ verb: 'push', feedId: feed.id }]);
  if (arrived === 0 || !feed.pushedUntil) return feed;
  const subscription = await tables.subscriptions.take({ feedId: feed.id });
  if (subscription === null || subscription.freshAt !== null) return feed;
  await tables.subscriptions.save({ ...subscription, proven: false }, now);
  return { ...feed, pushedUntil: null };
}
