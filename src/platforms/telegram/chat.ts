import type { InlineKeyboardMarkup, UserFromGetMe } from 'telegraf/types';
import { SEND_DEADLINE_MS } from '../../domain/delivery.ts';
import { type Clock, SECOND } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { truncate } from '../../lib/text.ts';
import type { Chat, ChatMessage } from '../../ports/chat.ts';
import { type Client, platformError } from './client.ts';
import { hears } from './hear.ts';
import { type ListenTiming, listen } from './listen.ts';

const TEXT_LIMIT = 4096;

/** People who write to the bot, and the reaction counts that Telegram pushes, by long polling. */
export function createChat(client: Client, timing: ListenTiming, { log, clock }: { log: Log; clock: Clock }): Chat {
  let username: string | null = null;
  return {
    listen: (store, signal) => listen(client, timing, store, signal, { log, clock }),

    hears: (address, signal) => hears(client, address, { signal, deadlineMs: SEND_DEADLINE_MS }),

    async send(to, message, signal) {
      const answer = await client.call('sendMessage', chatPayload(to, message), {
        signal,
        deadlineMs: SEND_DEADLINE_MS,
      });
      if (!answer.ok) throw platformError(answer.failure);
    },

    async deepLink(payload) {
      if (username === null) {
        const options = { signal: new AbortController().signal, deadlineMs: 5 * SECOND };
        const me = await client.call<UserFromGetMe>('getMe', {}, options);
        if (!me.ok) return null;
        username = me.result.username;
      }
      return `https://t.me/${username}?start=${payload}`;
    },
  };
}

/** Without parse_mode nothing in the text is markup, so nothing has to be escaped. */
function chatPayload(to: string, message: ChatMessage): object {
  const markup: InlineKeyboardMarkup | null = message.buttons?.length
    ? { inline_keyboard: message.buttons.map(({ label, data }) => [{ text: label, callback_data: data }]) }
    : null;
  return {
    chat_id: to,
    text: truncate(message.text, TEXT_LIMIT),
    link_preview_options: { is_disabled: true },
    ...(markup ? { reply_markup: markup } : {}),
  };
}
