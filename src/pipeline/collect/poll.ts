import type { Feed, PollResult } from '../../domain/source.ts';
import { FetchError, messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { PollAnswer } from '../../ports/feeds.ts';
import { type CollectSummary, settlePolls } from './settle.ts';

export type CollectPorts = Pick<Ports, 'store' | 'feeds' | 'clock' | 'log'>;

/** A feed that was claimed. `begun`: every source that follows it has had its first good poll. */
export interface DueFeed {
  feed: Feed;
  begun: boolean;
  /** What its last document is remembered by. */
  carried: Uint8Array | null;
}

/**
 * Polls one feed now, due or not. Safe to run twice; null when the feed is not to be polled (gone, unfollowed, or being
 * polled by a living process).
 */
export async function collect(
  ports: CollectPorts,
  feedId: number,
  signal: AbortSignal,
): Promise<CollectSummary | null> {
  const { sources } = ports.store;
  if (!(await sources.claimFeed(feedId))) return null;
  let settled = false;
  try {
    const [feed, following, carried] = await Promise.all([
      sources.getFeed(feedId),
      sources.following([feedId]),
      sources.carried(feedId),
    ]);
    if (feed === null || feed.kind === 'chat' || feed.state === 'gone' || following.length === 0) return null;
    const due = { feed, begun: following.every((source) => source.startedAt !== null), carried };
    const [summary] = await settlePolls(ports, [{ ...due, answer: await ask(ports, due, signal) }]);
    settled = true;
    return summary ?? null;
  } finally {
    // Settling ends the claim; by now it may be another's.
    if (!settled) await sources.releaseFeeds([feedId]);
  }
}

/** What the server answers, or why it doesn't; throws only when `signal` is aborted. */
export async function ask(
  { feeds }: Pick<Ports, 'feeds'>,
  { feed, begun, carried }: DueFeed,
  signal: AbortSignal,
): Promise<PollAnswer | FailedPoll> {
  // A source that has not begun needs the entries themselves, so the server must not answer "unchanged".
  const last = begun ? { etag: feed.etag, lastModified: feed.lastModified } : { etag: null, lastModified: null };
  try {
    const answer = await feeds.poll({ url: feed.url, ...last, carried, whole: !begun }, signal);
    if (answer.kind === 'unchanged' && !begun)
      return { kind: 'failed', reason: 'The server says "unchanged" to a first question. It may mend itself.' };
    return answer;
  } catch (error) {
    if (signal.aborted) throw error;
    return failure(error);
  }
}

/** A poll that brought no answer that can be used. */
export type FailedPoll = Extract<PollResult, { reason: string }>;

function failure(error: unknown): FailedPoll {
  if (error instanceof FetchError && error.status === 410) {
    return {
      kind: 'gone',
      reason: 'The server says that this feed is gone for good (410). Remove the source or give its new address.',
    };
  }
  const cure = error instanceof FetchError && error.cure ? ` ${error.cure}` : '';
  return {
    kind: 'failed',
    reason: `${messageOf(error)}${cure}`,
    ...(error instanceof FetchError && error.retryAfterMs !== undefined ? { retryAfterMs: error.retryAfterMs } : {}),
  };
}
