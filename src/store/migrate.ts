import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Connection } from './connection.ts';
import { databaseError } from './database-error.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** The advisory lock that `prisma migrate deploy` takes: the two never run at the same time. */
const PRISMA_LOCK = 72707369;

/** The oldest server that knows every statement in use. */
const OLDEST_SERVER = 15;

/** As Prisma makes it. */
const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Brings the database up to the migrations in `directory` (prisma/migrations by default), or to `only` those of them,
 * each in a transaction of its own, and returns the names of those it applied. Safe to run twice and in two processes at
 * once. Throws AppError when the database doesn't answer, is too old, was made by a newer Crier, or a migration was
 * changed after it was applied.
 */
export async function migrate(
  connection: Connection,
  log: Log,
  { directory = MIGRATIONS, only = null }: { directory?: string; only?: readonly string[] | null } = {},
): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const wanted = (due: Migration[]) => due.filter(({ name }) => only === null || only.includes(name));
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // the statement under way rejects; without a listener the process would end
  await connect(client);
  try {
    await refuseOldServer(client);
    // Nothing to do is the usual case: it is found without waiting for the lock.
    if (wanted(await pending(client, migrations)).length === 0) return [];
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await client.query(LEDGER);
    const due = wanted(await pending(client, migrations));
    for (const migration of due) {
      await apply(client, migration);
      log.info({ migration: migration.name }, 'migration applied');
    }
    return due.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** Connects, or throws AppError. A password that is missing comes as an event: connect() itself would wait for ever. */
async function connect(client: pg.Client): Promise<void> {
  try {
    await new Promise<unknown>((resolve, reject) => {
      client.once('error', reject);
      client.connect().then(resolve, reject);
    });
  } catch (thrown) {
    await client.end().catch(() => {});
    throw databaseError(thrown);
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      // A checkout with CRLF must give the same checksum.
      const sql = (await readFile(join(directory, name, 'migration.sql'), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (major < OLDEST_SERVER)
    throw new AppError(`The database is PostgreSQL ${major}; Crier needs ${OLDEST_SERVER} or newer.`, {
      cure: 'Upgrade the server, or leave DATABASE_URL empty to use the one that Crier brings.',
    });
}

/** The migrations that the database lacks. Throws when its history and the files don't agree. */
async function pending(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`,
  );
  if (!found[0]?.there) return migrations;
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row]));
  for (const { migration_name: name, finished_at } of rows) {
    if (finished_at === null)
      throw new AppError(`The migration ${name} was begun by another tool and never finished.`, {
        cure: `See "prisma migrate resolve": mark ${name} as rolled back or as applied, then start again.`,
      });
    if (!migrations.some((migration) => migration.name === name))
      throw new AppError(
        `The database has the migration ${name}, which this Crier doesn't know: a newer one made it.`,
        {
          cure: 'Start the newer Crier, or restore a backup made by this one.',
        },
      );
  }
  return migrations.filter(({ name, checksum }) => {
    const row = applied.get(name);
    if (row && row.checksum !== checksum)
      throw new AppError(`The migration ${name} was changed after it had been applied to this database.`, {
        cure: `Bring prisma/migrations/${name}/migration.sql back as it was, and put the change into a new migration.`,
      });
    return row === undefined;
  });
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    const startedAt = new Date();
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name, startedAt],
    );
    await client.query('COMMIT');
  } catch (thrown) {
    await client.query('ROLLBACK').catch(() => {}); // a lost connection has rolled back by itself
    throw new AppError(`The migration ${name} failed and was undone: ${messageOf(thrown)}`, {
      cure: 'The database is as it was before. Report this with the text above.',
      cause: thrown,
    });
  }
}
