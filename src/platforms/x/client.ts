import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { SECOND } from '../../lib/clock.ts';
import type { XSettings } from './settings.ts';
import { openWire, type Wire } from './wire.ts';

/** What came of one call. A call never throws and is never repeated. */
export type Reply =
  | { kind: 'done'; data: unknown; headers: IncomingHttpHeaders }
  /** X answered with an error status. */
  | { kind: 'refused'; status: number; problem: Problem; headers: IncomingHttpHeaders }
  /** X answered with success, but the answer can't be read. */
  | { kind: 'unreadable' }
  /** No answer. `sent`: whether the request can have reached X. */
  | { kind: 'silence'; sent: boolean; why: string };

/** X's own words about an error (RFC 7807, or the older list of codes); what it didn't say is empty. */
export interface Problem {
  type: string;
  title: string;
  detail: string;
  /** Number of the older API, e.g. 187; 0 = none. */
  code: number;
}

export interface XClient {
  get(path: string, query: Record<string, string>, signal: AbortSignal): Promise<Reply>;
  post(path: string, body: object, signal: AbortSignal): Promise<Reply>;
}

type V2 = InstanceType<typeof import('twitter-api-v2').TwitterApi>['v2'];

/** Calls to /2/… through twitter-api-v2, which is loaded at the first one. Each ends by `deadlineMs`. */
export function createClient(settings: XSettings, deadlineMs: number): XClient {
  async function call(
    send: (v2: V2) => Promise<{ data: unknown; headers: unknown }>,
    signal: AbortSignal,
  ): Promise<Reply> {
    const { TwitterApi } = await import('twitter-api-v2');
    if (signal.aborted) return { kind: 'silence', sent: false, why: 'it was told to stop' };
    const wire = openWire(settings.apiBase);
    const client = new TwitterApi(
      {
        appKey: settings.appKey.reveal(),
        appSecret: settings.appSecret.reveal(),
        accessToken: settings.accessToken.reveal(),
        accessSecret: settings.accessSecret.reveal(),
      },
      // The library doesn't listen for errors of its decompressors: a broken body would end the process.
      { httpAgent: wire.agent, compression: 'identity' },
    );
    // The library has no timeout of its own: race it, then destroy the socket under it.
    const halt = Promise.withResolvers<Reply>();
    const stop = (why: string) => halt.resolve({ kind: 'silence', sent: wire.opened(), why });
    const onAbort = () => stop('it was told to stop');
    const timer = setTimeout(() => stop(`no answer within ${deadlineMs / SECOND} s`), deadlineMs);
    signal.addEventListener('abort', onAbort, { once: true });
    const answer = send(client.v2).then(
      ({ data, headers }): Reply => ({ kind: 'done', data, headers: headers as IncomingHttpHeaders }),
      (thrown: unknown) => translate(thrown, wire),
    );
    try {
      return await Promise.race([answer, halt.promise]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      wire.close();
    }
  }

  return {
    get: (path, query, signal) => call((v2) => v2.get(path, query, { fullResponse: true }), signal),
    post: (path, body, signal) => call((v2) => v2.post(path, { ...body }, { fullResponse: true }), signal),
  };
}

/** What the library throws: `response` (a status), `partial-response` (a broken body) or `request` (no answer). */
interface LibraryError {
  type?: string;
  code?: number;
  data?: unknown;
  headers?: IncomingHttpHeaders;
  response?: IncomingMessage;
}

function translate(thrown: unknown, wire: Wire): Reply {
  const error = (thrown ?? {}) as LibraryError;
  if (error.type === 'response' && error.code !== undefined)
    return { kind: 'refused', status: error.code, problem: problemOf(error.data), headers: error.headers ?? {} };
  if (error.type === 'partial-response') {
    const status = error.response?.statusCode ?? 0;
    if (status < 400) return { kind: 'unreadable' };
    return { kind: 'refused', status, problem: problemOf(null), headers: error.response?.headers ?? {} };
  }
  return { kind: 'silence', sent: wire.opened(), why: wire.fault() ?? 'the connection was closed' };
}

function problemOf(data: unknown): Problem {
  const body = isRecord(data) ? data : {};
  const first = Array.isArray(body.errors) && isRecord(body.errors[0]) ? body.errors[0] : {};
  const words = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    type: words(body.type) || words(first.type),
    title: words(body.title) || words(first.title),
    detail: words(body.detail) || words(first.detail) || words(first.message),
    code: typeof first.code === 'number' ? first.code : 0,
  };
}

/** Whether a parsed answer is an object with fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
