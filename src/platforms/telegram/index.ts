import { PLAIN_STYLE } from '../../domain/channel.ts';
import { SEND_DEADLINE_MS } from '../../domain/delivery.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Secret } from '../../lib/secret.ts';
import { isLoopback } from '../../lib/url.ts';
import type { Platform } from '../../ports/platform.ts';
import { parseAddress } from './address.ts';
import { createChat } from './chat.ts';
import { createClient, DEFAULT_API_ROOT } from './client.ts';
import { telegramForm } from './compose.ts';
import { inspect } from './inspect.ts';
import { LISTEN_TIMING, type ListenTiming } from './listen.ts';
import { body, publish } from './publish.ts';

export { telegramForm } from './compose.ts';

/** What one bot needs; the deadlines are only for tests. */
export interface TelegramSettings {
  token: Secret;
  /** A Bot API server of one's own; null = Telegram's. */
  apiRoot: string | null;
  sendDeadlineMs?: number;
  listenTiming?: Partial<ListenTiming>;
}

/** Telegram channels and groups, and the bot's private chats. No network before the first call. */
export function createTelegram(settings: TelegramSettings, { log, clock }: { log: Log; clock: Clock }): Platform {
  const client = createClient(settings);
  const deadlineMs = settings.sendDeadlineMs ?? SEND_DEADLINE_MS;
  return {
    name: 'telegram',
    local: isLoopback(settings.apiRoot ?? DEFAULT_API_ROOT),
    rehearsal: false,
    form: (_, style = PLAIN_STYLE) => telegramForm(style),
    parseAddress,
    body,
    priceMicros: () => 0,
    publish: (message, signal) => publish(client, message, { signal, deadlineMs }),
    inspect: (address, signal) => inspect(client, address, { signal, deadlineMs }),
    engagementBatch: 0,
    chat: createChat(client, { ...LISTEN_TIMING, ...settings.listenTiming }, { log, clock }),
  };
}
