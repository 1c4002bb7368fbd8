import { AppError, FetchError, messageOf, UsageError } from '../lib/errors.ts';

/** Why one of many things failed, as `--json` tells it. */
export interface Failure {
  kind: string;
  message: string;
  cure: string | null;
}

/** For commands that go on with the next thing. What can't be explained, or comes from Ctrl-C, is thrown again. */
export function failureOf(error: unknown, signal: AbortSignal): { failure: Failure } {
  if (signal.aborted || !(error instanceof AppError)) throw error;
  const kind = error instanceof FetchError ? error.kind : error instanceof UsageError ? 'usage' : 'failed';
  return { failure: { kind, message: messageOf(error), cure: error.cure ?? null } };
}

/** The same for a person, with the address it is about. */
export function explainedFor(url: string, failure: Failure): string {
  return failure.message.includes(url) ? explained(failure) : `${url}: ${explained(failure)}`;
}

/** What happened and what to do, in one line. */
export function explained(failure: Failure): string {
  return failure.cure === null ? failure.message : `${failure.message} ${failure.cure}`;
}
