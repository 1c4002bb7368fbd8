import type { Outcome } from '../../domain/delivery.ts';
import type { OutgoingPost } from '../../ports/platform.ts';
import { messageUrl } from './address.ts';
import { type Client, type Failure, TOKEN_CURE } from './client.ts';
import { previewOf } from './preview.ts';

/** What sendMessage is called with. */
function payload(message: OutgoingPost): object {
  const preview = previewOf(message.text, message.style, message.card);
  return {
    chat_id: message.address,
    text: message.text,
    parse_mode: 'HTML',
    // The address is named: otherwise whatever stands first in the text is shown.
    link_preview_options:
      preview === null
        ? { is_disabled: true }
        : {
            url: preview.card.url,
            [preview.size === 'small' ? 'prefer_small_media' : 'prefer_large_media']: true,
            ...(preview.above ? { show_above_text: true } : {}),
          },
  };
}

/** The request's body, letter for letter: telegraf writes the same object with the same JSON.stringify. */
export function body(message: OutgoingPost): string {
  return JSON.stringify(payload(message));
}

/** Sends once and says what the answer proves. */
export async function publish(
  client: Client,
  message: OutgoingPost,
  options: { signal: AbortSignal; deadlineMs: number },
): Promise<Outcome> {
  const answer = await client.call<unknown>('sendMessage', payload(message), options);
  if (!answer.ok) return outcomeOf(answer.failure, options.deadlineMs);
  const sent = answer.result as { message_id?: unknown; chat?: { id?: unknown; username?: string } } | null | undefined;
  if (typeof sent?.message_id !== 'number')
    return { kind: 'unclear', reason: 'Telegram said yes without naming the message.' };
  const { message_id: id, chat } = sent;
  const url = typeof chat?.id === 'number' ? messageUrl({ id: chat.id, username: chat.username }, id) : null;
  return { kind: 'confirmed', remoteId: String(id), url };
}

function outcomeOf(failure: Failure, deadlineMs: number): Outcome {
  if (failure.kind === 'unreached')
    return { kind: 'not-sent', reason: `Telegram could not be reached (${failure.code}); nothing was sent.` };
  if (failure.kind === 'unanswered')
    return {
      kind: 'unclear',
      reason:
        failure.code === 'TIMEOUT'
          ? `Telegram did not answer within ${deadlineMs / 1000} s; it may have taken the post.`
          : `Telegram's answer was lost (${failure.code}); it may have taken the post.`,
    };
  const { code, description, retryAfterMs, migratedTo } = failure;
  if (code === 429)
    return {
      kind: 'not-sent',
      reason: 'Telegram asks to post more slowly.',
      ...(retryAfterMs !== undefined ? { retryAfterMs } : {}),
    };
  if (code === 401 || code === 404)
    return {
      kind: 'rejected',
      reason: 'Telegram does not know the bot token.',
      cure: TOKEN_CURE,
      channelTrouble: true,
    };
  if (migratedTo !== undefined)
    return {
      kind: 'rejected',
      reason: `The group became a supergroup, with the new number ${migratedTo}.`,
      cure: `Connect it again: channel add telegram:${migratedTo}`,
      channelTrouble: true,
    };
  if (code === 403) return { kind: 'rejected', reason: says(description), cure: RIGHTS_CURE, channelTrouble: true };
  if (code === 400) {
    const cure = CHANNEL_CURES.get(description);
    return cure === undefined
      ? { kind: 'rejected', reason: says(description), cure: 'Edit the text and send it again.', channelTrouble: false }
      : { kind: 'rejected', reason: says(description), cure, channelTrouble: true };
  }
  return { kind: 'unclear', reason: `Telegram answered ${code}; it may have taken the post.` };
}

const says = (description: string): string => `Telegram says: ${description}.`;

const RIGHTS_CURE =
  'Make the bot an administrator of the channel with the right to post messages (in a group: a member that may write), then run: channel check';
const ADDRESS_CURE = 'Check the name or number of the chat and that the bot is in it, then run: channel check';

/** The server's exact words for what every other post to the chat would meet too. */
const CHANNEL_CURES = new Map([
  ['Bad Request: chat not found', ADDRESS_CURE],
  ['Bad Request: chat_id is empty', ADDRESS_CURE],
  ['Bad Request: PEER_ID_INVALID', ADDRESS_CURE],
  ['Bad Request: have no rights to send a message', RIGHTS_CURE],
  ['Bad Request: not enough rights to send text messages to the chat', RIGHTS_CURE],
  ['Bad Request: need administrator rights in the channel chat', RIGHTS_CURE],
  ['Bad Request: CHAT_WRITE_FORBIDDEN', RIGHTS_CURE],
  ['Bad Request: TOPIC_CLOSED', 'Open the topic again, or connect another chat.'],
]);
