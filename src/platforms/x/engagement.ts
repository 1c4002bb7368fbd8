import type { Metric } from '../../domain/engagement.ts';
import type { Clock } from '../../lib/clock.ts';
import type { EngagementReading, PublishedPost } from '../../ports/platform.ts';
import { isRecord, type Reply, type XClient } from './client.ts';
import { toPlatformError } from './refusal.ts';

/** How many posts GET /2/tweets takes. */
export const BATCH = 100;

/** X's names of each number; the API has two vocabularies for reposts. */
const COUNTS: Record<string, Metric> = {
  like_count: 'likes',
  reply_count: 'replies',
  repost_count: 'reposts',
  retweet_count: 'reposts',
  quote_count: 'quotes',
  bookmark_count: 'bookmarks',
  impression_count: 'views',
};

/** Totals of each post that X still has. Throws PlatformError. */
export async function engagement(
  client: XClient,
  clock: Clock,
  posts: readonly PublishedPost[],
  signal: AbortSignal,
): Promise<EngagementReading[]> {
  if (posts.length === 0) return [];
  const ids = posts.map((post) => post.remoteId).join(',');
  // The documented name first. X ignores a field it doesn't know without a word, so no numbers at all = ask as of old.
  for (const dialect of ['post.fields', 'tweet.fields']) {
    const reply = await client.get('tweets', { ids, [dialect]: 'public_metrics' }, signal);
    if (reply.kind !== 'done') throw toPlatformError(reply, clock);
    const found = metricsById(reply);
    const readings = posts.flatMap((post) => {
      const values = found.get(post.remoteId);
      return values ? [{ deliveryId: post.deliveryId, values }] : [];
    });
    if (readings.length > 0 || !hasPosts(reply)) return readings;
  }
  return [];
}

function hasPosts(reply: Extract<Reply, { kind: 'done' }>): boolean {
  return isRecord(reply.data) && Array.isArray(reply.data.data) && reply.data.data.length > 0;
}

function metricsById(reply: Extract<Reply, { kind: 'done' }>): Map<string, Partial<Record<Metric, number>>> {
  const found = new Map<string, Partial<Record<Metric, number>>>();
  const posts = isRecord(reply.data) && Array.isArray(reply.data.data) ? reply.data.data : [];
  for (const post of posts) {
    if (!isRecord(post) || typeof post.id !== 'string' || !isRecord(post.public_metrics)) continue;
    const values: Partial<Record<Metric, number>> = {};
    for (const [name, metric] of Object.entries(COUNTS)) {
      const count = post.public_metrics[name];
      if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) values[metric] = count;
    }
    found.set(post.id, values);
  }
  return found;
}
