import { setTimeout as pause } from 'node:timers/promises';
import { afterPoll } from '../../domain/source.ts';
import { MINUTE } from '../../lib/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import { ask, type CollectPorts, type DueFeed } from './poll.ts';
import { type Polled, RECORDED_AT_ONCE, settlePolls } from './settle.ts';

/** Feeds that are polled at a time; the guarded fetch sees to it that no host gets more than its share of them. */
const AT_ONCE = 24;
/** Feeds claimed by one statement. */
const CLAIM = 200;
/** Feeds whose new state is stored by one transaction. */
const SAVE = 100;
/** What a feed brought waits this long for others, to be stored together with theirs. */
const LINGER_MS = 200;
/** No feed is begun after that; the next sweep brings the rest. */
const ROUND_MS = 2 * MINUTE;

/**
 * Polls every feed that is due. Most feeds have nothing new most of the time: they are claimed by the hundred and
 * stored by the hundred, and what the others brought is stored together too. A process that dies on the way leaves
 * claims that are nobody's, and feeds that are still due. Safe to run in several processes at once.
 */
export async function pollDue(ports: CollectPorts, signal: AbortSignal): Promise<{ polled: number }> {
  const { sources } = ports.store;
  const began = performance.now();
  const claimed = new Set<number>();
  const pool: DueFeed[] = [];
  let unchanged: Polled[] = [];
  let brought: Polled[] = [];
  let polled = 0;
  let filling: Promise<void> | null = null;
  let settling: Promise<void> | null = null;
  let over = false;

  const fill = async () => {
    const more = await sources.claimDue(ports.clock.now(), CLAIM);
    for (const one of more) claimed.add(one.feed.id);
    pool.push(...more);
    over = more.length === 0;
  };
  const flush = async () => {
    const some = unchanged;
    unchanged = [];
    const now = ports.clock.now();
    const again = await sources.saveUnchanged(
      some.map(({ feed, answer }) => afterPoll(feed, answer as Unchanged, now)),
    );
    for (const { feed } of some) claimed.delete(feed.id);
    await ports.store.jobs.send(again.map((feedId) => ({ verb: 'collect', feedId })));
  };
  /** Stores what has gathered, alone or, where one of them can't be stored, each on its own. */
  const settle = async () => {
    while (brought.length > 0) {
      const some = portionOf(brought);
      brought = brought.slice(some.length);
      try {
        await settlePolls(ports, some);
      } catch (error) {
        if (some.length > 1)
          ports.log.warn({ feeds: some.length, reason: messageOf(error) }, 'feeds are stored one by one');
        for (const one of some) await settleAlone(ports, one, some.length > 1 ? null : error);
      }
      for (const { feed } of some) claimed.delete(feed.id);
    }
  };
  /** Resolves when nothing more waits than one transaction takes. */
  const bring = async (one: Polled) => {
    brought.push(one);
    settling ??= pause(LINGER_MS)
      .then(settle)
      .finally(() => {
        settling = null;
      });
    while (settling !== null && weightOf(brought) > RECORDED_AT_ONCE) await settling;
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
      const answer = await ask(ports, due, signal);
      polled += 1;
      if (answer.kind !== 'unchanged' || answer.movedTo !== null) await bring({ ...due, answer });
      else {
        unchanged.push({ ...due, answer });
        if (unchanged.length >= SAVE) await flush();
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await settling;
    await settle();
    await flush();
    if (claimed.size > 0) await sources.releaseFeeds([...claimed]);
  }
  return { polled };
}

type Unchanged = Extract<Polled['answer'], { kind: 'unchanged' }>;

/** Whatever one feed brings, the others are polled, and it must not be due again at once. `problem`: what came of it. */
async function settleAlone(ports: CollectPorts, one: Polled, problem: unknown): Promise<void> {
  try {
    if (problem !== null) throw problem;
    await settlePolls(ports, [one]);
  } catch (error) {
    const reason = `What this feed brought could not be stored: ${messageOf(error)}`;
    ports.log.error({ feedId: one.feed.id, reason }, 'feed could not be collected');
    await settlePolls(ports, [{ ...one, answer: { kind: 'failed', reason } }]);
  }
}

/** How much of what waits one transaction takes: as many feeds and entries as it should, one at least. */
function portionOf(brought: readonly Polled[]): Polled[] {
  let end = 0;
  for (let weight = 0; end < Math.min(brought.length, SAVE); end++) {
    weight += weightOf(brought.slice(end, end + 1));
    if (end > 0 && weight > RECORDED_AT_ONCE) break;
  }
  return brought.slice(0, end);
}

function weightOf(polled: readonly Polled[]): number {
  return polled.reduce((sum, { answer }) => sum + (answer.kind === 'changed' ? answer.entries.length : 0), 0);
}
