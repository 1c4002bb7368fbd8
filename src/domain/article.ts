import { createHash } from 'node:crypto';
import { DAY } from '../lib/clock.ts';
import type { Correction } from './correction.ts';
import { storyAddress } from './story-address.ts';

/** One story: extracted once and frozen. */
export interface Article {
  id: number;
  feedId: number | null;
  guid: string | null;
  /** The address as the feed gave it. */
  url: string;
  /** The address that names the story: no tracking parameters, rel=canonical where the page has it. */
  canonicalUrl: string;
  title: string;
  text: string;
  /** BCP 47 primary tag; `und` when it could not be told. */
  language: string;
  author: string | null;
  publishedAt: Date | null;
  imageUrl: string | null;
  siteName: string | null;
  /** What the feed filed it under; absent or empty = nothing is known. */
  categories?: readonly string[];
  /** Whether the text is the page's or only what the feed carried. */
  textFrom: 'page' | 'feed' | 'hand';
  /** Why the page could not be used, when the feed's text stands in. */
  pageProblem: string | null;
  seenAt: Date;
  /** When text and fields were frozen; null = the page is still to be read. */
  frozenAt: Date | null;
  /** Of title and text, as contentHash makes it; absent or null = not frozen yet. */
  contentHash?: string | null;
  /** When it was last found to say something else; absent or null = never. */
  correctedAt?: Date | null;
  /** What changed, the latest last. */
  corrections?: readonly Correction[];
}

/** What became of an article for one brand; one per source that carried it. */
export interface Fate {
  id: number;
  brandId: number;
  sourceId: number | null;
  articleId: number;
  state: FateState;
  /** While waiting: for what. */
  waitingFor: WaitingFor | null;
  /** For a person: the rule that filtered, the error that failed, what the wait is about. */
  reason: string | null;
  changedAt: Date;
  /** Only for these channels; absent or empty = all of the brand's. */
  channelIds?: readonly number[];
  /** Who brought it in by hand, past every filter; absent or null = nobody. */
  broughtBy?: string | null;
  broughtAt?: Date | null;
  /** What had kept it out until then. */
  broughtFrom?: string | null;
}

export type FateState = 'waiting' | 'posted' | 'filtered' | 'failed';
/** relevance: a model is asked whether it is what a filter wants; decision: a person says so, the model could not. */
export type WaitingFor = 'page' | 'relevance' | 'decision' | 'channel' | 'writer' | 'review' | 'delivery';

/** The rules that can filter an article, with what a person reads. */
export const FILTERED = {
  beforeStart: 'before-start: older than the articles this source began with',
  duplicate: 'duplicate: the brand already has this story from another source',
  noChannel: 'no-channel: no channel was connected when it came',
  sourceRemoved: 'source-removed: its source was removed before it was written',
  restored: 'restored: it waited when the backup was made and may have been posted since',
} as const;

/** The date when it can be true: not before 1990 (a default of some program), not more than a day ahead; else null. */
export function believableDate(date: Date | null, now: Date): Date | null {
  const time = date?.getTime() ?? Number.NaN;
  return time >= Date.UTC(1990, 0) && time <= now.getTime() + DAY ? date : null;
}

/**
 * What of a brand's fates of one article a person who wants it can change: the first that a rule filtered or would, `new` when
 * there is none at all, `decided` when the brand has it in work, is done with it, or a person rejected its posts.
 */
export function toBring(fates: readonly Fate[]): Fate | 'new' | 'decided' {
  const [first] = fates;
  if (first === undefined) return 'new';
  const rule = fates.find((fate) => !fate.reason?.startsWith('person:'));
  return rule !== undefined && fates.every((fate) => fate.state === 'filtered' || isUnjudged(fate)) ? rule : 'decided';
}

/** Whether it waits for a word on what a filter wants. */
export function isUnjudged(fate: Pick<Fate, 'waitingFor'>): boolean {
  return fate.waitingFor === 'relevance' || fate.waitingFor === 'decision';
}

/** What names the story across feeds: SHA-256 (hex) of its storyAddress. */
export function urlKey(url: string): string {
  return createHash('sha256').update(storyAddress(url)).digest('hex');
}

/** How the reason of a delivery begins that was dropped because its news was old. */
export const EXPIRED = 'expired:';

/** What the posts of one article say about its fate: posted once one is out, failed when none can be. */
export function fateOf(
  posts: readonly {
    post: 'review' | 'approved' | 'rejected';
    delivery: string | null;
    /** Why the delivery is where it is. */
    reason?: string | null;
  }[],
): {
  state: FateState;
  waitingFor: WaitingFor | null;
  reason: string | null;
} {
  if (posts.some((one) => one.delivery === 'confirmed')) return { state: 'posted', waitingFor: null, reason: null };
  if (posts.some((one) => one.delivery === 'unclear'))
    return {
      state: 'waiting',
      waitingFor: 'delivery',
      reason: 'unclear: a platform did not say whether the post is there',
    };
  if (
    posts.some(
      (one) =>
        one.post === 'approved' && (one.delivery === 'waiting' || one.delivery === 'intent' || one.delivery === null),
    )
  )
    return { state: 'waiting', waitingFor: 'delivery', reason: null };
  if (posts.some((one) => one.post === 'review'))
    return { state: 'waiting', waitingFor: 'review', reason: 'waits for a person to approve' };
  if (posts.some((one) => one.delivery === 'rejected'))
    return { state: 'failed', waitingFor: null, reason: 'rejected by every platform' };
  const expired = posts.find((one) => one.delivery === 'dropped' && one.reason?.startsWith(EXPIRED));
  if (expired !== undefined) return { state: 'filtered', waitingFor: null, reason: expired.reason ?? null };
  return { state: 'filtered', waitingFor: null, reason: 'person: every post was rejected or dropped' };
}
