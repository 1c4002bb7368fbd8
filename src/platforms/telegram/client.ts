import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { PlatformError } from '../../lib/errors.ts';
import type { Secret } from '../../lib/secret.ts';

/** One door to the Bot API. */
export interface Client {
  /** Calls once, without retries, and ends by the deadline. Never throws: the answer says what is proven. */
  call<Result>(
    method: string,
    payload: object,
    options: { signal: AbortSignal; deadlineMs: number },
  ): Promise<Answer<Result>>;
}

/** `result` is what the server sent, unchecked. */
export type Answer<Result> = { ok: true; result: Result } | { ok: false; failure: Failure };

/** Why a call gave no result. */
export type Failure =
  /** The server's own no. `description` is its words, without the token. */
  | { kind: 'answered'; code: number; description: string; retryAfterMs?: number; migratedTo?: string }
  /** No connection came about, so nothing was sent. `code` as Node names it, `TIMEOUT` or `STOPPED`. */
  | { kind: 'unreached'; code: string }
  /** Something was sent and no answer came that can be read. */
  | { kind: 'unanswered'; code: string };

/** Where the Bot API is unless TELEGRAM_API_ROOT says otherwise. */
export const DEFAULT_API_ROOT = 'https://api.telegram.org';

/** A client for one bot; telegraf is loaded at the first call. */
export function createClient(settings: { token: Secret; apiRoot: string | null }): Client {
  const token = settings.token.reveal();
  const apiRoot = settings.apiRoot ?? DEFAULT_API_ROOT;
  const secure = !apiRoot.startsWith('http://');
  return {
    async call<Result>(
      method: string,
      payload: object,
      { signal, deadlineMs }: { signal: AbortSignal; deadlineMs: number },
    ) {
      const { Telegram, TelegramError } = await import('telegraf');
      const deadline = AbortSignal.timeout(deadlineMs);
      const either = AbortSignal.any([signal, deadline]);
      if (either.aborted) return { ok: false, failure: { kind: 'unreached', code: 'STOPPED' } };
      let reached = false;
      const agent = watchedAgent(secure, () => {
        reached = true;
      });
      const telegram = new Telegram(token, { apiRoot, webhookReply: false });
      // Not an option of the constructor: telegraf drops the agent of an http:// root.
      telegram.options.agent = agent;
      try {
        const result = await telegram.callApi(method as never, payload as never, { signal: either as never });
        return { ok: true, result: result as Result };
      } catch (error) {
        if (error instanceof TelegramError && typeof error.code === 'number') {
          const { retry_after: seconds, migrate_to_chat_id: migratedTo } = error.parameters ?? {};
          return {
            ok: false,
            failure: {
              kind: 'answered',
              code: error.code,
              description: String(error.description).replaceAll(token, '[secret]').slice(0, 300),
              ...(seconds !== undefined ? { retryAfterMs: seconds * 1000 } : {}),
              ...(migratedTo !== undefined ? { migratedTo: String(migratedTo) } : {}),
            },
          };
        }
        // The error itself goes no further: its message may hold the address, and the address holds the token.
        const code = deadline.aborted ? 'TIMEOUT' : signal.aborted ? 'STOPPED' : codeOf(error);
        return { ok: false, failure: { kind: reached ? 'unanswered' : 'unreached', code } };
      } finally {
        agent.destroy();
      }
    },
  };
}

/** What a call that is no publish throws for a failure. */
export function platformError(failure: Failure): PlatformError {
  if (failure.kind !== 'answered')
    return new PlatformError(
      failure.kind === 'unreached' ? 'unavailable' : 'outcome-unknown',
      failure.kind === 'unreached'
        ? `Telegram could not be reached (${failure.code}).`
        : `Telegram's answer did not come (${failure.code}).`,
      { cure: 'Check the network, and TELEGRAM_API_ROOT if it is set.' },
    );
  const { code, description, retryAfterMs } = failure;
  if (code === 401 || code === 404)
    return new PlatformError('unauthorized', 'Telegram does not know the bot token.', { cure: TOKEN_CURE });
  if (code === 429)
    return new PlatformError(
      'rate-limited',
      'Telegram asks to wait.',
      retryAfterMs === undefined ? {} : { retryAfterMs },
    );
  if (code >= 500) return new PlatformError('outcome-unknown', `Telegram has trouble of its own (${code}).`);
  return new PlatformError('rejected', `Telegram says: ${description}.`);
}

/** What to do when Telegram does not know the token. */
export const TOKEN_CURE =
  'Ask @BotFather for the token (/token), put it into TELEGRAM_BOT_TOKEN and start Crier again.';

/**
 * An agent for one call, that tells when a connection stands: before that no byte of the request can have left.
 * No keep-alive: a request on a connection that the server is just closing could not be told from one that was taken.
 */
function watchedAgent(secure: boolean, onReached: () => void): HttpAgent {
  const agent = secure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    if (socket) socket.once(secure ? 'secureConnect' : 'connect', onReached);
    else onReached();
    return socket;
  };
  return agent;
}

function codeOf(error: unknown): string {
  const { code, type, name } = error as { code?: unknown; type?: unknown; name?: unknown };
  for (const word of [code, type, name]) if (typeof word === 'string' && /^[\w-]{1,40}$/u.test(word)) return word;
  return 'UNKNOWN';
}
