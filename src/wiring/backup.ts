import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Config } from '../config.ts';
import { systemClock } from '../lib/clock.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';
import type { Connection } from '../store/index.ts';
import { createLog } from './log.ts';
import { openDatabase, secretsOf } from './open.ts';
import { installationSecret } from './secret.ts';

export interface BackupOptions {
  version: string;
  /** Told how far it has come, in a person's words. */
  progress(line: string): void;
  signal: AbortSignal;
}

/** Rows between two lines of progress. */
const TOLD_EVERY = 5000;

/**
 * Writes everything in the database, as it is at one instant, into a gzip file that only its owner may read. The file
 * has its name once it is whole. Contacts stay sealed in it; the secret is not in it. Throws AppError.
 */
export async function writeBackup(
  config: Config,
  path: string,
  options: BackupOptions,
): Promise<{ path: string; rows: number; bytes: number }> {
  return withDatabase(config, options, async ({ connection, secret, log }) => {
    const { backupLines, migrate } = await import('../store/index.ts');
    await migrate(connection, log);
    const unfinished = `${path}.unfinished`;
    let rows = -2; // head and end are lines, too
    const lines = async function* () {
      for await (const line of backupLines(connection, { secret, version: options.version, at: systemClock.now() })) {
        rows += 1;
        if (rows % TOLD_EVERY === 0) options.progress(`${rows} rows written …`);
        yield `${line}\n`;
      }
    };
    try {
      await pipeline(lines, createGzip(), createWriteStream(unfinished, { mode: 0o600, flush: true }), options);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw fileError(error, `The backup ${path} could not be written`);
    }
    return { path, rows, bytes: (await stat(path)).size };
  });
}

/** Fills an empty database from a file that writeBackup made; see restoreLines of the store. Throws AppError. */
export async function readBackup(
  config: Config,
  path: string,
  options: BackupOptions,
): Promise<{ madeAt: Date; rows: number }> {
  return withDatabase(config, options, async ({ connection, secret, log }) => {
    const { restoreLines } = await import('../store/index.ts');
    const file = createReadStream(path);
    const text = createGunzip();
    const fed = pipeline(file, text, options).catch((error: unknown) => text.destroy(error as Error));
    try {
      let rows = -2;
      const lines = async function* () {
        for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
          rows += 1;
          if (rows % TOLD_EVERY === 0) options.progress(`${rows} rows read …`);
          yield line;
        }
      };
      const restored = await restoreLines(connection, lines(), { secret, now: systemClock.now(), log });
      return { madeAt: restored.head.at, rows: restored.rows };
    } catch (error) {
      throw fileError(error, `The backup ${path} could not be read`);
    } finally {
      file.destroy();
      await fed;
    }
  });
}

function fileError(error: unknown, what: string): unknown {
  if (error instanceof AppError || !(error instanceof Error && 'code' in error)) return error;
  return new AppError(`${what} (${messageOf(error)}).`, { cure: 'Check the path, its rights, and the space left.' });
}

async function withDatabase<T>(
  config: Config,
  { progress }: BackupOptions,
  work: (tools: { connection: Connection; secret: Secret; log: Log }) => Promise<T>,
): Promise<T> {
  const secret = await installationSecret(config.secret, config.dataDir);
  const log = createLog(config.logLevel, [...secretsOf(config), secret]);
  const { connection, stop } = await openDatabase(config, { progress, log });
  try {
    return await work({ connection, secret, log });
  } finally {
    await stop();
  }
}
