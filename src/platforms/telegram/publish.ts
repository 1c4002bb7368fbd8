import type { Outcome } from '../../domain/delivery.ts';
import type { OutgoingPost } from '../../ports/platform.ts';
import { messageUrl } from './address.ts';
import { type Client, type Failure, TOKEN_CURE } from './client.ts';
import { previewOf } from './preview.ts';
import { refusal } from './refusal.ts';

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
    return {
      kind: 'not-sent',
      reason: `Telegram could not be reached (${failure.code}); nothing was sent.`,
      ...(failure.code === 'STOPPED' ? {} : { down: true }),
    };
  if (failure.kind === 'unanswered')
    return {
      kind: 'unclear',
      ...(failure.code === 'STOPPED' ? {} : { down: true }),
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
      cure: 'Crier goes on under that number.',
      channelTrouble: true,
      movedTo: migratedTo,
    };
  if (code === 400 || code === 403) return { kind: 'rejected', ...refusal(code, description) };
  return { kind: 'unclear', down: code >= 500, reason: `Telegram answered ${code}; it may have taken the post.` };
}
