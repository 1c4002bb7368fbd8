import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, settle } from '../../src/domain/delivery.ts';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { type TestStore, testStore } from '../support/database.ts';
import { later, NOW, scene } from './seed.ts';

let house: TestStore;
let store: Store;
beforeAll(async () => {
  house = await testStore();
  store = house.store;
});
afterAll(() => house.close());

const begin = (id: number, now = NOW, from = store) =>
  from.deliveries.begin(id, { id: randomUUID(), body: '{"text":"A post."}' }, now);

/** Begins, or fails the test. */
async function begun(id: number) {
  const result = await begin(id);
  if (result === null) throw new Error('the delivery could not be begun');
  return result;
}

const CONFIRMED: Outcome = { kind: 'confirmed', remoteId: '42', url: 'https://place.example/42' };
const UNCLEAR: Outcome = { kind: 'unclear', reason: 'no answer in time' };

describe('begin', () => {
  test('moves what waits and is due to intent, with its attempt, in one commit', async () => {
    const { delivery } = await scene(store);
    const result = await begin(delivery.id);
    expect(result).toMatchObject({
      delivery: { id: delivery.id, state: 'intent', fence: 1, reason: null },
      attempt: { deliveryId: delivery.id, fence: 1, startedAt: NOW, body: '{"text":"A post."}' },
    });
    expect(await house.sql('SELECT fence, body, body_hash FROM attempt WHERE delivery_id = $1', [delivery.id])).toEqual(
      [{ fence: 1, body: '{"text":"A post."}', body_hash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    );
  });

  test('of many at once only one succeeds', async () => {
    const { delivery } = await scene(store);
    const other = await house.another();
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, index) => begin(delivery.id, NOW, index % 2 === 0 ? store : other)),
    );
    expect(results.filter((result) => result !== null)).toHaveLength(1);
    expect(await house.sql('SELECT id FROM attempt WHERE delivery_id = $1', [delivery.id])).toHaveLength(1);
  });

  test('leaves alone what is not due, has a channel that is not active, or a brand that is paused', async () => {
    const { brand, channel, delivery } = await scene(store);
    expect(await begin(delivery.id, later(-SECOND))).toBeNull();
    await store.channels.setState(channel.id, 'attention', 'the token was revoked');
    expect(await begin(delivery.id)).toBeNull();
    expect(await store.deliveries.due(NOW, 1000)).not.toContain(delivery.id);
    await store.channels.setState(channel.id, 'active', null);
    await store.brands.save({ ...brand, paused: true });
    expect(await begin(delivery.id)).toBeNull();
    expect(await store.deliveries.due(NOW, 1000)).not.toContain(delivery.id);
    await store.brands.save({ ...brand, paused: false });
    expect(await store.deliveries.due(NOW, 1000)).toContain(delivery.id);
    expect(await begin(delivery.id)).not.toBeNull();
    expect(await begin(delivery.id)).toBeNull();
  });
});

describe('finish', () => {
  test('settles the delivery and keeps the outcome', async () => {
    const { delivery } = await scene(store);
    const { attempt, delivery: intent } = await begun(delivery.id);
    const answered = later(SECOND);
    expect(await store.deliveries.finish(attempt, CONFIRMED, settle(intent, CONFIRMED, answered), answered)).toBe(true);
    expect(await store.deliveries.view(delivery.id)).toMatchObject({
      delivery: { state: 'confirmed', remoteId: '42', url: 'https://place.example/42', confirmedAt: answered },
      attempts: [{ id: attempt.id, at: NOW, outcome: 'confirmed', reason: null }],
    });
  });

  test('what was proven not sent waits again, and the next attempt has the next fence', async () => {
    const { delivery } = await scene(store);
    const { attempt, delivery: intent } = await begun(delivery.id);
    const outcome: Outcome = { kind: 'not-sent', reason: 'the name could not be resolved' };
    const next = settle(intent, outcome, NOW);
    expect(await store.deliveries.finish(attempt, outcome, next, NOW)).toBe(true);
    expect(await begin(delivery.id)).toBeNull();
    const second = await begin(delivery.id, next.dueAt);
    expect(second?.attempt.fence).toBe(2);
    // The first attempt's answer arrives once more: the ledger keeps it, the delivery does not move.
    expect(await store.deliveries.finish(attempt, CONFIRMED, settle(intent, CONFIRMED, NOW), NOW)).toBe(false);
    expect((await store.deliveries.get(delivery.id))?.state).toBe('intent');
    const view = await store.deliveries.view(delivery.id);
    expect(view?.attempts.map((one) => one.outcome)).toEqual(['confirmed', 'open']);
  });

  test('a late proof settles an attempt that was given up as unclear; a late doubt does not', async () => {
    const { delivery } = await scene(store);
    const { attempt, delivery: intent } = await begun(delivery.id);
    const abandoned = await store.deliveries.abandonDead(later(MINUTE), 'the process ended', later(MINUTE));
    expect(abandoned).toContainEqual(
      expect.objectContaining({ id: delivery.id, state: 'unclear', reason: 'the process ended' }),
    );
    const notSent: Outcome = { kind: 'not-sent', reason: 'refused' };
    expect(await store.deliveries.finish(attempt, notSent, settle(intent, notSent, NOW), NOW)).toBe(false);
    expect(await store.deliveries.finish(attempt, UNCLEAR, settle(intent, UNCLEAR, NOW), NOW)).toBe(false);
    expect(await store.deliveries.finish(attempt, CONFIRMED, settle(intent, CONFIRMED, NOW), NOW)).toBe(true);
    expect((await store.deliveries.get(delivery.id))?.state).toBe('confirmed');
  });

  test('comes too late when a person has settled the delivery', async () => {
    const { delivery } = await scene(store);
    const { attempt, delivery: intent } = await begun(delivery.id);
    await store.deliveries.finish(attempt, UNCLEAR, settle(intent, UNCLEAR, NOW), NOW);
    const dropped = { ...intent, state: 'dropped' as const, reason: 'dropped by a person' };
    expect(await store.deliveries.resolve(dropped, 'Anna', UNCLEAR, NOW)).toBe(true);
    expect(await store.deliveries.finish(attempt, CONFIRMED, settle(intent, CONFIRMED, NOW), NOW)).toBe(false);
    expect((await store.deliveries.get(delivery.id))?.state).toBe('dropped');
  });
});

describe('resolve', () => {
  test('settles an unclear delivery once, under the name of who said so', async () => {
    const { delivery } = await scene(store);
    const { attempt, delivery: intent } = await begun(delivery.id);
    const next = { ...intent, state: 'waiting' as const, dueAt: NOW };
    expect(await store.deliveries.resolve(next, 'Anna', CONFIRMED, NOW)).toBe(false);
    await store.deliveries.finish(attempt, UNCLEAR, settle(intent, UNCLEAR, NOW), NOW);
    const said: Outcome = { kind: 'not-sent', reason: 'a person looked: it is not there' };
    const answers = await Promise.all([
      store.deliveries.resolve(next, 'Anna', said, NOW),
      store.deliveries.resolve(next, 'Boris', said, NOW),
    ]);
    expect(answers.toSorted()).toEqual([false, true]);
    const outcomes = await house.sql('SELECT outcome, by FROM attempt_outcome WHERE attempt_id = $1 ORDER BY id', [
      attempt.id,
    ]);
    expect(outcomes).toEqual([
      { outcome: 'unclear', by: 'crier' },
      { outcome: 'not-sent', by: answers[0] ? 'Anna' : 'Boris' },
    ]);
    expect((await begin(delivery.id))?.attempt.fence).toBe(2);
  });
});

test('an intent of a living process is left alone until it is older than any send can take', async () => {
  const { delivery } = await scene(store);
  await begun(delivery.id);
  const other = await house.another();
  expect(await other.deliveries.abandonDead(later(-MINUTE), 'the process ended', NOW)).toEqual([]);
  const abandoned = await other.deliveries.abandonDead(later(SECOND), 'too old', later(MINUTE));
  expect(abandoned.map((one) => one.id)).toContain(delivery.id);
});

test('neither attempts nor their outcomes can be changed or deleted', async () => {
  const { delivery } = await scene(store);
  const { attempt, delivery: intent } = await begun(delivery.id);
  await store.deliveries.finish(attempt, CONFIRMED, settle(intent, CONFIRMED, NOW), NOW);
  for (const change of [
    `UPDATE attempt SET body = 'another'`,
    'DELETE FROM attempt',
    `UPDATE attempt_outcome SET outcome = 'rejected'`,
    'DELETE FROM attempt_outcome',
  ])
    await expect(house.sql(change)).rejects.toThrow(/never changed or deleted/);
});

test('one delivery per post and channel, however often it is asked for', async () => {
  const { post, channel, delivery } = await scene(store);
  const again = await Promise.all(
    Array.from({ length: 5 }, () =>
      store.deliveries.add({ postId: post.id, channelId: channel.id, dueAt: later(MINUTE) }, NOW),
    ),
  );
  expect(new Set(again.map((one) => one.id))).toEqual(new Set([delivery.id]));
  expect(again[0]?.dueAt).toEqual(NOW);
});

test('counts every state, zeros too', async () => {
  const { brand } = await scene(store);
  const counts = await store.deliveries.counts(brand.id);
  expect(Object.keys(counts).toSorted()).toEqual(['confirmed', 'dropped', 'intent', 'rejected', 'unclear', 'waiting']);
  expect(counts).toEqual(await store.deliveries.counts(null));
  expect((await store.deliveries.counts(brand.id + 1)).waiting).toBe(0);
});
