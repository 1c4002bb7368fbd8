import type { Finding } from '../../domain/read-back.ts';
import { after, type Clock, MINUTE } from '../../lib/clock.ts';
import { collapse } from '../../lib/text.ts';
import type { Trace } from '../../ports/platform.ts';
import { isRecord, type Reply, type XClient } from './client.ts';
import { toPlatformError } from './refusal.ts';

/** Posts of the account that are looked through: one page, the largest. */
const PAGE_SIZE = '100';

/**
 * Looks through what the account posted since: a link that stands in no other post, or exactly the same text. Timelines
 * show links wrapped and `&` escaped, so both are undone before texts are compared.
 */
export async function lookFor(client: XClient, clock: Clock, trace: Trace, signal: AbortSignal): Promise<Finding> {
  const me = await client.get('users/me', {}, signal);
  const id = me.kind === 'done' && isRecord(me.data) && isRecord(me.data.data) ? me.data.data.id : null;
  if (me.kind !== 'done' || typeof id !== 'string' || !/^\d{1,19}$/u.test(id)) return cannot(me, clock);
  const wanted = collapse(trace.text);
  // To the second, as X wants instants; a minute is left for clocks that differ.
  const since = `${after(trace.since, -MINUTE).toISOString().slice(0, 19)}Z`;
  let posts: Shown[] = [];
  // The documented name first. X ignores a field it doesn't know without a word.
  for (const dialect of ['post.fields', 'tweet.fields']) {
    const query = { max_results: PAGE_SIZE, start_time: since, [dialect]: 'created_at,entities' };
    const reply = await client.get(`users/${id}/tweets`, query, signal);
    if (reply.kind !== 'done') return cannot(reply, clock);
    posts = postsOf(reply.data);
    if (posts.length === 0 || posts.some((post) => post.whole)) break;
  }
  const found = posts.find(
    ({ text, links }) =>
      collapse(text) === wanted || trace.ownLinks.some((link) => links.includes(link) || text.includes(link)),
  );
  if (found) return { kind: 'found', remoteId: found.id, url: `https://x.com/i/web/status/${found.id}` };
  return { kind: 'absent', reason: "It is not in the account's timeline." };
}

interface Shown {
  id: string;
  /** As it was written. */
  text: string;
  links: string[];
  /** Whether X gave the fields that were asked for. */
  whole: boolean;
}

function postsOf(data: unknown): Shown[] {
  const list = isRecord(data) && Array.isArray(data.data) ? data.data : [];
  return list.filter(isRecord).flatMap((post) => {
    if (typeof post.id !== 'string' || !/^\d{1,19}$/u.test(post.id) || typeof post.text !== 'string') return [];
    const entities = isRecord(post.entities) && Array.isArray(post.entities.urls) ? post.entities.urls : [];
    const wraps = entities
      .filter(isRecord)
      .flatMap(({ url, expanded_url: meant }) =>
        typeof url === 'string' && typeof meant === 'string' ? [{ url, meant }] : [],
      );
    const unwrapped = wraps.reduce((text, { url, meant }) => text.replaceAll(url, () => meant), unescaped(post.text));
    return [{ id: post.id, text: unwrapped, links: wraps.map(({ meant }) => meant), whole: 'created_at' in post }];
  });
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function cannot(reply: Reply, clock: Clock): Finding {
  const why = reply.kind === 'done' ? 'X did not say whose keys these are.' : toPlatformError(reply, clock).message;
  return { kind: 'cannot-tell', reason: `The timeline could not be read: ${why}` };
}
