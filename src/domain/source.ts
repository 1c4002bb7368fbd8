import { createHash } from 'node:crypto';
import { after, DAY, HOUR, MINUTE } from '../lib/clock.ts';
import { canonicalUrl } from '../lib/url.ts';
import type { Filter } from './filter.ts';
import { MAX_WAIT_MS, nextPollAt, type Pace, type PollWishes, paceAfter } from './polling.ts';

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
  /** How often it publishes; null = not known yet. */
  pace: Pace | null;
  wishes: PollWishes;
  /** Where the last poll was told that the feed has moved for good; it moves when the next one is told the same. */
  movingTo: string | null;
  /** The hub that its last good document named; absent or null = none. */
  hub?: FeedHub | null;
  /** Until then a hub that has proven itself tells what is new; absent or null = it is only polled. */
  pushedUntil?: Date | null;
}

/** Where a feed's news can be had pushed (WebSub), and the address that the feed names itself by. */
export interface FeedHub {
  url: string;
  topic: string;
}

/** What names a feed: SHA-256 (hex) of its address in one spelling. A mobile host may serve a feed of its own. */
export function feedKey(url: string): string {
  return createHash('sha256').update(canonicalUrl(url)).digest('hex');
}

/** A `page` is a site's own list of links, a `sitemap` its list for search engines, a `chat` what people forward to it. */
export type FeedKind = 'rss' | 'atom' | 'rdf' | 'json' | 'page' | 'sitemap' | 'sample' | 'chat';

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
  | ({ kind: 'unchanged' } & ServerSaid)
  | ({
      kind: 'changed';
      title: string | null;
      feedKind: FeedKind;
      language: string | null;
      siteUrl: string | null;
      etag: string | null;
      lastModified: string | null;
      wishes: PollWishes;
      hub?: FeedHub | null;
      /** Of every entry of the document. */
      dates: readonly (Date | null)[];
      /** How many of the entries it had not carried before. */
      arrived: number;
    } & ServerSaid)
  | { kind: 'failed'; reason: string; retryAfterMs?: number }
  | { kind: 'gone'; reason: string };

/** What the server said beside its answer. */
interface ServerSaid {
  /** How long it calls its answer fresh (Cache-Control, Expires). */
  freshMs?: number;
  /** Where permanent redirects lead. */
  movedTo?: string | null;
}

/**
 * The feed's state after a poll. A good one is followed by the next as polling.ts says. Failures are polled again at
 * 5 min, doubling up to 12 h, never sooner than the server asked (a day at most). A permanent redirect (301, 308)
 * moves the feed when two good polls in a row led to the same address: one alone may be a slip or a login page.
 */
export function afterPoll(feed: Feed, result: PollResult, now: Date): Feed {
  const polled = { ...feed, lastPolledAt: now };
  switch (result.kind) {
    case 'unchanged':
      return good(polled, result, now);
    case 'changed':
      return good(
        {
          ...polled,
          kind: feed.kind === 'sample' ? 'sample' : result.feedKind,
          title: result.title ?? feed.title,
          language: result.language ?? feed.language,
          siteUrl: result.siteUrl ?? feed.siteUrl,
          etag: result.etag,
          lastModified: result.lastModified,
          wishes: result.wishes,
          hub: result.hub ?? null,
          pace: paceAfter(feed.pace, result.dates, result.arrived, now),
        },
        result,
        now,
      );
    case 'failed': {
      const backoffMs = Math.min(12 * HOUR, 5 * MINUTE * 2 ** Math.min(feed.failures, 10));
      return {
        ...polled,
        state: 'failing',
        reason: result.reason,
        failures: feed.failures + 1,
        nextPollAt: after(now, Math.max(backoffMs, Math.min(DAY, result.retryAfterMs ?? 0))),
      };
    }
    case 'gone':
      return { ...polled, state: 'gone', reason: result.reason, failures: feed.failures + 1 };
  }
}

/**
 * Whether nobody but a person who names it should ask the feed yet: its last poll failed, and the time that the server
 * asked for (Retry-After) or the backoff isn't over. A time further off than any wait was set by a clock that was ahead.
 */
export function isHeldBack(feed: Pick<Feed, 'state' | 'nextPollAt'>, now: Date): boolean {
  return feed.state === 'failing' && feed.nextPollAt > now && feed.nextPollAt <= after(now, MAX_WAIT_MS);
}

function good(feed: Feed, { freshMs = 0, movedTo = null }: ServerSaid, now: Date): Feed {
  const moves = movedTo !== null && movedTo === feed.movingTo;
  return {
    ...feed,
    state: 'ok',
    reason: null,
    failures: 0,
    lastGoodAt: now,
    nextPollAt: nextPollAt(
      { pace: feed.pace, wishes: feed.wishes, freshMs, seed: feed.id, pushedUntil: feed.pushedUntil ?? null },
      now,
    ),
    url: moves ? movedTo : feed.url,
    movingTo: moves ? null : movedTo,
  };
}
