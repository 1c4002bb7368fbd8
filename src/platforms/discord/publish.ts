import { createHash } from 'node:crypto';
import type { Outcome } from '../../domain/delivery.ts';
import type { OutgoingPost } from '../../ports/platform.ts';
import type { Answer, DiscordClient } from './client.ts';
import { embedOf } from './embed.ts';
import { refusal } from './refusal.ts';

/** No cards of Discord's own making: the post says what it says. */
const SUPPRESS_EMBEDS = 1 << 2;

/** The post is there already; its address is worth no more waiting than this. */
const URL_PATIENCE_MS = 2000;

/** The server of a channel; null when Discord doesn't say. */
export type GuildOf = (channelId: string, signal: AbortSignal) => Promise<string | null>;

/** The JSON of Create Message. */
export function body(message: OutgoingPost): string {
  const embed = embedOf(message.text, message.style, message.card);
  return JSON.stringify({
    ...(embed === null ? { content: message.text } : { embeds: [embed] }),
    nonce: nonceOf(message),
    enforce_nonce: true,
    allowed_mentions: { parse: [] },
    // The flag would hide our own card too.
    ...(embed === null ? { flags: SUPPRESS_EMBEDS } : {}),
  });
}

/**
 * 22 letters (Discord takes 25). A repetition of the same attempt has the same nonce, also after a restart, and nothing
 * else has: for a few minutes Discord answers a nonce it knows with the message that is there.
 */
function nonceOf({ attemptId, address, text }: OutgoingPost): string {
  return createHash('sha256')
    .update(JSON.stringify([attemptId, address, text]))
    .digest('base64url')
    .slice(0, 22);
}

/** Sends the post as one Create Message. `guildOf` finds the server for its address meanwhile; without it url is null. */
export async function publish(
  client: DiscordClient,
  guildOf: GuildOf,
  message: OutgoingPost,
  signal: AbortSignal,
): Promise<Outcome> {
  const asking = guildOf(message.address, signal);
  const answer = await client.post(`/channels/${message.address}/messages`, body(message), signal);
  const outcome = outcomeOf(answer, message.address);
  if (outcome.kind !== 'confirmed') return outcome;
  return { ...outcome, url: await addressOf(message.address, outcome.remoteId, asking) };
}

/** Where a message can be opened; null when its server isn't known in time. */
export async function addressOf(
  channelId: string,
  messageId: string,
  asking: Promise<string | null>,
): Promise<string | null> {
  const guild = await within(URL_PATIENCE_MS, asking);
  return guild === null ? null : `https://discord.com/channels/${guild}/${channelId}/${messageId}`;
}

async function within<T>(patienceMs: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patienceMs, null);
  });
  return Promise.race([work, tired]).finally(() => clearTimeout(timer));
}

/** What the answer to a Create Message proves. */
export function outcomeOf(answer: Answer, channelId: string): Outcome {
  switch (answer.kind) {
    case 'answered': {
      const { id, channel_id } = (answer.data ?? {}) as { id?: unknown; channel_id?: unknown };
      if (typeof id === 'string' && /^\d+$/u.test(id) && channel_id === channelId)
        return { kind: 'confirmed', remoteId: id, url: null };
      return { kind: 'unclear', reason: 'Discord accepted the post, but its answer names no message.' };
    }
    case 'refused':
      return { kind: 'rejected', ...refusal(answer) };
    case 'rate-limited':
      return {
        kind: 'not-sent',
        reason: 'Discord asks to slow down (429).',
        ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
      };
    case 'not-sent':
      return { ...answer, reason: `${answer.reason}.` };
    case 'unclear':
      return { ...answer, reason: `${answer.reason}; the post may or may not be there.` };
  }
}
