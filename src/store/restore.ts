import pg from 'pg';
import { z } from 'zod';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';
import { appliedMigrations, type BackupHead, tablesInOrder } from './backup.ts';
import type { Connection } from './connection.ts';
import { otherSecret } from './installation.ts';
import { migrate } from './migrate.ts';
import { holdBack } from './restored.ts';
import { createVault } from './vault.ts';

const headSchema = z.object({
  crier: z.literal('backup'),
  format: z.literal(1),
  version: z.string(),
  at: z.coerce.date(),
  keyMark: z.string(),
  migrations: z.array(z.string()),
});
const endSchema = z.object({ end: z.object({ rows: z.number() }) });

/** Rows stored by one statement. */
const PAGE = 200;

/**
 * Fills an empty database from the lines of a backup, all or nothing, and brings it up to date. Whatever may have gone
 * out after the backup was made does not go out again by itself (restored.ts). Throws AppError.
 */
export async function restoreLines(
  connection: Connection,
  lines: AsyncIterable<string>,
  { secret, now, log }: { secret: Secret; now: Date; log: Log },
): Promise<{ head: BackupHead; rows: number }> {
  const reader = lines[Symbol.asyncIterator]();
  const head = readHead((await reader.next()).value);
  if (head.keyMark !== createVault(secret).keyMark) throw otherSecret('This backup');
  await migrate(connection, log, { only: head.migrations });
  const client = new pg.Client({ ...connection, application_name: 'crier-restore' });
  client.on('error', () => {}); // the statement under way rejects
  await client.connect();
  let rows: number;
  try {
    await refuseFull(client, head);
    await client.query('BEGIN');
    rows = await insertRows(client, reader);
    await holdBack(client, now);
    await continueSerials(client);
    await client.query('COMMIT');
  } catch (thrown) {
    await client.query('ROLLBACK').catch(() => {}); // a lost connection has rolled back by itself
    if (thrown instanceof AppError) throw thrown;
    throw new AppError(`The backup could not be restored; nothing was stored (${messageOf(thrown)}).`, {
      cause: thrown,
    });
  } finally {
    await client.end();
  }
  await migrate(connection, log);
  return { head, rows };
}

function readHead(line: string | undefined): BackupHead {
  const parsed = headSchema.safeParse(readJson(line ?? ''));
  if (!parsed.success)
    throw new AppError('This is not a backup of Crier.', { cure: 'Give a file that crier backup has written.' });
  return parsed.data;
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function refuseFull(client: pg.Client, head: BackupHead): Promise<void> {
  const { rows: found } = await client.query('SELECT 1 FROM brand LIMIT 1');
  const cure = 'Restore into an empty one: another DATA_DIR, or a new database in DATABASE_URL.';
  if (found.length > 0) throw new AppError('This database is in use: restoring would mix two installations.', { cure });
  if ((await appliedMigrations(client)).join() !== head.migrations.join())
    throw new AppError(`This database is newer than the backup (made by Crier ${head.version}).`, { cure });
}

/** Stores every row and gives their number; the end must tell the same, or something is missing. */
async function insertRows(client: pg.Client, lines: AsyncIterator<string, unknown>): Promise<number> {
  const known = new Set(await tablesInOrder(client));
  let rows = 0;
  let page: { table: string; rows: unknown[] } = { table: '', rows: [] };
  const store = async () => {
    if (page.rows.length > 0)
      await client.query(
        `INSERT INTO ${page.table} SELECT * FROM jsonb_populate_recordset(NULL::${page.table}, $1::jsonb)`,
        [JSON.stringify(page.rows)],
      );
  };
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const line = readJson(next.value);
    const end = endSchema.safeParse(line);
    if (end.success) {
      await store();
      if (end.data.end.rows !== rows) break;
      return rows;
    }
    const [table, row] = Array.isArray(line) ? line : [];
    if (typeof table !== 'string' || !known.has(table)) break;
    if (table !== page.table || page.rows.length >= PAGE) {
      await store();
      page = { table, rows: [] };
    }
    page.rows.push(row);
    rows += 1;
  }
  throw new AppError('The backup is cut off or damaged; nothing was stored.', { cure: 'Take another backup file.' });
}

/** New rows get ids after the restored ones. */
async function continueSerials(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `SELECT format('SELECT setval(%L, (SELECT max(%I) FROM %I))', pg_get_serial_sequence(quote_ident(table_name), column_name),
       column_name, table_name) AS statement
     FROM information_schema.columns
     WHERE table_schema = current_schema() AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL`,
  );
  for (const { statement } of rows) await client.query(statement);
}
