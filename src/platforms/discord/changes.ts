import type { Clock } from '../../lib/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { IncomingUpdate } from '../../ports/chat.ts';

/** The fields of reaction and message events that Crier reads (discord-api-types, Gateway*DispatchData). */
export interface GatewayData {
  channel_id: string;
  message_id?: string;
  user_id?: string;
  author?: { id: string; bot?: boolean };
  message_reference?: { type?: number; channel_id: string; message_id?: string };
  referenced_message?: { author?: { id: string } } | null;
  message_author_id?: string;
}
/** A message of the bot, as deliveries name it. */
export type Post = { address: string; remoteId: string };

/** The bot's message that a reaction event is about. Only additions say whose message it is. */
export function reacted(data: GatewayData, me: string): Post | null {
  if (data.message_id === undefined || data.user_id === me) return null;
  if (data.message_author_id !== undefined && data.message_author_id !== me) return null;
  return { address: data.channel_id, remoteId: data.message_id };
}

/** The bot's message that a new message answers. */
export function repliedTo(data: GatewayData, me: string): Post | null {
  const reference = data.message_reference;
  if (reference?.message_id === undefined || (reference.type ?? 0) !== 0 || data.author?.bot) return null;
  if (data.referenced_message?.author !== undefined && data.referenced_message.author.id !== me) return null;
  return { address: reference.channel_id, remoteId: reference.message_id };
}

/** Stores a post's first change at once; those that follow within `foldMs` become one more at its end. */
export function foldChanges(
  foldMs: number,
  { log, clock }: { log: Log; clock: Clock },
  store: (update: IncomingUpdate) => Promise<void>,
): { add(post: Post): void; end(): Promise<void> } {
  const quiet = new Map<string, { post: Post; changed: boolean; timer: NodeJS.Timeout }>();
  const storing = new Set<Promise<void>>();
  let count = 0;

  function keep(post: Post): void {
    const at = clock.now();
    const key = `${post.remoteId}-${at.getTime().toString(36)}-${(++count).toString(36)}`;
    const stored = store({ key, at, event: { kind: 'engagement-changed', ...post } })
      // The numbers are asked for at intervals anyway.
      .catch((error) => log.warn({ reason: messageOf(error) }, 'engagement change could not be stored'))
      .finally(() => storing.delete(stored));
    storing.add(stored);
  }
  function add(post: Post): void {
    const known = quiet.get(post.remoteId);
    if (known !== undefined) {
      known.changed = true;
      return;
    }
    keep(post);
    const timer = setTimeout(() => {
      const { changed } = quiet.get(post.remoteId) ?? {};
      quiet.delete(post.remoteId);
      if (changed) add(post);
    }, foldMs);
    quiet.set(post.remoteId, { post, changed: false, timer });
  }
  /** Stores what is folded and waits for all that is being stored. */
  async function end(): Promise<void> {
    for (const { post, changed, timer } of quiet.values()) {
      clearTimeout(timer);
      if (changed) keep(post);
    }
    quiet.clear();
    await Promise.all(storing);
  }
  return { add, end };
}
