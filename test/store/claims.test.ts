import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../src/lib/clock.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { type TestStore, testStore } from '../support/database.ts';
import { later, NOW, scene } from './seed.ts';

let house: TestStore;
let store: Store;
const children: ChildProcess[] = [];
beforeAll(async () => {
  house = await testStore();
  store = house.store;
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await house.close();
});

/** Another process that takes these and then holds them, alive. */
async function claimer(wish: { feedId: number; fateId: number; deliveryId: number }): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--no-warnings', new URL('claimer.ts', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  child.stdin?.end(JSON.stringify({ connection: house.connection, secret: house.secret.reveal(), ...wish, now: NOW }));
  const [said] = await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  expect(String(said)).toBe('claimed\n');
  return child;
}

async function die(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Asks until the answer is there; PostgreSQL needs a moment to notice that a client is gone. */
async function soon<T>(ask: () => Promise<T | null | false>): Promise<{ answer: T; ms: number }> {
  const start = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer) return { answer, ms: performance.now() - start };
    if (performance.now() - start > 5000) throw new Error('still claimed after 5 s');
  }
}

test("a living process's claims hold, and are free the moment it is killed", async () => {
  const { source, articleId, delivery } = await scene(store);
  const [fate] = await store.fates.ofArticle(articleId);
  const fateId = fate?.id as number;
  const child = await claimer({ feedId: source.feed.id, fateId, deliveryId: delivery.id });

  expect(await store.sources.claimFeed(source.feed.id)).toBe(false);
  expect(await store.fates.claim(fateId)).toBeNull();
  expect(await store.fates.waiting({ what: 'writer', changedBefore: NOW, limit: 1000 })).not.toContain(fateId);
  expect(await store.deliveries.abandonDead(later(-MINUTE), 'the process ended', NOW)).toEqual([]);
  // What another process claimed, we can't release.
  await store.sources.releaseFeeds([source.feed.id]);
  await store.fates.release(fateId);
  expect(await store.sources.claimFeed(source.feed.id)).toBe(false);

  await die(child);
  const freed = await soon(() => store.sources.claimFeed(source.feed.id));
  expect(freed.ms).toBeLessThan(2000);
  expect(await store.fates.waiting({ what: 'writer', changedBefore: NOW, limit: 1000 })).toContain(fateId);
  expect(await store.fates.claim(fateId)).toMatchObject({ id: fateId, state: 'waiting' });
  const abandoned = await store.deliveries.abandonDead(later(-MINUTE), 'the process ended', NOW);
  expect(abandoned.map((one) => [one.id, one.state])).toEqual([[delivery.id, 'unclear']]);
  expect(await store.deliveries.abandonDead(later(-MINUTE), 'the process ended', NOW)).toEqual([]);
});

test('a claim holds within its own process too, until it is released', async () => {
  const { source, articleId } = await scene(store);
  const fateId = (await store.fates.ofArticle(articleId))[0]?.id as number;
  const feedId = source.feed.id;
  const claims = await Promise.all(Array.from({ length: 6 }, () => store.sources.claimFeed(feedId)));
  expect(claims.filter(Boolean)).toHaveLength(1);
  await store.sources.releaseFeeds([feedId]);
  expect(await store.sources.claimFeed(feedId)).toBe(true);
  expect(await store.fates.claim(fateId)).not.toBeNull();
  expect(await store.fates.claim(fateId)).toBeNull();
  await store.fates.release(fateId);
  expect(await store.fates.claim(fateId)).not.toBeNull();
});

test('what decides a fate ends its claim', async () => {
  const { articleId } = await scene(store);
  const fateId = (await store.fates.ofArticle(articleId))[0]?.id as number;
  await store.fates.claim(fateId);
  await store.fates.set(fateId, { state: 'waiting', waitingFor: 'writer', reason: 'the model did not answer' }, NOW);
  expect(await store.fates.claim(fateId)).not.toBeNull();
});

test('a worker whose connection was cut comes back as another one and frees what it had', async () => {
  const { source } = await scene(store);
  expect(await store.sources.claimFeed(source.feed.id)).toBe(true);
  await house.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'crier-worker' AND datname = current_database()`,
  );
  await soon(() => store.sources.claimFeed(source.feed.id));
});

test('closing a store frees its claims', async () => {
  const { source } = await scene(store);
  const other = await house.another();
  expect(await other.sources.claimFeed(source.feed.id)).toBe(true);
  await other.close();
  await soon(() => store.sources.claimFeed(source.feed.id));
});
