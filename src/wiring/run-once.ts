import { createBot } from '../bot/index.ts';
import type { RunSummary } from '../cli/index.ts';
import { isHeldBack } from '../domain/source.ts';
import { messageOf } from '../lib/errors.ts';
import { collect } from '../pipeline/collect/index.ts';
import { jobHandler } from '../pipeline/index.ts';
import { sweep } from '../pipeline/sweep.ts';
import type { JobHandler } from '../ports/queue.ts';
import type { Opened } from './open.ts';

/** Feeds that are polled at a time. */
const POLLS_AT_ONCE = 8;

/**
 * One pass for cron: what a process that died left behind is settled, every feed is polled but those that failed and
 * whose time to wait isn't over, and all that is due is written, reviewed and sent; then it is counted. Where `crier start` runs too, the two share the work and each counts
 * what is done by the end of the pass. Feeds of the tour are served only by `crier start` and left out.
 */
export async function runOnce({ ports, scheduler }: Opened, signal: AbortSignal): Promise<RunSummary> {
  const { store } = ports;
  const brands = await store.brands.list();
  const sources = (await Promise.all(brands.map((brand) => store.sources.list(brand.id)))).flat();
  const sample = new Set(sources.filter((source) => source.feed.kind === 'sample').map((source) => source.feed.id));
  const failing = sources.filter(({ feed }) => isHeldBack(feed, ports.clock.now()));
  const heldBack = new Set(failing.map((source) => source.feed.id));
  const before = await counts(ports);
  const polled = new Map<number, string | null>();
  let articlesNew = 0;
  const poll = async (feedId: number, pollSignal: AbortSignal) => {
    if (sample.has(feedId) || polled.has(feedId)) return;
    try {
      const summary = await collect(ports, feedId, pollSignal);
      // Null: gone for good, or somebody else reads it at this moment and counts what it brings.
      if (summary === null && (await store.sources.getFeed(feedId))?.state === 'gone') return;
      polled.set(feedId, summary?.problem ?? null);
      articlesNew += summary?.added ?? 0;
    } catch (error) {
      // Whatever one feed brings, the others are polled.
      if (pollSignal.aborted) return;
      ports.log.error({ feedId, reason: messageOf(error) }, 'feed could not be collected');
      polled.set(feedId, messageOf(error));
    }
  };
  const base = jobHandler(ports, createBot(ports).handle);
  const handle: JobHandler = async (job, jobSignal) => {
    if (job.verb === 'collect') await poll(job.feedId, jobSignal);
    // This pass polls the feeds itself, and nobody would hear a hub that answers.
    else if (job.verb !== 'poll' && job.verb !== 'push') await base(job, jobSignal);
  };

  await sweep(ports, { all: true });
  // Not through the queue: a running `crier start` would be quicker, and nobody could say what this pass has found.
  const active = await store.sources.activeFeeds(null);
  const feeds = active.filter((feedId) => !heldBack.has(feedId)).values();
  const pollers = Array.from({ length: POLLS_AT_ONCE }, async () => {
    for (const feedId of feeds) if (!signal.aborted) await poll(feedId, signal);
  });
  await Promise.all(pollers);
  await scheduler.drain(handle, signal);
  signal.throwIfAborted();
  const now = await counts(ports);
  return {
    feedsPolled: polled.size,
    feedsFailed: [...polled.values()].filter((problem) => problem !== null).length,
    feedsHeldBack: active.filter((feedId) => heldBack.has(feedId) && !polled.has(feedId)).length,
    articlesNew,
    postsWritten: now.posts - before.posts,
    delivered: now.confirmed - before.confirmed,
    waitingForReview: now.inReview,
    unclear: now.unclear,
    failed: now.rejected - before.rejected,
    notices: (await store.notices.current(null, ports.clock.now())).map((notice) => notice.text),
  };
}

async function counts({ store }: Opened['ports']) {
  const [totals, deliveries, inReview] = await Promise.all([
    store.reports.totals(),
    store.deliveries.counts(null),
    store.posts.inReview(),
  ]);
  return {
    posts: totals.posts,
    confirmed: deliveries.confirmed,
    unclear: deliveries.unclear,
    rejected: deliveries.rejected,
    inReview,
  };
}
