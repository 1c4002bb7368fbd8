import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { Secret } from '../../src/lib/secret.ts';
import { backupLines, createStore, restoreLines } from '../../src/store/index.ts';
import { type TestDatabase, type TestStore, testDatabase, testStore } from '../support/database.ts';
import { later, NOW, person, scene } from './seed.ts';

const noJobs = () => ({ send: async () => {} });
let house: TestStore;
const restored: TestDatabase[] = [];
beforeAll(async () => {
  house = await testStore({ jobsIn: noJobs });
  await house.sql('DROP TABLE test_job');
});
afterAll(async () => {
  for (const database of restored) await database.close();
  await house.close();
});

const backup = () => backupLines(house.connection, { secret: house.secret, version: '1.2.3', at: NOW });
async function lines(): Promise<string[]> {
  const taken: string[] = [];
  for await (const line of backup()) taken.push(line);
  return taken;
}

async function* of(given: readonly string[]): AsyncGenerator<string> {
  yield* given;
}

/** Restores into a new database without a table. */
async function restore(given: readonly string[], secret = house.secret): Promise<TestDatabase> {
  const database = await testDatabase({ empty: true });
  restored.push(database);
  await restoreLines(database.connection, of(given), { secret, now: later(1000), log: silentLog });
  return database;
}

/** Every row of the tables that a restore leaves as they were. */
async function contents(database: TestDatabase): Promise<Record<string, unknown>> {
  const tables = ['brand', 'article', 'sighting', 'channel', 'link', 'lead', 'lead_contact', 'consent', 'touch'];
  const all: Record<string, unknown> = {};
  for (const table of tables)
    all[table] = await database.sql(`SELECT to_jsonb(one) AS row FROM "${table}" AS one ORDER BY to_jsonb(one)::text`);
  return all;
}

test('what was backed up is restored to the letter, sealed contacts and Cyrillic with it, and new rows get new ids', async () => {
  const story = await scene(house.store, { post: { text: 'Ziņa: “ā” \\ \u2028 Привет 👋' } });
  const { lead } = await house.store.leads.upsert(person(story));
  const database = await restore(await lines());
  expect(await contents(database)).toEqual(await contents(house));

  const store = await createStore({
    connection: database.connection,
    secret: house.secret,
    jobsIn: noJobs,
    log: silentLog,
  });
  try {
    expect((await store.posts.get(story.post.id))?.text).toBe(story.post.text);
    expect((await store.leads.get(lead.id))?.contacts).toEqual(lead.contacts);
    const after = await scene(store);
    expect(after.post.id).toBeGreaterThan(story.post.id);
  } finally {
    await store.close();
  }
});

test('a backup is of one instant, whatever is written meanwhile', async () => {
  await scene(house.store);
  const [before] = await house.sql('SELECT count(*)::int AS posts FROM post');
  const taken: string[] = [];
  for await (const line of backup()) {
    if (taken.length === 1) await scene(house.store); // the snapshot is taken by now
    taken.push(line);
  }
  const database = await restore(taken);
  const [after] = await database.sql('SELECT count(*)::int AS posts FROM post');
  expect(after).toEqual(before);
  const orphans = await database.sql(
    'SELECT 1 FROM delivery LEFT JOIN post ON post.id = delivery.post_id WHERE post.id IS NULL',
  );
  expect(orphans).toEqual([]);
});

test('nothing that may have gone out since goes out again by itself', async () => {
  const waiting = await scene(house.store);
  const review = await scene(house.store, { post: { state: 'review', approvedAt: null, approvedBy: null } });
  const database = await restore(await lines());
  const [delivery] = await database.sql('SELECT state, reason FROM delivery WHERE id = $1', [waiting.delivery.id]);
  expect(delivery).toEqual({ state: 'unclear', reason: expect.stringContaining('may have been sent since') });
  expect(await database.sql(`SELECT 1 FROM delivery WHERE state IN ('waiting', 'intent')`)).toEqual([]);
  const [attempt] = await database.sql(
    'SELECT outcome FROM attempt JOIN attempt_outcome ON attempt_id = attempt.id WHERE delivery_id = $1',
    [waiting.delivery.id],
  );
  expect(attempt).toEqual({ outcome: 'unclear' });
  const [post] = await database.sql('SELECT state, reason FROM post WHERE id = $1', [review.post.id]);
  expect(post).toEqual({ state: 'review', reason: expect.stringContaining('before approving') });
  const fates = await database.sql(`SELECT DISTINCT state, reason FROM fate WHERE article_id = $1`, [
    waiting.articleId,
  ]);
  expect(fates).toEqual([{ state: 'filtered', reason: expect.stringContaining('restored') }]);
  expect(await database.sql('SELECT 1 FROM source WHERE started_at IS NOT NULL OR first_posts > 0')).toEqual([]);
});

test('a damaged, cut off or foreign backup, another secret and a database in use are refused, and nothing is stored', async () => {
  await scene(house.store);
  const whole = await lines();
  const refused = async (given: readonly string[], secret = house.secret) => {
    const database = await testDatabase({ empty: true });
    restored.push(database);
    const failure = await restoreLines(database.connection, of(given), { secret, now: NOW, log: silentLog }).then(
      () => 'restored',
      (thrown: Error) => thrown.message,
    );
    const [there] = await database.sql(`SELECT to_regclass('brand') IS NOT NULL AS tables`);
    const rows = there.tables ? await database.sql('SELECT 1 FROM brand') : [];
    return { failure, rows: rows.length };
  };
  expect(await refused(whole.slice(0, -1))).toEqual({ failure: expect.stringContaining('cut off'), rows: 0 });
  expect(await refused([...whole.slice(0, 3), ...whole.slice(4)])).toMatchObject({ rows: 0 });
  expect(await refused(['{"hello":1}'])).toEqual({ failure: expect.stringContaining('not a backup'), rows: 0 });
  expect(await refused([])).toEqual({ failure: expect.stringContaining('not a backup'), rows: 0 });
  expect(await refused(whole.toSpliced(1, 0, '["pg_authid",{}]'))).toMatchObject({ rows: 0 });
  expect(await refused(whole, new Secret(randomBytes(32).toString('hex')))).toEqual({
    failure: expect.stringContaining('another secret'),
    rows: 0,
  });
  await expect(
    restoreLines(house.connection, of(whole), { secret: house.secret, now: NOW, log: silentLog }),
  ).rejects.toThrow('in use');
});

test('a database answers only to the secret that it began with', async () => {
  const open = (secret: Secret) =>
    createStore({ connection: house.connection, secret, jobsIn: noJobs, log: silentLog });
  await expect(open(new Secret(randomBytes(32).toString('hex')))).rejects.toThrow('another secret');
  await (await open(house.secret)).close();
});
