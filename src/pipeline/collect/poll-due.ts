import { afterPoll, type Feed } from '../../domain/source.ts';
import { MINUTE } from '../../lib/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import { ask, type CollectPorts, settlePoll } from './poll.ts';

/** Feeds that are polled at a time; the guarded fetch sees to it that no host gets more than its share of them. */
const AT_ONCE = 24;
/** Feeds claimed by one statement. */
const CLAIM = 200;
/** Unchanged feeds whose new state is stored by one statement. */
const SAVE = 100;
/** No feed is begun after that; the next sweep brings the rest. */
const ROUND_MS = 2 * MINUTE;

/**
 * Polls every feed that is due. Most feeds have nothing new most of the time: they are claimed by the hundred and
 * stored by the hundred. One that has changed or failed is settled on its own. A process that dies on the way leaves
 * claims that are nobody's, and feeds that are still due. Safe to run in several processes at once.
 */
export async function pollDue(ports: CollectPorts, signal: AbortSignal): Promise<{ polled: number }> {
  const { sources } = ports.store;
  const began = performance.now();
  const claimed = new Set<number>();
  const pool: { feed: Feed; begun: boolean }[] = [];
  let unchanged: Feed[] = [];
  let polled = 0;
  let filling: Promise<void> | null = null;
  let over = false;

  const fill = async () => {
    const more = await sources.claimDue(ports.clock.now(), CLAIM);
    for (const one of more) claimed.add(one.feed.id);
    pool.push(...more);
    over = more.length === 0;
  };
  const flush = async () => {
    const feeds = unchanged;
    unchanged = [];
    if (feeds.length > 0) await sources.saveUnchanged(feeds);
    for (const feed of feeds) claimed.delete(feed.id);
  };
  const take = async () => {
    while (pool.length === 0 && !over && !signal.aborted && performance.now() - began < ROUND_MS) {
      filling ??= fill().finally(() => {
        filling = null;
      });
      await filling;
    }
    return signal.aborted ? undefined : pool.shift();
  };
  const work = async () => {
    for (let due = await take(); due !== undefined; due = await take()) {
      const { feed } = due;
      const answer = await ask(ports, due, signal);
      polled += 1;
      if (answer.kind === 'unchanged' && answer.movedTo === null) {
        unchanged.push(afterPoll(feed, answer, ports.clock.now()));
        if (unchanged.length >= SAVE) await flush();
        continue;
      }
      await settlePoll(ports, feed, answer).catch(async (error: unknown) => {
        // Whatever one feed brings, the others are polled, and it must not be due again at once.
        const reason = `What this feed brought could not be stored: ${messageOf(error)}`;
        ports.log.error({ feedId: feed.id, reason }, 'feed could not be collected');
        await sources.saveFeed(afterPoll(feed, { kind: 'failed', reason }, ports.clock.now()));
      });
      claimed.delete(feed.id);
      await sources.releaseFeeds([feed.id]);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await flush();
    if (claimed.size > 0) await sources.releaseFeeds([...claimed]);
  }
  return { polled };
}
