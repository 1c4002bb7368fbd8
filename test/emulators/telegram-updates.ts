import type { Update } from 'telegraf/types';
import { type Chats, Refusal, seconds, shortChat } from './telegram-chats.ts';

/** Who writes. */
export interface EmulatedPerson {
  id: number;
  first_name: string;
  last_name?: string;
  language_code?: string;
}

const CONFLICT = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
const PERSON: EmulatedPerson = { id: 4242, first_name: 'Anna', last_name: 'Ozola', language_code: 'lv' };
/** Kinds that come only when allowed_updates names them. */
const UNASKED = ['chat_member', 'message_reaction', 'message_reaction_count'];

/** What a test may let happen on Telegram; each returns the update's number. */
export interface Pushing {
  /** Gives an update to whoever polls. */
  push(update: object): number;
  /** A person writes to the bot in private. */
  pushMessage(text: string, from?: Partial<EmulatedPerson>): number;
  /** A person shares a contact; `userId` is whose it is. */
  pushContact(phone: string, userId: number, from?: Partial<EmulatedPerson>): number;
  /** Something is written in a group or channel; in a group by a person unless `content` says otherwise. */
  pushIn(chatId: number, content: object): number;
  pushButton(data: string, from?: Partial<EmulatedPerson>): number;
  pushReactions(chatId: number, messageId: number, counts: Record<string, number>): number;
}

/** Updates that wait, the one poll that may be open, and what tests push. `check` sees every update before it waits. */
export function createUpdates(chats: Chats, check: (update: Update) => void) {
  let updates: Update[] = [];
  let lastUpdateId = 1000;
  let poll: { end: (refusal?: Refusal) => void } | null = null;

  /** Answers at once when something is there, otherwise when it comes or the time is over. */
  async function getUpdates(payload: Record<string, unknown>, gone: Promise<void>): Promise<Update[]> {
    const offset = Number(payload.offset ?? 0);
    if (offset > 0) updates = updates.filter((update) => update.update_id >= offset);
    const named = payload.allowed_updates as string[] | undefined;
    // Of two pollers the older one is sent away.
    poll?.end(new Refusal(409, CONFLICT));
    const wanted = (update: Update): boolean => {
      const kind = Object.keys(update).find((key) => key !== 'update_id') ?? '';
      return named && named.length > 0 ? named.includes(kind) : !UNASKED.includes(kind);
    };
    const take = (): Update[] => {
      updates = updates.filter(wanted);
      return updates.slice(0, Number(payload.limit ?? 100));
    };
    const there = take();
    if (there.length > 0 || !payload.timeout) return there;
    return await new Promise<Update[]>((resolve, reject) => {
      const timer = setTimeout(() => mine.end(), Number(payload.timeout) * 1000);
      const mine = {
        end: (refusal?: Refusal): void => {
          clearTimeout(timer);
          if (poll === mine) poll = null;
          if (refusal) reject(refusal);
          else resolve(take());
        },
      };
      poll = mine;
      void gone.then(() => mine.end());
    });
  }

  function push(update: object): number {
    const full = { update_id: ++lastUpdateId, ...update } as Update;
    check(full);
    updates.push(full);
    poll?.end();
    return full.update_id;
  }

  /** A person, and a message of theirs in their private chat. */
  function written(by: Partial<EmulatedPerson> | undefined, content: object) {
    const person = { ...PERSON, ...by };
    if (!chats.chats.has(person.id)) chats.addChat({ id: person.id, title: person.first_name });
    const from = { is_bot: false, ...person };
    const chat = { id: person.id, type: 'private', first_name: person.first_name };
    return { from, message: { message_id: chats.nextMessageId(), date: seconds(), chat, from, ...content } };
  }

  const pushing: Pushing = {
    push,
    pushMessage: (text, by) => push({ message: written(by, { text }).message }),
    pushContact: (phone, userId, by) =>
      push({ message: written(by, { contact: { phone_number: phone, first_name: 'Anna', user_id: userId } }).message }),
    pushIn: (chatId, content) => {
      const chat = chats.findChat(chatId);
      const message = { message_id: chats.nextMessageId(), date: seconds(), chat: shortChat(chat) };
      if (chat.type === 'channel')
        return push({ channel_post: { ...message, sender_chat: shortChat(chat), ...content } });
      return push({ message: { ...message, from: { is_bot: false, ...PERSON }, ...content } });
    },
    pushButton: (data, by) => {
      const { from, message } = written(by, { text: 'which?' });
      return push({ callback_query: { id: `query-${lastUpdateId + 1}`, from, message, chat_instance: '1', data } });
    },
    pushReactions: (chatId, messageId, counts) => {
      const reactions = Object.entries(counts).map(([emoji, count]) => ({
        type: { type: 'emoji', emoji },
        total_count: count,
      }));
      const chat = shortChat(chats.findChat(chatId));
      return push({ message_reaction_count: { chat, message_id: messageId, date: seconds(), reactions } });
    },
  };
  return { getUpdates, endPoll: () => poll?.end(), unconfirmed: () => updates.length, pushing };
}
