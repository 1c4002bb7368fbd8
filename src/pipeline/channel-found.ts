import { FILTERED } from '../domain/article.ts';
import { after, DAY } from '../lib/clock.ts';
import type { Tables } from '../ports/store/index.ts';

/** Articles that waited for a channel at most this long are written once there is one; older news is no news. */
const STILL_NEWS_MS = DAY;

/** At most this many at once; the next sweep takes the rest. */
const BATCH = 1000;

/**
 * For a brand that has a channel now, or every brand that has one: enqueues the articles that waited for one and filters
 * those that waited too long.
 */
export async function channelFound(tables: Tables, brandId: number | null, now: Date): Promise<void> {
  const since = after(now, -STILL_NEWS_MS);
  const news = await tables.fates.channelFound({ brandId, since, reason: FILTERED.noChannel, now, limit: BATCH });
  await tables.jobs.send(news.map((fateId) => ({ verb: 'write' as const, fateId })));
}
