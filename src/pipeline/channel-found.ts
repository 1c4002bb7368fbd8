import { FILTERED } from '../domain/article.ts';
import { after, DAY } from '../lib/clock.ts';
import type { Tables } from '../ports/store/index.ts';

/** Articles that waited for a channel at most this long are written once there is one; older news is no news. */
const STILL_NEWS_MS = DAY;

/** At most this many at once; the next sweep takes the rest. */
const BATCH = 1000;

/** For a brand that has a channel now: enqueues the articles that waited for one and filters those that waited too long. */
export async function channelFound(tables: Tables, brandId: number, now: Date): Promise<void> {
  const ids = await tables.fates.waiting({ what: 'channel', brandId, changedBefore: now, limit: BATCH });
  const fates = await tables.fates.many(ids);
  const news = fates.filter((fate) => fate.changedAt >= after(now, -STILL_NEWS_MS));
  for (const fate of fates) {
    if (!news.includes(fate))
      await tables.fates.set(fate.id, { state: 'filtered', waitingFor: null, reason: FILTERED.noChannel }, now);
  }
  await tables.jobs.send(news.map((fate) => ({ verb: 'write' as const, fateId: fate.id })));
}
