import pg from 'pg';
import { AppError } from '../lib/errors.ts';
import type { Secret } from '../lib/secret.ts';
import type { Connection } from './connection.ts';
import { databaseError } from './database-error.ts';
import { createVault } from './vault.ts';

/**
 * A backup as lines of JSON: a head, a line `[table, row]` for each row of our tables in an order in which every row's
 * references come before it, and an end with their number. Jobs are left out (the store says what is to be done), and
 * so are the claims of living processes.
 */
export interface BackupHead {
  crier: 'backup';
  format: 1;
  version: string;
  at: Date;
  /** Whose contacts are sealed in it: see vault.ts. */
  keyMark: string;
  /** What the tables looked like. */
  migrations: string[];
}

/** Rows fetched by one statement. */
const PAGE = 500;
/** Of processes and of this very database, not of what is kept. */
const LEFT_OUT = ['_prisma_migrations', 'worker', 'installation'];

/** The lines of a backup of everything at one instant, while others go on writing. Throws AppError. */
export async function* backupLines(
  connection: Connection,
  { secret, version, at }: { secret: Secret; version: string; at: Date },
): AsyncGenerator<string, void> {
  const client = new pg.Client({ ...connection, application_name: 'crier-backup' });
  client.on('error', () => {}); // the statement under way rejects
  await client.connect().catch((thrown: unknown) => {
    throw databaseError(thrown);
  });
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { keyMark } = createVault(secret);
    const head: BackupHead = {
      crier: 'backup',
      format: 1,
      version,
      at,
      keyMark,
      migrations: await appliedMigrations(client),
    };
    yield JSON.stringify(head);
    let rows = 0;
    for (const table of await tablesInOrder(client)) {
      await client.query(`DECLARE pages NO SCROLL CURSOR FOR SELECT to_jsonb(one)::text AS row FROM ${table} AS one`);
      for (;;) {
        const { rows: page } = await client.query<{ row: string }>(`FETCH ${PAGE} FROM pages`);
        for (const { row } of page) yield `[${JSON.stringify(table)},${row}]`;
        rows += page.length;
        if (page.length < PAGE) break;
      }
      await client.query('CLOSE pages');
    }
    yield JSON.stringify({ end: { rows } });
  } finally {
    await client.end();
  }
}

/** The names of the migrations that the database has, in order. */
export async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1',
  );
  return rows.map((row) => row.name);
}

/** Our tables, quoted, each after those that it refers to. */
export async function tablesInOrder(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; needs: string[] }>(
    `SELECT one.relname AS name, coalesce(array_agg(other.relname::text) FILTER (WHERE other.oid <> one.oid), '{}') AS needs
     FROM pg_class AS one
     LEFT JOIN pg_constraint AS key ON key.conrelid = one.oid AND key.contype = 'f'
     LEFT JOIN pg_class AS other ON other.oid = key.confrelid
     WHERE one.relkind = 'r' AND one.relnamespace = current_schema()::regnamespace AND one.relname <> ALL ($1)
     GROUP BY one.oid ORDER BY one.relname`,
    [LEFT_OUT],
  );
  const waiting = new Map(rows.map(({ name, needs }) => [name, needs]));
  const order: string[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].filter(([, needs]) => !needs.some((need) => waiting.has(need))).map(([name]) => name);
    if (free.length === 0) throw new AppError(`The tables ${[...waiting.keys()].join(', ')} refer to each other.`);
    for (const name of free) waiting.delete(name);
    order.push(...free.map((name) => pg.escapeIdentifier(name)));
  }
  return order;
}
