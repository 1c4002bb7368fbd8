import type { REST } from 'discord.js';
import type { Log } from '../../lib/log.ts';
import type { Secret } from '../../lib/secret.ts';
import { isLoopback } from '../../lib/url.ts';

/** What one request to Discord's REST interface proves. */
export type Answer =
  | { kind: 'answered'; data: unknown }
  /** 4xx but 408 and 429. `code` is Discord's own error code, null where it gave none. */
  | { kind: 'refused'; status: number; code: number | null; message: string }
  | { kind: 'rate-limited'; retryAfterMs: number | undefined }
  /** Proven that nothing reached Discord. */
  | { kind: 'not-sent'; reason: string; down?: boolean }
  | { kind: 'unclear'; reason: string; down?: boolean };

export interface DiscordClient {
  get(path: string, query: Record<string, string>, signal: AbortSignal): Promise<Answer>;
  /** `body` goes out byte for byte. */
  /** `beginWithinMs`: after that it doesn't begin any more, and is not-sent. */
  post(path: string, body: string, signal: AbortSignal, beginWithinMs?: number): Promise<Answer>;
}

export interface ClientSettings {
  token: Secret;
  /** Without version: `https://discord.com/api`. Null = Discord's own. */
  apiBase: string | null;
  /** Every request ends by then. */
  deadlineMs: number;
}

type Discord = typeof import('discord.js');

/** Discord over discord.js's REST: one request a call, no retries, no waiting for limits, a hard deadline. Never throws. */
export function createClient(settings: ClientSettings, log: Log): DiscordClient {
  /** The posts that wait in discord.js's queue of their channel or are on their way, by body. */
  const turns = new Map<string, { lastStart: number; begun: boolean }>();
  let loading: Promise<{ discord: Discord; rest: REST }> | undefined;

  async function load(): Promise<{ discord: Discord; rest: REST }> {
    const discord = await import('discord.js');
    const rest = new discord.REST({
      ...(settings.apiBase === null ? {} : { api: settings.apiBase.replace(/\/+$/u, '') }),
      version: '10',
      retries: 0,
      invalidRequestWarningInterval: 1000,
      timeout: settings.deadlineMs,
      rejectOnRateLimit: () => true,
      // Discord takes 50 requests a second from a bot; an API on this machine says its limits itself.
      ...(isLoopback(settings.apiBase ?? '') ? { globalRequestsPerSecond: Number.POSITIVE_INFINITY } : {}),
      makeRequest(url, init) {
        const turn = typeof init.body === 'string' ? turns.get(init.body) : undefined;
        if (turn !== undefined) {
          if (performance.now() > turn.lastStart) throw new Error('the turn came too late');
          turn.begun = true;
        }
        return discord.DefaultRestOptions.makeRequest(url, init);
      },
    });
    rest.on('invalidRequestWarning', ({ count }) =>
      log.warn({ count }, 'many requests were refused; at 10000 in 10 minutes the platform blocks this address'),
    );
    return { discord, rest };
  }

  async function request(
    path: string,
    options: { query: Record<string, string> } | { body: string; beginWithinMs?: number },
    signal: AbortSignal,
  ): Promise<Answer> {
    loading ??= load();
    const { discord, rest } = await loading;
    const deadline = AbortSignal.timeout(settings.deadlineMs);
    const until = AbortSignal.any([signal, deadline]);
    const withinMs = ('body' in options ? options.beginWithinMs : undefined) ?? Number.POSITIVE_INFINITY;
    // What begins in the last moment can only end unclear.
    const turn = { lastStart: performance.now() + Math.min(settings.deadlineMs / 2, withinMs), begun: false };
    if ('body' in options) turns.set(options.body, turn);
    // discord.js forgets the token after a 401.
    rest.setToken(settings.token.reveal());
    const route = path as `/${string}`;
    try {
      const call =
        'body' in options
          ? rest.post(route, {
              body: options.body,
              passThroughBody: true,
              headers: { 'content-type': 'application/json' },
              signal: until,
            })
          : rest.get(route, { query: new URLSearchParams(options.query), signal: until });
      return { kind: 'answered', data: await orAborted(call, until) };
    } catch (error) {
      if ('body' in options && !turn.begun && !(error instanceof discord.RateLimitError)) {
        const late = 'earlier posts to the channel took all the time that it had';
        return { kind: 'not-sent', reason: signal.aborted ? 'Crier was told to stop before its turn' : late };
      }
      if (signal.aborted) return { kind: 'unclear', reason: 'Crier was told to stop before Discord answered' };
      if (deadline.aborted)
        return { kind: 'unclear', down: true, reason: `Discord did not answer within ${settings.deadlineMs / 1000} s` };
      return failureOf(discord, error, settings.token);
    } finally {
      if ('body' in options) turns.delete(options.body);
    }
  }

  return {
    get: (path, query, signal) => request(path, { query }, signal),
    post: (path, body, signal, beginWithinMs) =>
      request(path, beginWithinMs === undefined ? { body } : { body, beginWithinMs }, signal),
  };
}

/** Errors that come before the first byte of a request. */
const NOT_SENT_CODES = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]);
const NOT_SENT_CALLS = new Set(['connect', 'getaddrinfo']);

function failureOf(discord: Discord, error: unknown, token: Secret): Answer {
  if (error instanceof discord.RateLimitError) {
    const waitsMs = [error.retryAfter, error.timeToReset, error.sublimitTimeout].filter(
      (ms) => ms > 0 && ms < Infinity,
    );
    return { kind: 'rate-limited', retryAfterMs: waitsMs.length > 0 ? Math.ceil(Math.max(...waitsMs)) : undefined };
  }
  if (error instanceof discord.DiscordAPIError) {
    if (error.status === 408) return { kind: 'unclear', reason: 'Discord answered 408 (request timeout)' };
    const code = typeof error.code === 'number' ? error.code : null;
    return { kind: 'refused', status: error.status, code, message: scrub(error.message, token) };
  }
  if (error instanceof discord.HTTPError)
    return { kind: 'unclear', down: true, reason: `Discord answered ${error.status}` };
  const { code, syscall } = networkFault(error);
  if (NOT_SENT_CODES.has(code) || NOT_SENT_CALLS.has(syscall))
    return { kind: 'not-sent', down: true, reason: `Discord could not be reached (${code})` };
  // Not the message: a parser's quotes what it could not read.
  const name = error instanceof Error ? error.name : 'unknown';
  return { kind: 'unclear', down: true, reason: `Discord's answer could not be read (${code === '' ? name : code})` };
}

/** The code and system call of a network error, also where it is wrapped; empty where it has none. */
function networkFault(error: unknown): { code: string; syscall: string } {
  for (let link: unknown = error; link instanceof Error; link = link.cause) {
    const { code, syscall } = (
      link instanceof AggregateError ? (link.errors[0] ?? link) : link
    ) as NodeJS.ErrnoException;
    if (typeof code === 'string') return { code, syscall: syscall ?? '' };
  }
  return { code: '', syscall: '' };
}

function scrub(text: string, token: Secret): string {
  return text.replaceAll(token.reveal(), '[secret]').slice(0, 300);
}

/** discord.js lets a request's body come in after its signal; a deadline must not wait for it. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
