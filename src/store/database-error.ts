import { AppError, messageOf } from '../lib/errors.ts';

/** PostgreSQL's SQLSTATE, or the system's code (`ECONNREFUSED`), of an error of `pg` or Prisma; null when it has none. */
export function errorCode(thrown: unknown): string | null {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { originalCode, code } = {
      ...(error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } }).meta?.driverAdapterError
        ?.cause,
      ...(error as { code?: string }),
    } as { originalCode?: string; code?: string };
    if (originalCode) return originalCode;
    if (code) return code;
  }
  return null;
}

/** What went wrong between Crier and the database, for a person. An AppError stays as it is. */
export function databaseError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = errorCode(thrown);
  const known = CAUSES[code ?? messageOf(thrown)];
  if (known) return new AppError(known.message, { cure: known.cure, cause: thrown });
  return new AppError(`The database does not answer (${code ?? messageOf(thrown)}).`, {
    cure: 'Check that the server of DATABASE_URL runs and can be reached from here.',
    cause: thrown,
  });
}

const PASSWORD = {
  message: 'The database refused the user or password.',
  cure: 'Check the user and password in DATABASE_URL.',
};
const NO_PASSWORD = {
  message: 'The database wants a password and got none.',
  cure: 'Put it into DATABASE_URL: postgresql://user:password@host/name',
};
const CAUSES: Record<string, { message: string; cure: string }> = {
  // From pg itself, which gives these no code.
  'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string': NO_PASSWORD,
  'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string': NO_PASSWORD,
  '28P01': PASSWORD,
  '28000': PASSWORD,
  '3D000': { message: 'The database named in DATABASE_URL does not exist.', cure: 'Make it with `createdb NAME`.' },
  '53300': {
    message: 'The database has no connection left.',
    cure: 'Raise its max_connections, or stop other programs that use it.',
  },
  '57P03': { message: 'The database is starting or stopping.', cure: 'Wait a moment and try again.' },
  EACCES: {
    message: 'The socket of the database belongs to another user.',
    cure: 'Run this as the user that runs Crier.',
  },
};
