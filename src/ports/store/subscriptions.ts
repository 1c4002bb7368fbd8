import type { Subscription } from '../../domain/subscription.ts';

export interface Subscriptions {
  ofFeeds(feedIds: readonly number[]): Promise<Subscription[]>;
  /** By the end of the callback's address. */
  byCode(code: string): Promise<Subscription | null>;
  /** The same, held to the end of the transaction. Inside one only. */
  take(key: { feedId: number } | { code: string }): Promise<Subscription | null>;
  /** Stores it as the feed's one, and for the feed until when it is pushed; a feed that isn't any more is due at once. */
  save(subscription: Subscription, now: Date): Promise<void>;
  /** Ends it: the feed is polled as usual again. */
  remove(feedId: number, now: Date): Promise<void>;
  /** Has the feed polled at that time at the latest. */
  pollBy(feedId: number, at: Date): Promise<void>;
  /**
   * Feeds for whose subscription there is something to do: it is missing, due, no longer wanted, at another hub, was made
   * under another public address, or a delivery from before `freshBefore` has not led to a poll.
   */
  due(query: { now: Date; freshBefore: Date; publicUrl: string; limit: number }): Promise<SubscriptionDue[]>;
  /** Over all: how many there are by state, and deliveries since they began. */
  totals(): Promise<{ byState: Record<string, number>; deliveries: number; ignored: number }>;
}

export interface SubscriptionDue {
  feedId: number;
  hub: string;
  /** False = there is none yet. */
  stored: boolean;
}
