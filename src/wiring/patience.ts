import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../lib/clock.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

/** Pauses between tries to reach the database; the last one stays. */
const RETRY_MS = [SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND];

/**
 * Asks the database for something, and again while it can't be reached when `patient`. What waiting can't mend (a wrong
 * password, a database that doesn't exist) is thrown at once, and so is the abort of `signal`.
 */
export async function withPatience<T>(
  work: () => Promise<T>,
  options: { patient: boolean; progress(line: string): void; log: Log; signal: AbortSignal },
): Promise<T> {
  const { patient, progress, log, signal } = options;
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      const said = error instanceof AppError ? error : unreachable(error);
      if (!patient) throw said;
      const delayMs = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] as number;
      log.warn({ reason: said.message, delayMs }, 'database does not answer, will be tried again');
      progress(`${said.message} ${said.cure ?? ''} Trying again in ${delayMs / SECOND} s.`.replace('  ', ' '));
      await sleep(delayMs, undefined, { signal });
    }
  }
}

function unreachable(cause: unknown): AppError {
  return new AppError(`The database does not answer (${messageOf(cause)}).`, {
    cure: 'Check DATABASE_URL and that PostgreSQL runs.',
    cause,
  });
}

/** Network faults, and PostgreSQL's own "shutting down", "starting up" and "too many connections". */
const UNREACHABLE =
  /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT|57P0\d|08\w{3}|53300)$/u;
/** What pg says, without any code, when a connection is cut off or takes too long to come about. */
const CUT_OFF = new Set([
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
]);

/** Whether the database could not be reached, as far as can be told from anything in the error's line of causes. */
function isUnreachable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code } = thrown as { code?: unknown };
  if (typeof code === 'string' ? UNREACHABLE.test(code) : CUT_OFF.has(thrown.message)) return true;
  return isUnreachable(thrown.cause) || (thrown instanceof AggregateError && thrown.errors.some(isUnreachable));
}
