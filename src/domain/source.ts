import { after, HOUR, MINUTE } from '../lib/clock.ts';
import type { Filter } from './filter.ts';

/** What is fetched: one address, polled once however many brands follow it. */
export interface Feed {
  id: number;
  url: string;
  kind: FeedKind | null;
  title: string | null;
  /** What the feed says of its own language, as a BCP 47 tag. */
  language: string | null;
  siteUrl: string | null;
  etag: string | null;
  lastModified: string | null;
  state: FeedState;
  /** Why the feed is failing or gone, for a person. */
  reason: string | null;
  failures: number;
  lastPolledAt: Date | null;
  lastGoodAt: Date | null;
  nextPollAt: Date;
}

export type FeedKind = 'rss' | 'atom' | 'rdf' | 'json' | 'sample';

/** ok: the last poll was good; failing: it wasn't, another follows; gone: the server said 410, no more polls. */
export type FeedState = 'new' | 'ok' | 'failing' | 'gone';

/** Where a brand's news comes from: the brand's subscription to a feed. */
export interface Source {
  id: number;
  brandId: number;
  feed: Feed;
  /** The brand's own name for it; null = the feed's title. */
  name: string | null;
  state: 'active' | 'paused' | 'removed';
  /** How many of the articles found by the very first poll are posted, newest first; the others are only recorded. */
  firstPosts: number;
  /** What of it the brand wants, besides the brand's own filter. Changing it touches nothing that was decided. */
  filter: Filter;
  /** What people sort it by, as tidyTags makes them. */
  tags: readonly string[];
  createdAt: Date;
  /** When its first good poll was; null = none yet. */
  startedAt: Date | null;
}

/** What one poll taught about a feed. */
export type PollResult =
  | { kind: 'unchanged' }
  | {
      kind: 'changed';
      title: string | null;
      feedKind: FeedKind;
      language: string | null;
      siteUrl: string | null;
      etag: string | null;
      lastModified: string | null;
    }
  | { kind: 'failed'; reason: string; retryAfterMs?: number }
  | { kind: 'gone'; reason: string };

/** How long after a good poll the next one comes. */
export const POLL_EVERY_MS = 10 * MINUTE;

/** The feed's state after a poll. Failures are polled again at 5 min, doubling up to 12 h, never sooner than the server asked. */
export function afterPoll(feed: Feed, result: PollResult, now: Date): Feed {
  const polled = { ...feed, lastPolledAt: now };
  switch (result.kind) {
    case 'unchanged':
      return {
        ...polled,
        state: 'ok',
        reason: null,
        failures: 0,
        lastGoodAt: now,
        nextPollAt: after(now, POLL_EVERY_MS),
      };
    case 'changed':
      return {
        ...polled,
        state: 'ok',
        reason: null,
        failures: 0,
        lastGoodAt: now,
        nextPollAt: after(now, POLL_EVERY_MS),
        kind: feed.kind === 'sample' ? 'sample' : result.feedKind,
        title: result.title ?? feed.title,
        language: result.language ?? feed.language,
        siteUrl: result.siteUrl ?? feed.siteUrl,
        etag: result.etag,
        lastModified: result.lastModified,
      };
    case 'failed': {
      const backoffMs = Math.min(12 * HOUR, 5 * MINUTE * 2 ** Math.min(feed.failures, 10));
      return {
        ...polled,
        state: 'failing',
        reason: result.reason,
        failures: feed.failures + 1,
        nextPollAt: after(now, Math.max(backoffMs, result.retryAfterMs ?? 0)),
      };
    }
    case 'gone':
      return { ...polled, state: 'gone', reason: result.reason, failures: feed.failures + 1 };
  }
}
