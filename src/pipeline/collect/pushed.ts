import type { Feed } from '../../domain/source.ts';
import type { Tables } from '../../ports/store/index.ts';

/**
 * The feed as the hub has earned it by this poll: news that no delivery announced ends the trust in it, until it
 * delivers again, and the feed is polled at its own pace.
 */
export async function stillPushed(tables: Tables, feed: Feed, arrived: number, now: Date): Promise<Feed> {
  if (arrived === 0 || (feed.pushedUntil ?? null) === null) return feed;
  const subscription = await tables.subscriptions.take({ feedId: feed.id });
  if (subscription === null || subscription.freshAt !== null) return feed;
  await tables.subscriptions.save({ ...subscription, proven: false }, now);
  return { ...feed, pushedUntil: null };
}
