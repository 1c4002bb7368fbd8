import type { APIMessage, APIThreadChannel } from 'discord.js';
import type { EngagementReading, PublishedPost } from '../../ports/platform.ts';
import type { DiscordClient } from './client.ts';
import { dataOf } from './refusal.ts';

/** Messages a page, Discord's most. */
const PAGE_SIZE = 100;
/** Replies further than this many messages below a post are not counted. */
const MOST_PAGES = 3;

/**
 * Reactions and replies of each post: what people did, not bots. A post that is gone from Discord has no reading.
 * Throws PlatformError.
 */
export async function readEngagement(
  client: DiscordClient,
  posts: readonly PublishedPost[],
  signal: AbortSignal,
): Promise<EngagementReading[]> {
  const readings: EngagementReading[] = [];
  for (const { deliveryId, address, remoteId } of posts) {
    const answer = await client.get(`/channels/${address}/messages/${remoteId}`, {}, signal);
    if (answer.kind === 'refused' && answer.status === 404) continue;
    const message = dataOf(answer) as APIMessage;
    const reactions = (message.reactions ?? []).reduce((sum, one) => sum + one.count - (one.me ? 1 : 0), 0);
    const inThread = (message.thread as APIThreadChannel | undefined)?.message_count ?? 0;
    const replies = inThread + (await countReplies(client, address, remoteId, signal));
    readings.push({ deliveryId, values: { reactions, replies } });
  }
  return readings;
}

async function countReplies(
  client: DiscordClient,
  channelId: string,
  messageId: string,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  let after = messageId;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const query = { after, limit: String(PAGE_SIZE) };
    const answer = await client.get(`/channels/${channelId}/messages`, query, signal);
    const messages = (dataOf(answer) ?? []) as APIMessage[];
    count += messages.filter((one) => isReply(one, messageId)).length;
    if (messages.length < PAGE_SIZE) break;
    after = newest(messages);
  }
  return count;
}

/** A forward has a reference too, of another type. */
function isReply(message: APIMessage, to: string): boolean {
  const reference = message.message_reference;
  return reference?.message_id === to && (reference.type ?? 0) === 0 && message.author.bot !== true;
}

function newest(messages: readonly APIMessage[]): string {
  return messages.map((one) => one.id).reduce((last, id) => (BigInt(id) > BigInt(last) ? id : last));
}
