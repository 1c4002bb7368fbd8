import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { Secret } from '../../src/lib/secret.ts';
import type { Job, Jobs } from '../../src/ports/queue.ts';
import type { Store } from '../../src/ports/store/index.ts';
import type { SocketConnection } from '../../src/store/connection.ts';
import { openEmbedded } from '../../src/store/embedded/index.ts';
import { createStore, migrate, type SqlExecutor } from '../../src/store/index.ts';

/** The migrated database that every test database is a copy of. */
const TEMPLATE = 'template_crier';
/** Advisory lock: one process makes the template, the others wait for it. */
const TEMPLATE_LOCK = 7203;

export interface TestDatabase {
  connection: SocketConnection;
  /** Runs one statement as an onlooker and gives its rows. */
  // biome-ignore lint/suspicious/noExplicitAny: rows of any query
  sql(text: string, values?: unknown[]): Promise<any[]>;
  /** Drops it. */
  close(): Promise<void>;
}

/** A database of the caller's own, migrated and without a row, or `empty`: without a table. About 60 ms. Close it. */
export async function testDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(server, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${empty ? 'template0' : TEMPLATE} STRATEGY FILE_COPY`),
  );
  const connection = { ...server, database: name };
  const onlooker = new pg.Client(connection);
  await onlooker.connect();
  return {
    connection,
    sql: async (text, values) => (await onlooker.query(text, values)).rows,
    async close() {
      await onlooker.end();
      await withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

export interface TestStore extends TestDatabase {
  store: Store;
  secret: Secret;
  /** Every job that was sent and committed, in order. */
  jobs(): Promise<Job[]>;
  /** A second store on the same database, as another process would have it. `close` closes it too. */
  another(): Promise<Store>;
}

/** A ready store on a database of the caller's own, with a queue that only remembers. Close it. */
export async function testStore({
  jobsIn = rememberedJobs,
}: {
  jobsIn?: (sql: SqlExecutor) => Jobs;
} = {}): Promise<TestStore> {
  const database = await testDatabase();
  await database.sql('CREATE TABLE test_job (id serial, job jsonb NOT NULL)');
  const secret = new Secret(randomBytes(32).toString('hex'));
  const stores: Store[] = [];
  const another = async () => {
    const store = await createStore({ connection: database.connection, secret, jobsIn, log: silentLog });
    stores.push(store);
    return store;
  };
  return {
    ...database,
    store: await another(),
    secret,
    jobs: async () => (await database.sql('SELECT job FROM test_job ORDER BY id')).map((row) => row.job),
    another,
    async close() {
      for (const store of stores) await store.close();
      await database.close();
    },
  };
}

/** Jobs as rows of the same database: one that was sent in a transaction is there from its commit on, as with the real queue. */
function rememberedJobs(sql: SqlExecutor): Jobs {
  return {
    async send(jobs) {
      if (jobs.length === 0) return;
      await sql.executeSql('INSERT INTO test_job (job) SELECT jsonb_array_elements($1::jsonb)', [JSON.stringify(jobs)]);
    },
  };
}

let server: Promise<SocketConnection> | undefined;

/** The one server of this test run, started by whoever asks first; database-setup.ts ends it. */
function testServer(): Promise<SocketConnection> {
  server ??= (async () => {
    const embedded = await openEmbedded({ dataDir: inject('databaseDir'), progress: () => {}, log: silentLog });
    await withClient(embedded.connection, (client) => makeTemplate(client, embedded.connection));
    await embedded.leave();
    return embedded.connection;
  })();
  return server;
}

async function makeTemplate(client: pg.Client, connection: SocketConnection): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
  if (rows.length > 0) return;
  // What a test makes need not survive a power cut.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
    await client.query(`ALTER SYSTEM SET ${setting} = off`);
  await client.query('SELECT pg_reload_conf()');
  // A process that was killed here leaves the half-made one, which the next makes anew.
  const unfinished = `${TEMPLATE}_unfinished`;
  await client.query(`DROP DATABASE IF EXISTS ${unfinished}`);
  await client.query(`CREATE DATABASE ${unfinished}`);
  await migrate({ ...connection, database: unfinished }, silentLog);
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${TEMPLATE}`);
}

async function withClient<T>(connection: SocketConnection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
