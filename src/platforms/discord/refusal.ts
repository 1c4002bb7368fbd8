import { PlatformError } from '../../lib/errors.ts';
import type { Answer } from './client.ts';

/** What a person reads of a refused post, and whether every other post would meet the same. */
export interface Refusal {
  reason: string;
  cure: string;
  channelTrouble: boolean;
}

/** How the rights are enough, for a person. */
const GRANT =
  "In the channel's settings under Permissions, give the bot's role View Channel, Send Messages and Read Message History";

/** Discord's error codes that have a cure of their own (developer documentation, "JSON error codes"). */
const REFUSALS: Record<number, Refusal> = {
  10003: {
    reason: 'Discord knows no such channel (10003): it was deleted, or the id is wrong.',
    cure: 'Connect another channel: crier channel add discord:<channel id>.',
    channelTrouble: true,
  },
  50001: {
    reason: 'The bot has no access to the channel (50001): View Channel is missing, or the bot is not in the server.',
    cure: `Invite the bot to the server. ${GRANT}. Then: crier channel check.`,
    channelTrouble: true,
  },
  50013: {
    reason: 'The bot sees the channel but may not write there (50013): Send Messages is missing.',
    cure: `${GRANT} (in a thread: Send Messages in Threads). Then: crier channel check.`,
    channelTrouble: true,
  },
  50008: {
    reason: 'Discord takes no messages in a channel of this kind (50008).',
    cure: 'Connect a text or announcement channel.',
    channelTrouble: true,
  },
  50083: {
    reason: 'The thread is archived (50083).',
    cure: 'Open it again in Discord, or connect another channel.',
    channelTrouble: true,
  },
  200000: {
    reason: "The server's AutoMod blocked the post (200000).",
    cure: "Change the post's words or the server's AutoMod rule.",
    channelTrouble: false,
  },
};

/** A refused Create Message in words, by status and Discord's code. */
export function refusal({ status, code, message }: Extract<Answer, { kind: 'refused' }>): Refusal {
  if (status === 401) return { ...UNAUTHORIZED, channelTrouble: true };
  const known = code === null ? undefined : REFUSALS[code];
  if (known !== undefined) return known;
  const said = `${status}${code === null || code === 0 ? '' : `, code ${code}`}: ${message}`;
  if (status === 403 || status === 404)
    return {
      reason: `Discord refused the post (${said}).`,
      cure: `${GRANT}. Then: crier channel check.`,
      channelTrouble: true,
    };
  return {
    reason: `Discord refused the post (${said}).`,
    cure: 'Edit the post and approve it again.',
    channelTrouble: false,
  };
}

/** What a 401 means, for a person. */
export const UNAUTHORIZED = {
  reason: "Discord doesn't accept the bot's token (401).",
  cure: 'Reset the token in the Discord developer portal (Bot → Reset Token), put it into DISCORD_BOT_TOKEN and start Crier again.',
};

/** The data of an answer; throws what the caller can't decide. */
export function dataOf(answer: Answer): unknown {
  switch (answer.kind) {
    case 'answered':
      return answer.data;
    case 'refused':
      if (answer.status === 401)
        throw new PlatformError('unauthorized', UNAUTHORIZED.reason, { cure: UNAUTHORIZED.cure });
      throw new PlatformError('rejected', `Discord refused (${answer.status}): ${answer.message}`);
    case 'rate-limited':
      throw new PlatformError('rate-limited', 'Discord asks to slow down (429).', {
        ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
      });
    case 'not-sent':
    case 'unclear':
      throw new PlatformError('unavailable', `${answer.reason}.`);
  }
}
