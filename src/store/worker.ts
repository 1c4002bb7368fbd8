import pg from 'pg';
import type { Connection } from './connection.ts';
import { databaseError } from './database-error.ts';
import { Prisma } from './generated/client.ts';

/** This process as an owner of claims. */
export interface Worker {
  /** Its id, whose advisory lock is held on a connection of its own; another one after that connection was lost. */
  id(): Promise<number>;
  end(): Promise<void>;
}

/** First key of the advisory locks that say "this worker lives"; the second is the worker's id. */
const ALIVE = 0x0c72;

/**
 * A worker that signs in at its first claim. PostgreSQL drops the lock the moment the process dies, so nobody waits
 * for a timeout. Needs a session of its own: a pooler in transaction mode in front of the database won't do.
 */
export function createWorker(connection: Connection): Worker {
  let signedIn: Promise<{ id: number; client: pg.Client }> | null = null;

  async function signIn(): Promise<{ id: number; client: pg.Client }> {
    const client = new pg.Client({ ...connection, application_name: 'crier-worker', keepAlive: true });
    client.on('error', () => {}); // 'end' follows
    client.once('end', () => {
      signedIn = null;
    });
    try {
      await client.connect();
      await client.query(`DELETE FROM worker WHERE started_at < now() - interval '1 day' AND ${isDead('id')}`);
      const { rows } = await client.query<{ id: number }>('INSERT INTO worker DEFAULT VALUES RETURNING id');
      const id = rows[0]?.id as number;
      await client.query('SELECT pg_advisory_lock($1, $2)', [ALIVE, id]);
      return { id, client };
    } catch (thrown) {
      await client.end().catch(() => {});
      throw databaseError(thrown);
    }
  }

  return {
    async id() {
      signedIn ??= signIn();
      const attempt = signedIn;
      try {
        return (await attempt).id;
      } catch (thrown) {
        if (signedIn === attempt) signedIn = null;
        throw thrown;
      }
    },
    async end() {
      const last = signedIn;
      signedIn = null;
      await last?.then(({ client }) => client.end()).catch(() => {});
    },
  };
}

/** SQL: the column names a worker that lives no more (false where it names none). */
function isDead(column: string): string {
  return `(${column} IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM pg_locks AS alive
    WHERE alive.locktype = 'advisory' AND alive.granted AND alive.objsubid = 2
      AND alive.classid = ${ALIVE}::oid AND alive.objid = ${column}::oid
      AND alive.database = (SELECT oid FROM pg_database WHERE datname = current_database())))`;
}

/** SQL: nobody alive has a claim in `column`. */
export function isFree(column: 'feed.claimed_by' | 'fate.claimed_by' | 'delivery.claimed_by'): Prisma.Sql {
  return Prisma.raw(`(${column} IS NULL OR ${isDead(column)})`);
}
