import type { Filter } from '../../domain/filter.ts';
import type { Feed, Source } from '../../domain/source.ts';

/** What became of the articles of a source: `seen` is the sum of the others, at one instant. */
export interface SourceCounts {
  seen: number;
  posted: number;
  filtered: number;
  waiting: number;
  failed: number;
}

/** What a poll has to know of a source that follows the feed. */
export type Follower = Pick<Source, 'id' | 'brandId' | 'firstPosts' | 'startedAt'> & { feedId: number };

export interface Sources {
  /** Removed ones are left out. */
  list(brandId: number): Promise<(Source & { counts: SourceCounts })[]>;
  /** The same numbers without the sources, of every brand. */
  counts(): Promise<{ sourceId: number; brand: string; counts: SourceCounts }[]>;
  get(id: number): Promise<Source | null>;
  /** Makes the feed if no brand follows it yet; an existing source of the brand is made active again. `created` tells which. */
  add(
    source: {
      brandId: number;
      url: string;
      name: string | null;
      firstPosts: number;
      sample: boolean;
      /** A chat instead of a feed, and what its platform calls it. */
      chat?: { title: string };
      /** Added to those that it has. */
      tags?: readonly string[];
    },
    now: Date,
  ): Promise<{ source: Source; created: boolean }>;
  /** The brand's source at that address, unless it was removed. */
  byUrl(brandId: number, url: string): Promise<Source | null>;
  setState(id: number, state: Source['state']): Promise<void>;
  setTags(id: number, tags: readonly string[]): Promise<void>;
  setFilter(id: number, filter: Filter): Promise<void>;
  /** Remembers that the first poll of these sources was good. */
  setStarted(ids: readonly number[], now: Date): Promise<void>;
  /** Active sources that follow one of the feeds. */
  following(feedIds: readonly number[]): Promise<Follower[]>;
  feedByUrl(url: string): Promise<Feed | null>;
  getFeed(feedId: number): Promise<Feed | null>;
  saveFeed(feed: Feed): Promise<void>;
  /**
   * When another feed has this address: gives it the sources of brands that don't follow it yet. Returns that feed's id; null when the address is nobody else's.
   */
  mergeFeed(feedId: number, url: string, now: Date): Promise<number | null>;
  /** Takes the feed for one poll; false while a living process has it. `release` ends that. */
  claimFeed(feedId: number): Promise<boolean>;
  releaseFeeds(feedIds: readonly number[]): Promise<void>;
  /** Takes feeds (no chats) that are due, the longest due first. `begun`: every source that follows has had its first good poll. */
  claimDue(now: Date, limit: number): Promise<{ feed: Feed; begun: boolean; carried: Uint8Array | null }[]>;
  /** What the feed's last document is remembered by. */
  carried(feedId: number): Promise<Uint8Array | null>;
  /**
   * Stores feeds whose poll was good and brought nothing new, and ends their claims. Those that gained a source
   * meanwhile are due again, and returned.
   */
  saveUnchanged(feeds: readonly Feed[]): Promise<number[]>;
  /** The same for feeds after any poll that left them at their address; `carried` where their document is known. */
  savePolled(polled: readonly { feed: Feed; carried: Uint8Array | null }[]): Promise<number[]>;
  /** Feeds (no chats) with an active source whose next poll is due. */
  dueFeeds(now: Date, limit: number): Promise<number[]>;
  /** Every feed (no chats) with an active source, whether due or not. */
  activeFeeds(brandId: number | null): Promise<number[]>;
}
