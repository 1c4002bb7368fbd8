import type { Outcome } from '../../domain/delivery.ts';
import type { Clock } from '../../lib/clock.ts';
import type { OutgoingPost } from '../../ports/platform.ts';
import { isRecord, type Reply, type XClient } from './client.ts';
import { explain } from './refusal.ts';

/** What goes to POST /2/tweets. A part of a thread answers the part before it, which X lets an author do. */
function payload({ text, replyTo }: OutgoingPost): { text: string; reply?: object } {
  return replyTo === null ? { text } : { text, reply: { in_reply_to_tweet_id: replyTo } };
}

/** The JSON that goes to POST /2/tweets. */
export function body(message: OutgoingPost): string {
  return JSON.stringify(payload(message));
}

/** Sends one post, once. X takes no idempotency key, so what isn't proven is unclear. */
export async function publish(
  client: XClient,
  clock: Clock,
  message: OutgoingPost,
  signal: AbortSignal,
): Promise<Outcome> {
  return toOutcome(await client.post('tweets', payload(message), signal), clock);
}

function toOutcome(reply: Reply, clock: Clock): Outcome {
  switch (reply.kind) {
    case 'done': {
      const id = isRecord(reply.data) && isRecord(reply.data.data) ? reply.data.data.id : null;
      if (typeof id !== 'string' || !/^\d{1,19}$/u.test(id))
        return { kind: 'unclear', reason: 'X took the post but did not say under which number.' };
      return { kind: 'confirmed', remoteId: id, url: `https://x.com/i/web/status/${id}` };
    }
    case 'unreadable':
      return { kind: 'unclear', down: true, reason: "X's answer can't be read; the post may be there." };
    case 'silence':
      return reply.sent
        ? { kind: 'unclear', down: true, reason: `X did not answer (${reply.why}); the post may be there.` }
        : { kind: 'not-sent', down: true, reason: `X could not be reached (${reply.why}).` };
    case 'refused': {
      const refusal = explain(reply, clock);
      if (!refusal)
        return { kind: 'unclear', down: reply.status >= 500, reason: `X said ${reply.status}; the post may be there.` };
      const { kind, reason, cure, channelTrouble, duplicate, retryAfterMs } = refusal;
      if (kind === 'rate-limited') return { kind: 'not-sent', reason, retryAfterMs };
      return { kind: 'rejected', reason, cure, channelTrouble, ...(duplicate ? { duplicate } : {}) };
    }
  }
}
