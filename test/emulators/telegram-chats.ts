import { type Entity, parseHtml } from '../../src/platforms/telegram/html.ts';

/** A chat as the emulator keeps it. */
export interface EmulatedChat {
  id: number;
  type: 'channel' | 'supergroup' | 'group' | 'private';
  title: string;
  username?: string;
  /** What the bot is in it. */
  bot: 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';
  /** Whether the bot may post there: an administrator's or restricted member's right. */
  mayPost: boolean;
  /** The supergroup that a group has become. */
  migratedTo?: number;
}

/** A message that was accepted. */
export interface SentMessage {
  chatId: number;
  messageId: number;
  /** As it came. */
  text: string;
  /** As people read it. */
  plain: string;
  /** `link_preview_options`. */
  preview: object | null;
  buttons: { text: string; data: string }[];
}

/** An answer of the Bot API that is an error. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: object | undefined;
  constructor(code: number, description: string, parameters?: object) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** The chats of the emulated server and the methods about them. */
export type Chats = ReturnType<typeof createChats>;

/** Chats, and what the bot may do in them; `bot` is getMe's answer. */
export function createChats(bot: { id: number }, acceptAnyChat: boolean) {
  const chats = new Map<number, EmulatedChat>();
  const sent: SentMessage[] = [];
  let lastMessageId = 0;

  function addChat(chat: Partial<EmulatedChat> & Pick<EmulatedChat, 'id'>): EmulatedChat {
    const type = chat.type ?? (chat.id > 0 ? 'private' : String(chat.id).startsWith('-100') ? 'channel' : 'group');
    const bot = type === 'channel' ? 'administrator' : 'member';
    const full: EmulatedChat = { type, title: `Chat ${chat.id}`, bot, mayPost: true, ...chat };
    chats.set(full.id, full);
    return full;
  }

  function findChat(chatId: unknown): EmulatedChat {
    const address = String(chatId ?? '');
    if (address === '') throw new Refusal(400, 'Bad Request: chat_id is empty');
    const name = address.startsWith('@') ? address.slice(1).toLowerCase() : null;
    const found = name
      ? [...chats.values()].find((chat) => chat.username?.toLowerCase() === name)
      : chats.get(Number(address));
    if (found) return found;
    if (!acceptAnyChat) throw new Refusal(400, 'Bad Request: chat not found');
    return name
      ? addChat({ id: -1_001_000_000_000 - chats.size, username: address.slice(1), title: address.slice(1) })
      : addChat({ id: Number(address) });
  }

  function sendMessage(payload: Record<string, unknown>): object {
    const chat = findChat(payload.chat_id);
    if (chat.migratedTo !== undefined)
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: chat.migratedTo,
      });
    if (chat.bot === 'kicked') throw new Refusal(403, `Forbidden: bot was kicked from the ${chat.type} chat`);
    if (chat.bot === 'left') throw new Refusal(403, `Forbidden: bot is not a member of the ${chat.type} chat`);
    if (chat.type === 'channel' && (chat.bot !== 'administrator' || !chat.mayPost))
      throw new Refusal(400, 'Bad Request: need administrator rights in the channel chat');
    if (!chat.mayPost) throw new Refusal(400, 'Bad Request: not enough rights to send text messages to the chat');
    const text = String(payload.text ?? '');
    const parsed =
      payload.parse_mode === 'HTML' ? parseHtml(text) : { ok: true as const, text, entities: [] as Entity[] };
    if (!parsed.ok) throw new Refusal(400, `Bad Request: can't parse entities: ${parsed.error}`);
    if (parsed.text.trim() === '') throw new Refusal(400, 'Bad Request: message text is empty');
    // The stricter of the two units that the documentation names: UTF-16 units, not code points.
    if (parsed.text.trim().length > 4096) throw new Refusal(400, 'Bad Request: message is too long');
    // What the server drops without a word is a fault of the sender here.
    if (parsed.entities.length > 100) throw new Refusal(400, 'Bad Request: too many entities');
    const preview = payload.link_preview_options as { url?: string; is_disabled?: boolean } | undefined;
    if (preview?.url !== undefined && !/^https?:\/\//iu.test(preview.url))
      throw new Refusal(400, 'Bad Request: wrong link preview URL');
    const keyboard = payload.reply_markup as
      | { inline_keyboard?: { text: string; callback_data: string }[][] }
      | undefined;
    const buttons = (keyboard?.inline_keyboard ?? []).flat();
    for (const { callback_data: data } of buttons)
      if (Buffer.byteLength(data) > 64) throw new Refusal(400, 'Bad Request: BUTTON_DATA_INVALID');
    const messageId = ++lastMessageId;
    sent.push({
      chatId: chat.id,
      messageId,
      text,
      plain: parsed.text.trim(),
      preview: preview ?? null,
      buttons: buttons.map((button) => ({ text: button.text, data: button.callback_data })),
    });
    return {
      message_id: messageId,
      date: seconds(),
      chat: shortChat(chat),
      ...(chat.type === 'channel' ? { sender_chat: shortChat(chat) } : { from: bot }),
      text: parsed.text.trim(),
      entities: parsed.entities.map(apiEntity),
      ...(preview ? { link_preview_options: preview } : {}),
    };
  }

  function getChat(payload: Record<string, unknown>): object {
    const chat = findChat(payload.chat_id);
    if (chat.bot === 'kicked') throw new Refusal(403, `Forbidden: bot was kicked from the ${chat.type} chat`);
    const gifts = ['unlimited_gifts', 'limited_gifts', 'unique_gifts', 'premium_subscription', 'gifts_from_channels'];
    return {
      ...shortChat(chat),
      accent_color_id: 1,
      max_reaction_count: 11,
      accepted_gift_types: Object.fromEntries(gifts.map((gift) => [gift, false])),
    };
  }

  function getChatMember(payload: Record<string, unknown>): object {
    const chat = findChat(payload.chat_id);
    if (payload.user_id !== bot.id) throw new Refusal(400, 'Bad Request: user not found');
    if (chat.bot === 'left') return { status: 'left', user: bot };
    if (chat.bot === 'kicked') return { status: 'kicked', user: bot, until_date: 0 };
    if (chat.bot === 'member') return { status: 'member', user: bot };
    const rights = chat.bot === 'administrator' ? ADMINISTRATOR_RIGHTS : RESTRICTED_RIGHTS;
    const posting =
      chat.bot === 'administrator'
        ? { can_post_messages: chat.mayPost }
        : { can_send_messages: chat.mayPost, is_member: true, until_date: 0 };
    return {
      status: chat.bot,
      user: bot,
      ...Object.fromEntries(rights.map((right) => [right, false])),
      ...posting,
    };
  }

  return { chats, sent, addChat, findChat, sendMessage, getChat, getChatMember, nextMessageId: () => ++lastMessageId };
}

/** The chat as messages and updates carry it. */
export const shortChat = (chat: EmulatedChat): object => ({
  id: chat.id,
  type: chat.type,
  ...(chat.type === 'private' ? { first_name: chat.title } : { title: chat.title }),
  ...(chat.username ? { username: chat.username } : {}),
});

/** The present second, as the Bot API writes instants. */
export const seconds = (): number => Math.floor(Date.now() / 1000);

const ADMINISTRATOR_RIGHTS = [
  ...['can_be_edited', 'is_anonymous', 'can_manage_chat', 'can_delete_messages', 'can_manage_video_chats'],
  ...['can_restrict_members', 'can_promote_members', 'can_change_info', 'can_invite_users', 'can_post_stories'],
  ...['can_edit_stories', 'can_delete_stories'],
];
const RESTRICTED_RIGHTS = [
  ...['can_send_audios', 'can_send_documents', 'can_send_photos', 'can_send_videos', 'can_send_video_notes'],
  ...['can_send_voice_notes', 'can_send_polls', 'can_send_other_messages', 'can_add_web_page_previews'],
  ...['can_react_to_messages', 'can_edit_tag', 'can_change_info', 'can_invite_users', 'can_pin_messages'],
  'can_manage_topics',
];

const API_ENTITIES: Record<string, string> = {
  link: 'text_link',
  'custom-emoji': 'custom_emoji',
  'pre-code': 'pre',
  'expandable-blockquote': 'expandable_blockquote',
  time: 'date_time',
};

function apiEntity({ type, offset, length, argument }: Entity): object {
  const extra =
    argument === undefined
      ? {}
      : type === 'link'
        ? { url: argument }
        : type === 'custom-emoji'
          ? { custom_emoji_id: argument }
          : { language: argument };
  return { type: API_ENTITIES[type] ?? type, offset, length, ...extra };
}
