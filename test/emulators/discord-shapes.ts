export const BOT_ID = '700000000000000001';
export const GUILD_ID = '700000000000000002';
export const BOT_ROLE_ID = '700000000000000003';
export const CHANNEL_ID = '700000000000000004';
export const OWNER_ID = '700000000000000005';
export const PARENT_ID = '700000000000000006';

/** A card as Create Message takes it. */
export interface SentEmbed {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  footer?: { text: string };
  image?: { url: string };
  thumbnail?: { url: string };
}

export interface StoredMessage {
  id: string;
  channelId: string;
  authorId: string;
  content: string;
  nonce: string | null;
  flags: number;
  embeds: SentEmbed[];
  at: Date;
  replyTo: string | null;
  /** The text of the message that this one forwards. */
  forwarded?: string;
  reactions: Map<string, Set<string>>;
  threadMessages: number | null;
}

/** A channel or thread, as GET /channels/ID answers. `denied` is what its overwrite takes from the bot's role. */
export function channelData(id: string, type: number, denied: bigint, lastMessageId: string | null): object {
  const common = { id, type, flags: 0, guild_id: GUILD_ID, name: id === PARENT_ID ? 'parent' : 'news' };
  if (type >= 10 && type <= 12)
    return {
      ...common,
      parent_id: PARENT_ID,
      owner_id: OWNER_ID,
      thread_metadata: { archived: false, archive_timestamp: null, auto_archive_duration: 1440, locked: false },
      message_count: 0,
      member_count: 1,
      total_message_sent: 0,
    };
  return {
    ...common,
    position: 0,
    parent_id: null,
    last_message_id: lastMessageId,
    permission_overwrites: [{ id: BOT_ROLE_ID, type: 0, allow: '0', deny: String(denied) }],
  };
}

/** The bot as a member of the server. */
export function memberData(timedOutUntil: string | null): object {
  return {
    user: botUserData(),
    nick: null,
    avatar: null,
    banner: null,
    roles: [BOT_ROLE_ID],
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    premium_since: null,
    communication_disabled_until: timedOutUntil,
    flags: 0,
    pending: false,
    mute: false,
    deaf: false,
  };
}

/** The server with its two roles; `rights` are the bot's. */
export function guildData(rights: bigint): object {
  return {
    ...GUILD,
    roles: [
      { ...ROLE, id: GUILD_ID, name: '@everyone', permissions: '0', position: 0 },
      { ...ROLE, id: BOT_ROLE_ID, name: 'Crier', permissions: String(rights), position: 1 },
    ],
  };
}

/** A reaction as the gateway tells it. */
export function reactionData(messageId: string, emoji: string, reader: string): object {
  return {
    user_id: reader,
    channel_id: CHANNEL_ID,
    guild_id: GUILD_ID,
    message_id: messageId,
    emoji: { id: null, name: emoji },
  };
}

function userData(id: string, username: string, bot: boolean): object {
  return {
    id,
    username,
    discriminator: '0000',
    avatar: null,
    global_name: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(bot ? { bot: true } : {}),
  };
}

/** The bot as a user. */
export function botUserData(): object {
  return userData(BOT_ID, 'crier', true);
}

/** The bot's application, as its owner set it up in the developer portal. */
export function applicationData(flags: number): object {
  return {
    id: BOT_ID,
    name: 'Crier',
    icon: null,
    description: '',
    type: null,
    verify_key: '0'.repeat(64),
    flags,
    flags_new: String(flags),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userData(OWNER_ID, 'owner', false),
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}

/** A message as REST answers. */
export function messageData(message: StoredMessage, find: (id: string) => StoredMessage | undefined): object {
  const original = message.replyTo === null ? undefined : find(message.replyTo);
  const counted = [...message.reactions].filter(([, readers]) => readers.size > 0);
  return {
    id: message.id,
    type: message.replyTo === null ? 0 : 19,
    channel_id: message.channelId,
    author: userData(message.authorId, message.authorId === BOT_ID ? 'crier' : 'reader', message.authorId === BOT_ID),
    content: message.content,
    timestamp: message.at.toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    components: [],
    pinned: false,
    flags: message.flags,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(counted.length === 0
      ? {}
      : {
          reactions: counted.map(([emoji, readers]) => ({
            emoji: { id: null, name: emoji },
            count: readers.size,
            count_details: { burst: 0, normal: readers.size },
            burst_colors: [],
            me_burst: false,
            me: readers.has(BOT_ID),
          })),
        }),
    ...(message.replyTo === null
      ? {}
      : {
          message_reference: {
            type: 0,
            channel_id: message.channelId,
            message_id: message.replyTo,
            guild_id: GUILD_ID,
          },
          referenced_message: original === undefined ? null : messageData({ ...original, replyTo: null }, find),
        }),
    ...(message.forwarded === undefined
      ? {}
      : {
          message_reference: { type: 1, channel_id: PARENT_ID, message_id: '700000000000000099', guild_id: GUILD_ID },
          message_snapshots: [
            {
              message: {
                type: 0,
                content: message.forwarded,
                mentions: [],
                mention_roles: [],
                attachments: [],
                embeds: [],
                timestamp: message.at.toISOString(),
                edited_timestamp: null,
                flags: 0,
                components: [],
              },
            },
          ],
        }),
    ...(message.threadMessages === null
      ? {}
      : {
          thread: {
            id: message.id,
            type: 11,
            flags: 32,
            guild_id: GUILD_ID,
            name: 'thread',
            parent_id: message.channelId,
            owner_id: OWNER_ID,
            thread_metadata: { archived: false, archive_timestamp: null, auto_archive_duration: 1440, locked: false },
            message_count: message.threadMessages,
            member_count: 2,
            total_message_sent: message.threadMessages,
          },
        }),
  };
}

const ROLE = {
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: false,
  mentionable: false,
  icon: null,
  unicode_emoji: null,
  flags: 0,
};

/** What the specification asks of every server. */
const GUILD = {
  id: GUILD_ID,
  name: 'Harbour',
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  features: [],
  banner: null,
  owner_id: OWNER_ID,
  application_id: null,
  region: 'deprecated',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 1,
  default_message_notifications: 0,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: 'en-US',
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  premium_progress_bar_enabled_user_updated_at: null,
  nsfw: false,
  nsfw_level: 0,
  emojis: [],
  stickers: [],
  incidents_data: null,
};
