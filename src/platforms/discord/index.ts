import { PLAIN_STYLE } from '../../domain/channel.ts';
import { SEND_DEADLINE_MS } from '../../domain/delivery.ts';
import type { Clock } from '../../lib/clock.ts';
import { SECOND } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Secret } from '../../lib/secret.ts';
import { isLoopback } from '../../lib/url.ts';
import type { Platform } from '../../ports/platform.ts';
import { createChat } from './chat.ts';
import { createClient } from './client.ts';
import { discordForm } from './compose.ts';
import { readEngagement } from './engagement.ts';
import { inspect } from './inspect.ts';
import { body, publish } from './publish.ts';
import { lookFor, REPEAT_WITHIN_MS, repeat } from './read-back.ts';

export { discordForm } from './compose.ts';

export interface DiscordSettings {
  token: Secret;
  /** Where the API is, without version, e.g. `http://127.0.0.1:4010/api`; null = Discord's own. */
  apiBase: string | null;
  sendDeadlineMs?: number;
  /** Changes of one post within this time are told together. */
  foldMs?: number;
}

/** Discord as a platform. discord.js is loaded at the first request. */
export function createDiscord(settings: DiscordSettings, tools: { log: Log; clock: Clock }): Platform {
  const { token, apiBase, sendDeadlineMs: deadlineMs = SEND_DEADLINE_MS, foldMs = 10 * SECOND } = settings;
  const client = createClient({ token, apiBase, deadlineMs }, tools.log);
  /** The server of each channel, as the address of a message needs it; it never changes. Asked for once. */
  const guilds = new Map<string, Promise<string | null>>();

  function guildOf(channelId: string, signal: AbortSignal): Promise<string | null> {
    const known = guilds.get(channelId);
    if (known !== undefined) return known;
    const asked = client.get(`/channels/${channelId}`, {}, signal).then((answer) => {
      const guild = answer.kind === 'answered' ? (answer.data as { guild_id?: string } | null)?.guild_id : undefined;
      if (guild === undefined) guilds.delete(channelId);
      return guild ?? null;
    });
    guilds.set(channelId, asked);
    return asked;
  }

  return {
    name: 'discord',
    local: apiBase !== null && isLoopback(apiBase),
    rehearsal: false,
    form: (_, style = PLAIN_STYLE) => discordForm(style),
    parseAddress,
    body,
    priceMicros: () => 0,
    publish: (message, signal) => publish(client, guildOf, message, signal),
    lookFor: (trace, signal) => lookFor(client, guildOf, trace, signal),
    repeat: {
      withinMs: REPEAT_WITHIN_MS,
      send: (trace, signal) => repeat(client, guildOf, trace, tools.clock, signal),
    },
    inspect: (address, signal) => inspect(client, address, tools.clock.now(), signal),
    engagement: (posts, signal) => readEngagement(client, posts, signal),
    engagementBatch: 5,
    chat: createChat(client, { token, apiBase, foldMs }, tools),
  };
}

/** A channel's id, alone or in the address that Discord's "Copy Link" gives. */
function parseAddress(input: string): { address: string } | { error: string } {
  const text = input.trim();
  const link = /^https:\/\/(?:(?:ptb|canary)\.)?discord(?:app)?\.com\/channels\/\d{17,20}\/(\d{17,20})(?:[/?#].*)?$/u;
  const id = /^\d{17,20}$/u.exec(text)?.[0] ?? link.exec(text)?.[1];
  if (id !== undefined) return { address: id };
  return {
    error: `"${text}" is not a Discord channel. Give its id (Settings → Advanced → Developer Mode, then right-click the channel → Copy Channel ID) or its link, https://discord.com/channels/SERVER/CHANNEL.`,
  };
}
