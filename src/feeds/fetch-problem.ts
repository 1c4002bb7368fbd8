import { FetchError } from '../lib/errors.ts';

/** A server that asks for more than a day is asked again after a day. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** Retry-After (seconds or an HTTP date, RFC 9110 10.2.3) in milliseconds from `now`, at most a day; undefined when unusable. */
export function parseRetryAfter(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  const waitMs = /^\d+$/u.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isFinite(waitMs) ? Math.min(MAX_RETRY_AFTER_MS, Math.max(0, waitMs)) : undefined;
}

/** The error for an HTTP answer that isn't the thing asked for. */
export function statusProblem(url: URL, status: number, retryAfterMs: number | undefined): FetchError {
  const { what, cure } = meaningOf(status);
  return new FetchError('status', `${plain(url)} answered ${status}: ${what}.`, { status, retryAfterMs, cure });
}

function meaningOf(status: number): { what: string; cure: string } {
  if (status === 404) return { what: 'there is nothing at this address', cure: 'Check the address in a browser.' };
  if (status === 410) return { what: 'it is gone for good', cure: 'Remove the source, or give its new address.' };
  if (status === 401 || status === 403 || status === 402 || status === 451)
    return { what: 'the server does not let Crier read it', cure: 'Ask the owner of the site to allow it.' };
  if (status === 429)
    return { what: 'the server was asked too often', cure: 'Nothing to do; Crier waits as long as it was told to.' };
  if (status >= 500)
    return { what: 'the server has a problem of its own', cure: 'Nothing to do yet; Crier tries again later.' };
  return { what: 'the server did not send what was asked for', cure: 'Check the address in a browser.' };
}

/** What a failed request means, as a FetchError; FetchErrors pass as they are. */
export function explainFailure(thrown: unknown, url: URL, deadlineMs: number): FetchError {
  if (thrown instanceof FetchError) return thrown;
  const code = codeOf(thrown);
  const problem = (kind: FetchError['kind'], what: string, cure: string) =>
    new FetchError(kind, `${plain(url)} could not be read: ${what}.`, { cure, cause: thrown });
  if (nameOf(thrown) === 'TimeoutError' || TIMEOUT_CODES.has(code))
    return problem('timeout', `no whole answer within ${deadlineMs / 1000} seconds`, LATER);
  if (code === 'ENOTFOUND' || code === 'EAI_NODATA')
    return problem('unreachable', `there is no server named ${url.hostname}`, 'Check the address for a slip.');
  if (code === 'EAI_AGAIN')
    return problem('unreachable', 'the name server did not answer', 'Check the network of the machine Crier runs on.');
  if (code === 'ECONNREFUSED') return problem('unreachable', 'the server refused the connection', LATER);
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/u.test(code))
    return problem('unreachable', `its certificate or encryption is not in order (${code})`, TELL);
  if (/^(Z_|ERR_BROTLI|ERR__ERROR_FORMAT|HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_)/u.test(code))
    return problem('unreadable', `the answer is damaged (${code})`, TELL);
  return problem('unreachable', `the connection broke${code ? ` (${code})` : ''}`, LATER);
}

const LATER = 'Nothing to do yet; Crier tries again later.';
const TELL = 'Tell the owner of the site.';
const TIMEOUT_CODES = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** An address for a message: without its query, which may hold a token. */
function plain(url: URL): string {
  return `${url.origin}${url.pathname}`.slice(0, 200);
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return '';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'cause' in thrown ? codeOf(thrown.cause) : '';
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : '';
}
