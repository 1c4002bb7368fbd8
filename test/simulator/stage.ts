import { randomBytes } from 'node:crypto';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { OPEN_SCHEDULE } from '../../src/domain/schedule.ts';
import { silentLog } from '../../src/lib/log.ts';
import { Secret } from '../../src/lib/secret.ts';
import type { Job, Jobs } from '../../src/ports/queue.ts';
import type { Store } from '../../src/ports/store/index.ts';
import type { SocketConnection } from '../../src/store/connection.ts';
import { isAlive } from '../../src/store/embedded/process.ts';
import { createStore, type SqlExecutor } from '../../src/store/index.ts';
import { channelOf, entry, NOW, page, postOf } from '../store/seed.ts';

/** As many processes as a simulation can have. */
export const MOST_WORKERS = 5;

/** With more, those of plays before are ended: the embedded server takes 60, and others use it too. */
const MOST_CONNECTIONS = 10;

/** What every simulation begins with. */
export interface Scene {
  brandIds: number[];
  channelIds: number[];
  /** Posts that wait for review. */
  postIds: number[];
}

/** A database that can be put back to the scene within milliseconds, and a store of its own for each worker. */
export interface Stage {
  readonly scene: Scene;
  readonly stores: readonly Store[];
  reset(): Promise<void>;
  /** Takes every connection of a worker away, as when its process ends or the network breaks. */
  cut(worker: number): Promise<void>;
  /** Statements that wait for a lock. */
  lockWaits(): Promise<number>;
  /** Takes one of the jobs that are to be worked at `now`; null when there is none. */
  takeJob(now: Date, pick: number): Promise<Job | null>;
  // biome-ignore lint/suspicious/noExplicitAny: rows of any query
  sql(text: string, values?: unknown[]): Promise<any[]>;
  close(): Promise<void>;
}

/** Makes the scene in a migrated database without rows. Its server must trust local users. */
export async function openStage(connection: SocketConnection): Promise<Stage> {
  const onlooker = new pg.Client(connection);
  await onlooker.connect();
  const sql = async (text: string, values?: unknown[]) => (await onlooker.query(text, values)).rows;
  await sql(`CREATE TABLE sim_job (id serial, key text UNIQUE, job jsonb NOT NULL, start_after timestamptz NOT NULL);
    ALTER DATABASE ${connection.database} SET deadlock_timeout = '50ms'`);

  const secret = new Secret(randomBytes(32).toString('hex'));
  const stores: Store[] = [];
  for (let worker = 0; worker < MOST_WORKERS; worker++) {
    // Each has a user of its own, so that its connections can be told from the others'.
    const user = userOf(worker);
    await sql(
      `DO $$ BEGIN CREATE ROLE ${user} SUPERUSER LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$`,
    );
    stores.push(await createStore({ connection: { ...connection, user }, secret, jobsIn, log: silentLog }));
  }
  const scene = await makeScene(stores[0] as Store);
  const reset = await resetOf(sql);
  async function cut(workers: Iterable<number>): Promise<void> {
    const backends = await sql(
      `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE usename = ANY ($1) AND datname = current_database()`,
      [[...workers].map(userOf)],
    );
    while (backends.some(({ pid }) => isAlive(pid))) await sleep(1);
    // Their last words and the ends of their connections have arrived; here they are read.
    for (let turn = 0; turn < 3; turn++) await setImmediate();
  }
  return {
    scene,
    stores,
    async reset() {
      const [{ connections }] = await sql(
        'SELECT count(*)::int AS connections FROM pg_stat_activity WHERE datname = current_database()',
      );
      if (connections > MOST_CONNECTIONS) await cut(stores.keys());
      await sql(reset);
    },
    cut: (worker) => cut([worker]),
    async lockWaits() {
      const [row] = await sql(
        "SELECT count(*)::int FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      );
      return row.count;
    },
    async takeJob(now, pick) {
      const rows = await sql('SELECT id, job FROM sim_job WHERE start_after <= $1 ORDER BY id', [now]);
      if (rows.length === 0) return null;
      const { id, job } = rows[Math.floor(pick * rows.length)];
      await sql('DELETE FROM sim_job WHERE id = $1', [id]);
      return job;
    },
    sql,
    async close() {
      for (const store of stores) await store.close();
      await onlooker.end();
    },
  };
}

const userOf = (worker: number) => `sim_worker_${worker}`;

/** Jobs as rows: there from the commit on, and one that waits already is not added again, as with the real queue. */
function jobsIn(sql: SqlExecutor): Jobs {
  return {
    async send(jobs, { startAfter = new Date(0) } = {}) {
      if (jobs.length === 0) return;
      await sql.executeSql(
        `INSERT INTO sim_job (key, job, start_after) SELECT job::text, job, $2::timestamptz
         FROM jsonb_array_elements($1::jsonb) AS job ON CONFLICT DO NOTHING`,
        [JSON.stringify(jobs), startAfter.toISOString()],
      );
    },
  };
}

/** Two brands, three channels (the second one has threads), three articles, six posts. */
async function makeScene(store: Store): Promise<Scene> {
  const scene: Scene = { brandIds: [], channelIds: [], postIds: [] };
  const first = await store.brands.default();
  const second = await store.brands.save({ ...first, id: 0, slug: 'second', name: 'Second' });
  const brands = [first, second].map((brand) => ({ ...brand, timeZone: 'Europe/Riga' }));
  for (const brand of brands) scene.brandIds.push((await store.brands.save(brand)).id);
  const [one = first, two = second] = brands;
  const places = [
    { brand: one, platform: 'square', articles: 3 },
    { brand: one, platform: 'thread', articles: 2 },
    { brand: two, platform: 'square', articles: 1 },
  ];
  const { source } = await store.sources.add(
    { brandId: one.id, url: 'https://news.example/feed', name: null, firstPosts: 1, sample: false },
    NOW,
  );
  const articles: number[] = [];
  for (let index = 0; index < 3; index++) {
    const carried = entry();
    const [articleId = 0] = await store.articles.add([{ feedId: source.feed.id, entry: carried, seenAt: NOW }]);
    await store.articles.freeze(articleId, page(carried));
    articles.push(articleId);
  }
  for (const { brand, platform, articles: count } of places) {
    const channel = await store.channels.add(
      channelOf(brand, { platform, address: `@${platform}`, auto: false, schedule: OPEN_SCHEDULE }),
    );
    scene.channelIds.push(channel.id);
    for (const [index, articleId] of articles.slice(0, count).entries()) {
      const text = platform === 'thread' && index === 0 ? 'one|two|three' : `story ${index}`;
      const post = await store.posts.add(
        postOf(channel, articleId, { state: 'review', approvedBy: null, approvedAt: null, text }),
        [],
      );
      if (post !== null) scene.postIds.push(post.id);
      await store.fates.add([
        {
          brandId: brand.id,
          sourceId: source.id,
          articleId,
          state: 'waiting',
          waitingFor: 'review',
          reason: null,
          changedAt: NOW,
        },
      ]);
    }
  }
  return scene;
}

/** SQL that puts every table and sequence back to what it is now; it knows no table by name. */
async function resetOf(sql: Stage['sql']): Promise<string> {
  const tables: string[] = (
    await sql(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%' AND tablename <> 'worker'",
    )
  ).map((row) => `public."${row.tablename}"`);
  const statements = ['SET session_replication_role = replica'];
  await sql('CREATE SCHEMA scene');
  for (const table of tables) {
    statements.push(`DELETE FROM ${table}`);
    const [{ count }] = await sql(`SELECT count(*)::int FROM ${table}`);
    if (count === 0) continue;
    const copy = table.replace('public.', 'scene.');
    await sql(`CREATE TABLE ${copy} AS SELECT * FROM ${table}`);
    statements.push(`INSERT INTO ${table} SELECT * FROM ${copy}`);
  }
  const sequences = await sql(
    "SELECT sequencename AS name, coalesce(last_value, 0) AS last FROM pg_sequences WHERE schemaname = 'public' AND sequencename <> 'worker_id_seq'",
  );
  for (const { name, last } of sequences)
    statements.push(`SELECT setval('public."${name}"', ${Math.max(1, last)}, ${last > 0})`);
  statements.push('SET session_replication_role = origin');
  return statements.join(';');
}
