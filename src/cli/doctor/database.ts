import { AppError, messageOf } from '../../lib/errors.ts';
import type { CliPorts, Facts } from '../edges.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

const LEAST_MAJOR = 15;
const SLOW_MS = 250;
const SKEW_SECONDS = 5;

/** What is told when the database could not be opened. */
export function databaseUnreachable(error: unknown, facts: Facts): Finding {
  const where = facts.database === 'embedded' ? `embedded, in ${facts.dataDir}` : 'DATABASE_URL';
  const cure =
    error instanceof AppError && error.cure ? error.cure : 'Check that it runs and that DATABASE_URL names it.';
  return failed('database', `It does not answer (${where}): ${messageOf(error)}`, cure);
}

/** Version, answer time and size of the database, and whether its clock agrees with this machine's. */
export async function examineDatabase(ports: CliPorts, facts: Facts): Promise<Finding[]> {
  await ports.store.ping(); // the first one also connects
  const begun = performance.now();
  await ports.store.ping();
  const answerMs = performance.now() - begun;
  const { server, sizeBytes, clockSkewSeconds } = await ports.store.health(ports.clock.now());
  const major = Number(/\d+/u.exec(server)?.[0] ?? Number.NaN);
  const told = `PostgreSQL ${server.replace(/^PostgreSQL /iu, '')}, ${facts.database === 'embedded' ? `embedded in ${facts.dataDir}` : 'DATABASE_URL'}, answers in ${answerMs.toFixed(1)} ms, ${megabytes(sizeBytes)}`;
  const database =
    major < LEAST_MAJOR
      ? failed(
          'database',
          `${told}: too old`,
          `Crier needs PostgreSQL ${LEAST_MAJOR} or newer. Without DATABASE_URL it brings its own.`,
        )
      : answerMs > SLOW_MS
        ? warning('database', `${told}: slow`, 'Look whether its machine is busy or far away.')
        : ok('database', told);
  const skew = Math.abs(clockSkewSeconds);
  const clock =
    skew > SKEW_SECONDS
      ? warning(
          'clock',
          `The database’s clock is ${skew.toFixed(0)} s ${clockSkewSeconds > 0 ? 'ahead of' : 'behind'} this machine’s.`,
          'Set both by NTP: posts go out by the clock.',
        )
      : ok('clock', `${ports.clock.now().toISOString()}, the database’s differs by ${skew.toFixed(1)} s`);
  return [database, clock];
}

/** `12.3 MB`. */
export function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
