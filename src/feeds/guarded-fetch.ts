import { FetchError } from '../lib/errors.ts';
import { type AddressRules, createAccessRule, parseAddress } from './address.ts';
import { ACCEPT_ENCODING, readBody, tooLarge } from './body.ts';
import { type Agents, createAgents, type Resolve } from './connect.ts';
import { explainFailure, parseRetryAfter, statusProblem } from './fetch-problem.ts';
import { createHostGate } from './host-gate.ts';
import { orAbort } from './or-abort.ts';
import { within } from './within.ts';

/** How the guarded fetch behaves; the limits are for tests. */
export interface GuardedFetchSettings extends AddressRules {
  /** `Crier/<version> (+https://…)`. */
  userAgent: string;
  /** From the first byte asked to the last byte read, redirects included; waiting for the host's turn is not counted. */
  deadlineMs?: number;
  /** After decompression. */
  maxBytes?: number;
  resolve?: Resolve;
}

/** A good answer: 2xx, or 304 to a conditional request. */
export interface Fetched {
  status: number;
  /** Where the body came from, after redirects. */
  url: string;
  /** Where it has moved for good: the end of the permanent redirects that the chain begins with. Null = not moved. */
  movedTo: string | null;
  /** One header's value, by its lower-case name. */
  header(name: string): string | null;
  body: Uint8Array;
}

/** The only way to open an address that a person or a feed gave. */
export interface GuardedFetch {
  /** GET. Throws FetchError for everything but a good answer, and the signal's reason when it is aborted. */
  get(address: string, options: { headers?: Record<string, string>; signal: AbortSignal }): Promise<Fetched>;
  /**
   * POST of a form to exactly this address: a redirect is an answer like any other, so that nothing is ever sent twice.
   * The body of the answer is not read. Throws like `get`, but any status is an answer.
   */
  post(
    address: string,
    options: { form: Record<string, string>; signal: AbortSignal },
  ): Promise<{ status: number; location: string | null }>;
  close(): Promise<void>;
}

const DEADLINE_MS = 20_000;
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_REDIRECTS = 5;

/** A fetch that reaches public http(s) addresses only, and those that the rules allow besides. */
export function createGuardedFetch(settings: GuardedFetchSettings): GuardedFetch {
  const { deadlineMs = DEADLINE_MS, maxBytes = MAX_BYTES, userAgent } = settings;
  const accessTo = createAccessRule(settings);
  const gate = createHostGate();
  let agents: Promise<Agents> | undefined;

  const get: GuardedFetch['get'] = async (address, { headers = {}, signal }) => {
    signal.throwIfAborted();
    let leftMs = deadlineMs;
    const conditional = 'if-none-match' in headers || 'if-modified-since' in headers;
    const seen = new Set<string>();
    let url = parseAddress(address);
    let movedTo: string | null = null;
    let permanentSoFar = true;
    let leave = () => {};
    let end = () => {};
    try {
      for (;;) {
        if (seen.size > MAX_REDIRECTS || seen.has(url.href)) throw redirectsProblem(address);
        seen.add(url.href);
        const access = accessTo(url);
        leave = once(await gate.enter(url.host, signal));
        const began = performance.now();
        const limit = within(leftMs, signal);
        const bounded = limit.signal;
        end = limit.end;
        // Loaded at first use: it is heavy, and an installation that only waits needn't carry it.
        agents ??= createAgents(settings.resolve);
        const asked = (await agents).for(access).request({
          method: 'GET',
          origin: url.origin,
          path: url.pathname + url.search,
          headers: { 'user-agent': userAgent, 'accept-encoding': ACCEPT_ENCODING, ...headers },
          signal: bounded,
          headersTimeout: deadlineMs,
          bodyTimeout: deadlineMs,
        });
        // undici looks at the signal only once it is connected; a name server or a handshake may hang before that.
        const answer = await orAbort(asked, bounded);
        // A body that is given up fails, and nobody else may be listening then.
        answer.body.on('error', () => {});
        const header = (name: string): string | null => {
          const value = answer.headers[name];
          return (Array.isArray(value) ? value.join(', ') : value) ?? null;
        };
        const status = answer.statusCode;
        const location = header('location');
        if (REDIRECTS.has(status) && location !== null) {
          answer.body.destroy();
          end();
          leave();
          leftMs = Math.max(1, Math.ceil(leftMs - (performance.now() - began)));
          url = parseAddress(location, url.href);
          url.hash = '';
          permanentSoFar &&= status === 301 || status === 308;
          if (permanentSoFar) movedTo = url.href;
          continue;
        }
        const good = (status >= 200 && status < 300) || (status === 304 && conditional);
        if (!good) {
          answer.body.destroy();
          throw statusProblem(url, status, parseRetryAfter(header('retry-after'), new Date()));
        }
        const encoding = header('content-encoding') ?? '';
        if (!encoding && Number(header('content-length')) > maxBytes) {
          answer.body.destroy();
          throw tooLarge(maxBytes);
        }
        const body = await readBody(answer.body, encoding, maxBytes);
        return { status, url: url.href, movedTo, header, body };
      }
    } catch (thrown) {
      if (signal.aborted) throw signal.reason;
      throw explainFailure(thrown, url, deadlineMs);
    } finally {
      end();
      leave();
    }
  };

  const post: GuardedFetch['post'] = async (address, { form, signal }) => {
    signal.throwIfAborted();
    const url = parseAddress(address);
    let leave = () => {};
    const limit = within(deadlineMs, signal);
    try {
      const access = accessTo(url);
      leave = once(await gate.enter(url.host, signal));
      const bounded = limit.signal;
      agents ??= createAgents(settings.resolve);
      const asked = (await agents).for(access).request({
        method: 'POST',
        origin: url.origin,
        path: url.pathname + url.search,
        headers: { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
        signal: bounded,
        headersTimeout: deadlineMs,
        bodyTimeout: deadlineMs,
      });
      const answer = await orAbort(asked, bounded);
      answer.body.on('error', () => {});
      answer.body.destroy();
      const { location } = answer.headers;
      return { status: answer.statusCode, location: typeof location === 'string' ? location : null };
    } catch (thrown) {
      if (signal.aborted) throw signal.reason;
      throw explainFailure(thrown, url, deadlineMs);
    } finally {
      limit.end();
      leave();
    }
  };

  return {
    get,
    post,
    close: async () => {
      const used = await agents;
      await used?.close();
    },
  };
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function redirectsProblem(address: string): FetchError {
  return new FetchError('redirects', `${address.slice(0, 200)} leads in a circle or through too many redirects.`, {
    cure: 'Open it in a browser and give the address where it ends.',
  });
}
