import {
  applicationData,
  BOT_ID,
  botUserData,
  CHANNEL_ID,
  channelData,
  GUILD_ID,
  guildData,
  memberData,
  messageData,
  PARENT_ID,
  reactionData,
  type SentEmbed,
  type StoredMessage,
} from './discord-shapes.ts';

/** What the emulated Discord refuses with. */
export interface Refusal {
  status: number;
  code: number;
  message: string;
}

export type Right = 'View Channel' | 'Send Messages' | 'Read Message History' | 'Send Messages in Threads';

export interface DiscordWorld {
  bot: { id: string };
  guildId: string;
  channelId: string;
  messages: StoredMessage[];
  /** Takes a right from the bot: from its role, or by an overwrite of the channel. */
  deny(right: Right, by: 'role' | 'channel'): void;
  /** A reader reacts; each reader is another one unless named. */
  react(messageId: string, emoji?: string, reader?: string): void;
  unreact(messageId: string, emoji: string, reader: string): void;
  /** A reader answers a message, or says something else (`to` null). Returns the id of the new message. */
  reply(to: string | null, text: string): string;
  /** Readers start a thread below a message and write there. */
  openThread(messageId: string, messageCount: number): void;
  /** The channel is a thread, a forum, …: Discord's channel type. */
  setChannelType(type: number): void;
  timeOutBot(until: Date | null): void;
  /** A reader forwards a message with this text from elsewhere. Returns the id of the new message. */
  forward(text: string): string;
  /** Turns the Message Content Intent of the developer portal on. */
  allowContent(): void;
  deleteMessage(messageId: string): void;
  answer(method: string, path: string, body: string): { data: unknown } | { refusal: Refusal };
  /** For READY and GUILD_CREATE. */
  botUser(): object;
  guildForGateway(): object;
}

type Dispatch = (event: string, intent: number, data: object) => void;

const BITS: Record<Right, bigint> = {
  'View Channel': 1n << 10n,
  'Send Messages': 1n << 11n,
  'Read Message History': 1n << 16n,
  'Send Messages in Threads': 1n << 38n,
};
const ALL_BITS = Object.values(BITS).reduce((sum, bit) => sum | bit, 0n);
const GATEWAY_MESSAGE_CONTENT_LIMITED = 1 << 19;
const GUILD_MESSAGES = 1 << 9;
const GUILD_MESSAGE_REACTIONS = 1 << 10;
/** What snowflakes count from. */
const DISCORD_EPOCH_MS = 1_420_070_400_000;
/** Discord remembers a nonce for a few minutes. */
const NONCE_MS = 5 * 60_000;

/** One server with one channel, a bot and its readers. Ids grow, as snowflakes do. */
export function createDiscordWorld(dispatch: Dispatch): DiscordWorld {
  const messages: StoredMessage[] = [];
  const denied = { role: 0n, channel: 0n };
  let channelType = 0;
  let applicationFlags = 0;
  let timedOutUntil: string | null = null;
  let lastId = 800_000_000_000_000_000n;
  let readers = 0;
  const newId = (): string => {
    const born = BigInt(Date.now() - DISCORD_EPOCH_MS) << 22n;
    lastId = born > lastId ? born : lastId + 1n;
    return String(lastId);
  };
  const newReader = (): string => `9${String(++readers).padStart(17, '0')}`;

  const may = (right: Right): boolean => ((denied.role | denied.channel) & BITS[right]) === 0n;
  const isThread = (): boolean => channelType >= 10 && channelType <= 12;
  const find = (id: string): StoredMessage | undefined => messages.find((one) => one.id === id);

  function add(message: Partial<StoredMessage> & { authorId: string; content: string }): StoredMessage {
    const stored: StoredMessage = {
      id: newId(),
      channelId: CHANNEL_ID,
      nonce: null,
      flags: 0,
      embeds: [],
      at: new Date(),
      replyTo: null,
      reactions: new Map(),
      threadMessages: null,
      ...message,
    };
    messages.push(stored);
    const { reactions: _, ...created } = messageData(stored, find) as Record<string, unknown>;
    dispatch('MESSAGE_CREATE', GUILD_MESSAGES, { ...created, guild_id: GUILD_ID });
    return stored;
  }

  function createMessage(channelId: string, body: string): { data: unknown } | { refusal: Refusal } {
    if (channelId !== CHANNEL_ID) return refused(404, 10003, 'Unknown Channel');
    if (!may('View Channel')) return refused(403, 50001, 'Missing Access');
    if (!may(isThread() ? 'Send Messages in Threads' : 'Send Messages'))
      return refused(403, 50013, 'Missing Permissions');
    const {
      content = '',
      embeds = [],
      nonce,
      enforce_nonce,
      flags,
    } = JSON.parse(body) as {
      content?: string;
      embeds?: SentEmbed[];
      nonce?: string;
      enforce_nonce?: boolean;
      flags?: number;
    };
    if (content.trim() === '' && embeds.length === 0) return refused(400, 50006, 'Cannot send an empty message');
    if (content.length > 2000 || embeds.some(isEmpty) || embedLetters(embeds) > 6000)
      return refused(400, 50035, 'Invalid Form Body');
    const known = messages.find(
      (one) =>
        enforce_nonce === true &&
        nonce !== undefined &&
        one.nonce === nonce &&
        Date.now() - one.at.getTime() < NONCE_MS,
    );
    const message =
      known ?? add({ authorId: BOT_ID, content: content.trim(), embeds, nonce: nonce ?? null, flags: flags ?? 0 });
    return { data: messageData(message, find) };
  }

  function listMessages(query: URLSearchParams): { data: unknown } | { refusal: Refusal } {
    if (!may('View Channel')) return refused(403, 50001, 'Missing Access');
    if (!may('Read Message History')) return { data: [] };
    const after = BigInt(query.get('after') ?? 0);
    const some = messages.filter((one) => BigInt(one.id) > after).slice(0, Number(query.get('limit') ?? 50));
    return { data: some.reverse().map((one) => messageData(one, find)) };
  }

  return {
    bot: { id: BOT_ID },
    guildId: GUILD_ID,
    channelId: CHANNEL_ID,
    messages,
    deny(right, by) {
      denied[by] |= BITS[right];
    },
    react(messageId, emoji = '👍', reader = newReader()) {
      const message = find(messageId);
      if (message === undefined) throw new Error(`no message ${messageId}`);
      message.reactions.set(emoji, new Set(message.reactions.get(emoji)).add(reader));
      dispatch('MESSAGE_REACTION_ADD', GUILD_MESSAGE_REACTIONS, {
        ...reactionData(messageId, emoji, reader),
        message_author_id: message.authorId,
        burst: false,
        type: 0,
      });
    },
    unreact(messageId, emoji, reader) {
      find(messageId)?.reactions.get(emoji)?.delete(reader);
      const data = { ...reactionData(messageId, emoji, reader), burst: false, type: 0 };
      dispatch('MESSAGE_REACTION_REMOVE', GUILD_MESSAGE_REACTIONS, data);
    },
    forward: (text) => add({ authorId: newReader(), content: '', forwarded: text }).id,
    allowContent() {
      applicationFlags = GATEWAY_MESSAGE_CONTENT_LIMITED;
    },
    reply: (to, text) => add({ authorId: newReader(), content: text, replyTo: to }).id,
    openThread(messageId, messageCount) {
      const message = find(messageId);
      if (message) message.threadMessages = messageCount;
    },
    setChannelType(type) {
      channelType = type;
    },
    timeOutBot(until) {
      timedOutUntil = until?.toISOString() ?? null;
    },
    deleteMessage(messageId) {
      messages.splice(
        messages.findIndex((one) => one.id === messageId),
        1,
      );
    },
    answer(method, path, body) {
      const { pathname, searchParams } = new URL(path, 'http://discord');
      const [, room, id, what, subId] = pathname.split('/');
      const route = `${method} /${room}/${id === '@me' ? '@me' : '*'}${what === undefined ? '' : `/${what}`}${subId === undefined ? '' : '/*'}`;
      switch (route) {
        case 'GET /users/@me':
          return { data: { ...botUserData(), flags: 0, mfa_enabled: false, locale: 'en-US' } };
        case 'GET /applications/@me':
          return { data: applicationData(applicationFlags) };
        case 'GET /channels/*':
          if (id === PARENT_ID) return { data: channelData(PARENT_ID, 0, denied.channel, null) };
          if (id !== CHANNEL_ID) return refused(404, 10003, 'Unknown Channel');
          return may('View Channel')
            ? { data: channelData(CHANNEL_ID, channelType, denied.channel, messages.at(-1)?.id ?? null) }
            : refused(403, 50001, 'Missing Access');
        case 'GET /guilds/*':
          return id === GUILD_ID ? { data: guildData(ALL_BITS & ~denied.role) } : refused(404, 10004, 'Unknown Guild');
        case 'GET /guilds/*/members/*':
          return { data: memberData(timedOutUntil) };
        case 'POST /channels/*/messages':
          return createMessage(id ?? '', body);
        case 'GET /channels/*/messages':
          return listMessages(searchParams);
        case 'GET /channels/*/messages/*': {
          const message = find(subId ?? '');
          return message ? { data: messageData(message, find) } : refused(404, 10008, 'Unknown Message');
        }
        default:
          return refused(404, 0, '404: Not Found');
      }
    },
    botUser: () => ({ ...botUserData(), verified: true, email: null, mfa_enabled: false, flags: 0 }),
    guildForGateway: () => ({
      ...guildData(ALL_BITS & ~denied.role),
      joined_at: '2026-01-01T00:00:00.000Z',
      large: false,
      unavailable: false,
      member_count: 2,
      voice_states: [],
      members: [memberData(timedOutUntil)],
      channels: [channelData(CHANNEL_ID, channelType, denied.channel, messages.at(-1)?.id ?? null)],
      threads: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
    }),
  };
}

/** Discord refuses a card that shows nothing. */
function isEmpty({ title, description, footer, image, thumbnail }: SentEmbed): boolean {
  return !title && !description && !footer && !image && !thumbnail;
}

/** What counts towards the 6000 letters of all cards of a message. */
function embedLetters(embeds: readonly SentEmbed[]): number {
  return embeds.reduce(
    (sum, { title = '', description = '', footer }) =>
      sum + title.trim().length + description.trim().length + (footer?.text.trim().length ?? 0),
    0,
  );
}

function refused(status: number, code: number, message: string): { refusal: Refusal } {
  return { refusal: { status, code, message } };
}
