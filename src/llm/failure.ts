import { SECOND } from '../lib/clock.ts';
import { WriterError } from '../lib/errors.ts';
import { AnswerTooLong } from './bounded-fetch.ts';

/** The parts of the SDK's errors that say what happened. */
interface ApiFailure {
  status?: number;
  code?: string | null;
  headers?: Headers;
}

/** What the SDK threw, as a WriterError that says what to do. By status and code, never by the words. */
export function translate(thrown: unknown, model: string): WriterError {
  if (thrown instanceof WriterError) return thrown;
  const { status, code, headers } = asFailure(thrown);
  const options = { cause: thrown };
  if (causes(thrown).some((cause) => cause instanceof AnswerTooLong))
    return new WriterError('bad-answer', 'The model’s answer did not end.', options);
  if (thrown instanceof SyntaxError)
    return new WriterError('bad-answer', 'The model’s endpoint answered with broken JSON.', options);
  if (code === 'insufficient_quota' || status === 402)
    return new WriterError('over-budget', 'The account with the model’s provider has no credit left.', {
      ...options,
      cure: 'Add credit with the provider, or raise its limit.',
    });
  if (code === 'content_filter')
    return new WriterError('refused', 'The provider’s content filter stopped the request.', options);
  switch (status) {
    case undefined:
      return new WriterError('unavailable', 'The model’s endpoint could not be reached.', {
        ...options,
        cure: 'Check OPENAI_BASE_URL and the network.',
      });
    case 401:
      return new WriterError('unauthorized', 'The model’s endpoint does not accept the key.', {
        ...options,
        cure: 'Check OPENAI_API_KEY: it may be mistyped, revoked, or for another endpoint than OPENAI_BASE_URL.',
      });
    case 403:
      return new WriterError('unauthorized', `The key may not use the model ${model}.`, {
        ...options,
        cure: 'Give the key’s project access to OPENAI_MODEL, or set another model.',
      });
    case 404:
      return new WriterError('unavailable', `The endpoint knows no model ${model}, or is not where it is looked for.`, {
        ...options,
        cure: 'Check OPENAI_MODEL and OPENAI_BASE_URL (it usually ends in /v1).',
      });
    case 408:
    case 504:
      return new WriterError('timeout', 'The model’s endpoint gave up waiting for the model.', options);
    case 429:
      return new WriterError('rate-limited', 'The model’s endpoint asks for a pause.', {
        ...options,
        retryAfterMs: retryAfterMs(headers),
        cure: 'It is tried again by itself; if it stays, raise the provider’s rate limit.',
      });
    default:
      return status >= 500
        ? new WriterError('unavailable', `The model’s endpoint has a fault of its own (HTTP ${status}).`, options)
        : new WriterError('unavailable', `The model’s endpoint refused the request (HTTP ${status}).`, {
            ...options,
            cure: `Check that ${model} is a chat model and takes texts of this length.`,
          });
  }
}

/** Whether the failed request was not billed: the endpoint refused it, or never got it. */
export function neverArrived(thrown: unknown): boolean {
  return causes(thrown).some((cause) => {
    const { status, code } = asFailure(cause);
    if (status !== undefined) return status !== 408 && status !== 504;
    return typeof code === 'string' && NOT_SENT.has(code);
  });
}

/** System errors that come before a request is on its way. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** How long the endpoint asks to wait, by `retry-after-ms`, or `retry-after` in seconds or as a date; undefined if it doesn't say. */
function retryAfterMs(headers: Headers | undefined): number | undefined {
  const precise = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(precise) && precise >= 0) return precise;
  const said = headers?.get('retry-after');
  if (said == null) return undefined;
  const asked = /^\s*\d+(?:\.\d+)?\s*$/u.test(said) ? Number(said) * SECOND : Date.parse(said) - Date.now();
  return Number.isFinite(asked) ? Math.max(0, asked) : undefined;
}

function asFailure(thrown: unknown): ApiFailure {
  return typeof thrown === 'object' && thrown !== null ? (thrown as ApiFailure) : {};
}

function causes(thrown: unknown): unknown[] {
  const found: unknown[] = [];
  for (let one = thrown; one instanceof Error && found.length < 5; one = one.cause) found.push(one);
  return found;
}
