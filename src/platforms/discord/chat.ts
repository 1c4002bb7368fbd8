import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayDispatchEvents } from 'discord.js';
import type { Clock } from '../../lib/clock.ts';
import { messageOf, PlatformError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { Secret } from '../../lib/secret.ts';
import type { Chat, IncomingUpdate } from '../../ports/chat.ts';
import { foldChanges, type GatewayData, type Post, reacted, repliedTo } from './changes.ts';
import type { DiscordClient } from './client.ts';
import { hears, mayReadContent } from './hear.ts';
import { linksIn, type MessageData } from './links.ts';
import { UNAUTHORIZED } from './refusal.ts';

export interface ChatSettings {
  token: Secret;
  apiBase: string | null;
  /** Several changes of one post within this time are told as two: the first at once, the rest together. */
  foldMs: number;
}

type Tools = { log: Log; clock: Clock };
type Store = (update: IncomingUpdate) => Promise<void>;
/** Why a connection is over. `fatal`: it would be refused again. */
type End = { kind: 'stopped' } | { kind: 'lost'; reason: string } | { kind: 'fatal'; reason: string; cure: string };

const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** discord.js may wait for a socket that is closing already; the process does not. */
const GOODBYE_MS = 2000;

/** Tells which posts got reactions or replies, and which links people wrote. Conversations are not held on Discord yet. */
export function createChat(rest: DiscordClient, settings: ChatSettings, tools: Tools): Chat {
  return {
    async listen(store, signal) {
      for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
        const end = await connection(rest, settings, tools, store, signal);
        if (end.kind === 'stopped') return;
        if (end.kind === 'fatal') {
          tools.log.error({ reason: end.reason, cure: end.cure }, 'gateway refused, its events will not come');
          if (!signal.aborted) await once(signal, 'abort');
          return;
        }
        tools.log.warn({ reason: end.reason, retryInMs: waitMs }, 'gateway could not be reached, will try again');
        await pause(waitMs, signal);
      }
    },
    async send() {
      throw new PlatformError('rejected', 'Crier holds no conversations on Discord yet.', {
        cure: 'Readers can answer through the form that each post links to.',
      });
    },
    deepLink: async () => null,
    hears: (address, signal) => hears(rest, address, signal),
  };
}

/** One gateway connection, which discord.js resumes by itself, until the signal or an end it can't recover from. */
async function connection(
  rest: DiscordClient,
  settings: ChatSettings,
  tools: Tools,
  store: Store,
  signal: AbortSignal,
): Promise<End> {
  const discord = await import('discord.js');
  // To ask for what the portal does not allow would close the gateway for good. An error here is the login's to tell.
  const content = await mayReadContent(rest, signal).catch(() => false);
  if (signal.aborted) return { kind: 'stopped' };
  let stopped = false;
  const client = new discord.Client({
    intents: ['Guilds', 'GuildMessages', 'GuildMessageReactions', ...(content ? (['MessageContent'] as const) : [])],
    // Nothing is read from the caches: the events carry all that is needed.
    makeCache: discord.Options.cacheWithLimits({
      ...discord.Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      ThreadMemberManager: 0,
      GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 1, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    ...(settings.apiBase === null ? {} : { rest: { api: settings.apiBase.replace(/\/+$/u, ''), version: '10' } }),
    ws: {
      buildStrategy(manager) {
        // A shard that waits to reconnect overhears destroy() and goes on for ever (discord.js 14.28). It asks for its
        // session first: after the end it gets no answer.
        const sessionOf = manager.options.retrieveSessionInfo;
        manager.options.retrieveSessionInfo = (shard) => (stopped ? new Promise(() => {}) : sessionOf(shard));
        return new discord.SimpleShardingStrategy(manager);
      },
    },
  });
  const changes = foldChanges(settings.foldMs, tools, store);
  const tellOf = (event: `${GatewayDispatchEvents}`, subject: (data: GatewayData, me: string) => Post | null): void => {
    client.ws.on(event as GatewayDispatchEvents, (data: GatewayData) => {
      const post = subject(data, client.user?.id ?? '');
      if (post !== null) changes.add(post);
    });
  };
  tellOf('MESSAGE_REACTION_ADD', reacted);
  tellOf('MESSAGE_REACTION_REMOVE', reacted);
  tellOf('MESSAGE_REACTION_REMOVE_ALL', reacted);
  tellOf('MESSAGE_REACTION_REMOVE_EMOJI', reacted);
  tellOf('MESSAGE_CREATE', repliedTo);
  const keeping = new Set<Promise<void>>();
  client.ws.on('MESSAGE_CREATE' as GatewayDispatchEvents, (data: MessageData) => {
    const links = linksIn(data);
    if (links.length === 0 || data.id === undefined) return;
    const event = { kind: 'links' as const, address: data.channel_id, messageId: data.id, links };
    const kept = keep({ key: `message:${data.id}`, at: tools.clock.now(), event }, store, tools.log, signal);
    keeping.add(kept);
    void kept.finally(() => keeping.delete(kept));
  });

  const over = new AbortController();
  const ended = new Promise<End>((resolve) => {
    signal.addEventListener('abort', () => resolve({ kind: 'stopped' }), { once: true, signal: over.signal });
    client.on('clientReady', () => tools.log.info({}, 'gateway connected'));
    client.on('shardReconnecting', () => tools.log.warn({}, 'gateway connection lost, reconnecting'));
    client.on('shardResume', () => tools.log.info({}, 'gateway connection resumed'));
    // Without a listener an error event ends the process.
    client.on('error', (error) => tools.log.warn({ reason: messageOf(error) }, 'gateway error'));
    client.on('shardDisconnect', ({ code }) => resolve(fatalClose(code)));
    client.login(settings.token.reveal()).catch((error: unknown) => {
      const invalid =
        error instanceof discord.DiscordjsError && error.code === discord.DiscordjsErrorCodes.TokenInvalid;
      resolve(invalid ? { kind: 'fatal', ...UNAUTHORIZED } : { kind: 'lost', reason: reasonOf(error, settings.token) });
    });
  });
  const end = await ended;
  stopped = true;
  await Promise.race([client.destroy(), pause(GOODBYE_MS, over.signal)]);
  over.abort();
  await Promise.all([changes.end(), ...keeping]);
  return end;
}

/** Tries to store a message with links: the gateway does not send it again. */
const KEEP_WAITS_MS = [0, 1000, 10_000];

async function keep(update: IncomingUpdate, store: Store, log: Log, signal: AbortSignal): Promise<void> {
  for (const waitMs of KEEP_WAITS_MS) {
    await pause(waitMs, signal);
    try {
      return await store(update);
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'a message with links could not be stored yet');
    }
  }
  log.error({ messageKey: update.key }, 'a message with links is lost: it could not be stored');
}

const CLOSE_CODES: Record<number, { reason: string; cure: string }> = {
  4004: UNAUTHORIZED,
  4014: {
    reason: 'Discord does not allow the bot the events it asks for (4014).',
    cure: 'In the Discord developer portal open Bot → Privileged Gateway Intents and allow them, then start Crier again.',
  },
};

function fatalClose(code: number): End {
  const known = CLOSE_CODES[code] ?? {
    reason: `Discord closed the gateway for good (${code}).`,
    cure: 'Update Crier.',
  };
  return { kind: 'fatal', ...known };
}

function reasonOf(error: unknown, token: Secret): string {
  return messageOf(error).replaceAll(token.reveal(), '[secret]').slice(0, 300);
}

/** Resolves after `ms`, or when the signal aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}
