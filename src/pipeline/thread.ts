import type { ChannelStyle } from '../domain/channel.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Post } from '../domain/post.ts';
import type { Platform } from '../ports/platform.ts';
import type { Tables } from '../ports/store/index.ts';

/**
 * The message that a delivery carries, the whole text or its part of the thread, and those that are to follow it. Empty when
 * the text has no such part.
 */
export function messageTexts(
  platform: Platform,
  channel: { address: string; style: ChannelStyle },
  post: Post,
  { part, parts }: Delivery,
): string[] {
  if (parts === 1) return [post.text];
  // What was approved as a thread stays one, whatever the channel has been set to since.
  const thread = channel.style.thread === 'no' ? 'yes' : channel.style.thread;
  return platform
    .form(channel.address, { ...channel.style, thread })
    .partsOf(post.text)
    .slice(part - 1);
}

/**
 * After a part of a thread is confirmed: the next one comes into being, as an answer to it, in the same commit. So no part
 * can be sent before the one it continues is known to be there, and an unclear or refused part ends the thread.
 */
export async function continueThread(tables: Tables, confirmed: Delivery, now: Date): Promise<void> {
  const { postId, channelId, part, parts, remoteId } = confirmed;
  if (confirmed.state !== 'confirmed' || part >= parts || !remoteId) return;
  const next = await tables.deliveries.add(
    { postId, channelId, part: part + 1, parts, replyTo: remoteId, dueAt: now },
    now,
  );
  if (next.state === 'waiting') await tables.jobs.send([{ verb: 'deliver', deliveryId: next.id }]);
}
