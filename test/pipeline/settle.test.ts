import { describe, expect, test } from 'vitest';
import type { Delivery, Outcome } from '../../src/domain/delivery.ts';
import { UsageError } from '../../src/lib/errors.ts';
import { deliver, settleDelivery } from '../../src/pipeline/deliver/index.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { signal, storeOfFile, worldOver } from './world.ts';

const here = storeOfFile();

/** A delivery of which nobody knows whether it is there; further sends are confirmed. */
async function unclear() {
  const outcomes: Outcome[] = [{ kind: 'unclear', reason: 'No answer in time.' }];
  let calls = 0;
  const publish = async (): Promise<Outcome> => {
    calls++;
    return outcomes.shift() ?? { kind: 'confirmed', remoteId: '43', url: null };
  };
  const world = await worldOver(here(), { ports: { platforms: fakePlatforms([squarePlatform({ publish })]) } });
  const { id, postId } = await world.due();
  await deliver(world.ports, id, signal);
  const post = await here().store.posts.get(postId);
  return {
    world,
    ports: world.ports,
    id,
    calls: () => calls,
    fate: async () => {
      const [fate] = await here().store.fates.ofArticle(post?.articleId as number);
      return `${fate?.state} ${fate?.waitingFor ?? fate?.reason ?? ''}`.trim();
    },
  };
}
const now = async (id: number) => (await here().store.deliveries.get(id)) as Delivery;
const ledger = (id: number) =>
  here().sql(
    `SELECT fence, outcome, attempt_outcome.reason, by FROM attempt LEFT JOIN attempt_outcome ON attempt_id = attempt.id
     WHERE delivery_id = $1 ORDER BY fence, attempt_outcome.id`,
    [id],
  );

describe('a person says of an unclear post', () => {
  test('“it is there”: it is confirmed with the address they gave, under their name', async () => {
    const { ports, id, calls, fate } = await unclear();
    const delivery = await settleDelivery(ports, id, { kind: 'there', url: 'https://square.example/9' }, 'Anna');
    expect(delivery).toMatchObject({
      state: 'confirmed',
      url: 'https://square.example/9',
      confirmedAt: ports.clock.now(),
    });
    expect(await now(id)).toMatchObject({ state: 'confirmed', url: 'https://square.example/9', reason: null });
    expect(await fate()).toBe('posted');
    expect(calls()).toBe(1);
    expect((await ledger(id)).at(-1)).toMatchObject({ outcome: 'confirmed', by: 'Anna' });
  });

  test('“it is there” without an address', async () => {
    const { ports, id } = await unclear();
    expect(await settleDelivery(ports, id, { kind: 'there' }, 'Anna')).toMatchObject({ state: 'confirmed', url: null });
  });

  test('“send it again”: it is sent once more, as a new attempt', async () => {
    const { world, ports, id, calls, fate } = await unclear();
    const before = (await world.sent()).length;
    expect(await settleDelivery(ports, id, { kind: 'again' }, 'Anna')).toMatchObject({ state: 'waiting' });
    expect((await world.sent()).slice(before)).toEqual([{ verb: 'deliver', deliveryId: id }]);
    expect(await fate()).toBe('waiting delivery');
    await world.flow();
    await deliver(ports, id, signal);
    expect(calls()).toBe(2);
    expect(await now(id)).toMatchObject({ state: 'confirmed', remoteId: '43', fence: 2 });
    expect((await ledger(id)).map(({ fence, outcome, by }) => [fence, outcome, by])).toEqual([
      [1, 'unclear', 'crier'],
      [1, 'not-sent', 'Anna'],
      [2, 'confirmed', 'crier'],
    ]);
  });

  test('“drop it”: it is never sent again', async () => {
    const { world, ports, id, calls, fate } = await unclear();
    expect(await settleDelivery(ports, id, { kind: 'drop' }, 'Anna')).toMatchObject({ state: 'dropped' });
    await world.flow();
    await deliver(ports, id, signal);
    expect(calls()).toBe(1);
    expect(await fate()).toMatch(/^filtered person:/u);
  });
});

describe('only an unclear delivery can be settled, and only once', () => {
  test('the second word is refused with what became of it', async () => {
    const { ports, id, calls } = await unclear();
    await settleDelivery(ports, id, { kind: 'drop' }, 'Anna');
    const refusal = settleDelivery(ports, id, { kind: 'again' }, 'Boris');
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(`Delivery ${id} is not unclear (any more); it is dropped.`);
    expect((await now(id)).state).toBe('dropped');
    expect(calls()).toBe(1);
  });

  test('of two people at the same moment one is heard, the other learns what it became', async () => {
    const other = await here().another();
    for (let round = 0; round < 4; round++) {
      const { world, ports, id } = await unclear();
      const before = (await world.sent()).length;
      const answers = await Promise.allSettled([
        settleDelivery(ports, id, { kind: 'drop' }, 'Anna'),
        settleDelivery({ ...ports, store: other }, id, { kind: 'again' }, 'Boris'),
      ]);
      const { state } = await now(id);
      expect(state).toBe(answers[0]?.status === 'fulfilled' ? 'dropped' : 'waiting');
      const [refusal] = answers.filter((answer) => answer.status === 'rejected');
      expect(refusal?.reason).toBeInstanceOf(UsageError);
      expect(String(refusal?.reason)).toContain(`it is ${state}`);
      expect((await world.sent()).slice(before)).toHaveLength(state === 'waiting' ? 1 : 0);
    }
  });

  test.each(['waiting', 'confirmed'] as const)('one that is %s is refused', async (state) => {
    const world = await worldOver(here());
    const { id } = await world.due();
    if (state === 'confirmed') await deliver(world.ports, id, signal);
    await expect(settleDelivery(world.ports, id, { kind: 'again' }, 'Anna')).rejects.toThrow(`it is ${state}`);
    expect((await now(id)).state).toBe(state);
  });

  test('one that is not there is refused with where to look', async () => {
    const { ports } = await worldOver(here());
    await expect(settleDelivery(ports, 999_999, { kind: 'drop' }, 'Anna')).rejects.toMatchObject({
      message: 'There is no delivery 999999.',
      cure: 'See them with: crier delivery list',
    });
  });
});
