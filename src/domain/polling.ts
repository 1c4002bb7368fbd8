import { after, DAY, HOUR, MINUTE } from '../lib/clock.ts';

/** A feed is asked at most this often … */
const MIN_POLL_MS = 5 * MINUTE;
/** … and at least this often, unless its server asks for more patience. */
const MAX_POLL_MS = 6 * HOUR;
/** Whatever a server or a document asks for: a feed is never left alone longer than this, jitter included. */
export const MAX_WAIT_MS = 26 * HOUR;

/** A feed whose news is pushed is asked this often all the same: nobody is bound to push. */
const PUSHED_POLL_MS = 6 * HOUR;
/** While nothing is known of how often a feed publishes. */
const UNKNOWN_POLL_MS = 30 * MINUTE;
/** What a server or a document asks for counts up to here. */
const MAX_FLOOR_MS = DAY;
/** Polls per expected article: an article is seen, on average, an eighth of its feed's pause after it came out. */
const POLLS_PER_ARTICLE = 4;
/** The pace is that of so many newest articles. */
const NEWEST = 10;
/** Of the wait, added at most, so that feeds that were added together don't stay together. */
const JITTER = 0.08;
/** Nothing on the web is older; such a date is a default or a fault. */
const OLDEST = Date.UTC(1990, 0);

/** How often a feed publishes: so many instants since `from`, the newest ones that are known. */
export interface Pace {
  from: Date;
  count: number;
}

/** What a feed's document asks of those who poll it. */
export interface PollWishes {
  /** RSS `ttl` or `sy:updatePeriod` by `sy:updateFrequency`; null = nothing. */
  pauseMs: number | null;
  /** Hours (0–23, UTC) in which it is not to be polled. */
  skipHours: number[];
  /** Days (0 = Sunday, UTC) on which it is not to be polled. */
  skipDays: number[];
}

export const NO_WISHES: PollWishes = { pauseMs: null, skipHours: [], skipDays: [] };

/**
 * The pace after a poll. Where the document dates its articles (two different minutes between 1990 and now, at
 * least), those dates tell it; otherwise each poll that brought something new counts as one instant.
 */
export function paceAfter(pace: Pace | null, dates: readonly (Date | null)[], arrived: number, now: Date): Pace | null {
  const minutes = new Set<number>();
  for (const date of dates) {
    const time = date?.getTime() ?? Number.NaN;
    if (time >= OLDEST && time <= now.getTime()) minutes.add(Math.floor(time / MINUTE));
  }
  if (minutes.size >= 2) {
    const newest = [...minutes].sort((left, right) => right - left).slice(0, NEWEST);
    return { from: new Date((newest.at(-1) as number) * MINUTE), count: newest.length };
  }
  // A clock that was set back leaves a pace from the future.
  if (pace === null || pace.from > now) return dates.length === 0 ? null : { from: now, count: 1 };
  if (arrived === 0) return pace;
  if (pace.count < NEWEST) return { from: pace.from, count: pace.count + 1 };
  return { from: after(pace.from, (now.getTime() - pace.from.getTime()) / NEWEST), count: NEWEST };
}

/**
 * How long to wait by the pace alone: a quarter of the mean pause between the newest ten articles, the pause that is
 * still going on included; so a feed that falls silent is asked ever less often. Between 5 minutes and 6 hours.
 */
export function intervalOf(pace: Pace | null, now: Date): number {
  if (pace === null) return UNKNOWN_POLL_MS;
  const pauseMs = (now.getTime() - pace.from.getTime()) / pace.count;
  return Math.min(MAX_POLL_MS, Math.max(MIN_POLL_MS, pauseMs / POLLS_PER_ARTICLE));
}

/** What decides when a feed is polled next. */
export interface PollTerms {
  pace: Pace | null;
  wishes: PollWishes;
  freshMs: number;
  seed: number;
  pushedUntil?: Date | null;
}

/**
 * When a feed is polled next after a good poll: by its pace, never sooner than its document's wishes or the freshness
 * its server gave (`freshMs`) allow, both taken seriously up to a day. `pushedUntil`: a hub tells what is new until
 * then, so it is only asked every 6 hours, and when that ends. `seed` (the feed's number) spreads feeds.
 */
export function nextPollAt({ pace, wishes, freshMs, seed, pushedUntil = null }: PollTerms, now: Date): Date {
  const pushedMs = pushedUntil === null ? 0 : Math.min(PUSHED_POLL_MS, pushedUntil.getTime() - now.getTime());
  const floorMs = Math.min(MAX_FLOOR_MS, Math.max(freshMs, wishes.pauseMs ?? 0, pushedMs));
  const waitMs = Math.max(intervalOf(pace, now), floorMs);
  const spread = spreadOf(seed, now);
  const limit = now.getTime() + MAX_FLOOR_MS * (1 + JITTER * spread);
  let at = now.getTime() + waitMs * (1 + JITTER * spread);
  const hours = new Set(wishes.skipHours);
  const days = new Set(wishes.skipDays);
  const isSkipped = (time: number) => {
    const date = new Date(time);
    return hours.has(date.getUTCHours()) || days.has(date.getUTCDay());
  };
  while (at < limit && isSkipped(at)) at = (Math.floor(at / HOUR) + 1) * HOUR + spread * 10 * MINUTE;
  return new Date(Math.round(Math.min(at, limit)));
}

/** In [0, 1), another one for each feed and minute, the same for the same: nothing here needs to be unforeseeable. */
function spreadOf(seed: number, now: Date): number {
  const mixed = Math.imul(seed ^ Math.imul(Math.floor(now.getTime() / MINUTE), 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
