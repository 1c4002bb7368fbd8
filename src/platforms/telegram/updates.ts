import type { Message, Update, User } from 'telegraf/types';
import { after, SECOND } from '../../lib/clock.ts';
import type { ChatPerson, IncomingEvent, IncomingUpdate } from '../../ports/chat.ts';
import { addressesOf } from './address.ts';
import { isByPerson, linksIn } from './links.ts';

/** What getUpdates is asked for: reaction counts come only when named. */
export const ALLOWED_UPDATES = ['message', 'channel_post', 'callback_query', 'message_reaction_count'] as const;

/** What an update means to Crier: nothing, one thing, or the same under each address that the channel may be stored under. */
export function readUpdate(update: Update, now: Date): IncomingUpdate[] {
  const key = String(update.update_id);
  if ('message' in update) {
    if (update.message.chat.type !== 'private') return forwarded(update.message, key);
    const event = eventOf(update.message);
    return event ? [{ key, at: instant(update.message.date), event }] : [];
  }
  if ('channel_post' in update) return forwarded(update.channel_post, key);
  if ('callback_query' in update) {
    const { from, message } = update.callback_query;
    const data = 'data' in update.callback_query ? update.callback_query.data : null;
    if (data === null || message?.chat.type !== 'private') return [];
    return [{ key, at: now, event: { kind: 'button', person: personOf(from), to: String(message.chat.id), data } }];
  }
  if ('message_reaction_count' in update) {
    const { chat, message_id: messageId, date, reactions } = update.message_reaction_count;
    const total = reactions.reduce((sum, reaction) => sum + reaction.total_count, 0);
    return addressesOf({ id: chat.id, username: 'username' in chat ? chat.username : undefined }).map((address) => ({
      key: `${key}:${address}`,
      at: instant(date),
      event: { kind: 'engagement', address, remoteId: String(messageId), values: { reactions: total } },
    }));
  }
  return [];
}

/** In groups and channels only links are heard, under each address that the chat may be followed by. */
function forwarded(message: Message, key: string): IncomingUpdate[] {
  const links = isByPerson(message) ? linksIn(message) : [];
  if (links.length === 0) return [];
  const { chat, message_id: id, date } = message;
  return addressesOf({ id: chat.id, username: 'username' in chat ? chat.username : undefined }).map((address) => ({
    key: `${key}:${address}`,
    at: instant(date),
    event: { kind: 'links', address, messageId: String(id), links },
  }));
}

/** What a person says to the bot in private. */
function eventOf(message: Message): IncomingEvent | null {
  const { from, chat } = message;
  if (chat.type !== 'private' || !from || from.is_bot) return null;
  const person = personOf(from);
  const to = String(chat.id);
  if ('contact' in message) {
    // Anyone can forward somebody else's contact: only one's own number is taken.
    if (message.contact.user_id !== from.id) return null;
    return { kind: 'contact', person, to, phone: `+${message.contact.phone_number.replace(/\D/gu, '')}` };
  }
  const text = 'text' in message ? message.text : 'caption' in message ? message.caption : undefined;
  if (text === undefined) return null;
  const start = /^\/start(?:@\w+)?\s+(?<payload>[\w-]{1,64})\s*$/u.exec(text)?.groups?.payload ?? null;
  return { kind: 'message', person, to, text, start };
}

function personOf(user: User): ChatPerson {
  return {
    id: String(user.id),
    name: [user.first_name, user.last_name].filter(Boolean).join(' '),
    language: user.language_code?.split('-')[0]?.toLowerCase() ?? null,
  };
}

function instant(seconds: number): Date {
  return after(new Date(0), seconds * SECOND);
}
