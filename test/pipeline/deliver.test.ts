import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Delivery, DIED, type Outcome } from '../../src/domain/delivery.ts';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';
import { deliver, settleDelivery } from '../../src/pipeline/deliver/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import type { OutgoingPost, Platform } from '../../src/ports/platform.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { gate, signal, storeOfFile, type World, worldOver } from './world.ts';

const here = storeOfFile();
const CONFIRMED: Outcome = { kind: 'confirmed', remoteId: '42', url: 'https://square.example/42' };

/** A platform that answers as told and keeps what it was handed. */
function scripted(answer: (outgoing: OutgoingPost, call: number) => Outcome | Promise<Outcome>) {
  const calls: OutgoingPost[] = [];
  const platform: Platform = squarePlatform({
    body: ({ text, address }) => `to ${address}: ${text}`,
    publish: async (outgoing) => {
      calls.push(outgoing);
      return answer(outgoing, calls.length);
    },
  });
  // The queue may bring up what other tests of the file left behind.
  const callsFor = ({ id }: { id: number }) => calls.filter((call) => call.deliveryId === id);
  return { calls, callsFor, platforms: fakePlatforms([platform]), platform };
}
const always = (outcome: Outcome) => scripted(() => outcome);
const now = async (id: number) => (await here().store.deliveries.get(id)) as Delivery;
const attempts = async (id: number) => (await here().store.deliveries.view(id))?.attempts.map((one) => one.outcome);
const fateOf = async (delivery: Delivery) => {
  const post = await here().store.posts.get(delivery.postId);
  const [fate] = await here().store.fates.ofArticle(post?.articleId as number);
  return `${fate?.state} ${fate?.waitingFor ?? fate?.reason ?? ''}`.trim();
};

/** A delivery that was sent once with this outcome. */
async function sentWith(outcome: Outcome) {
  const square = always(outcome);
  const world = await worldOver(here(), { ports: square });
  const delivery = await world.due();
  await deliver(world.ports, delivery.id, signal);
  return { world, square, delivery: await now(delivery.id) };
}

describe('what the platform answers', () => {
  test('confirmed: the post is there, with its number and address, and the article is posted', async () => {
    const { world, square, delivery } = await sentWith(CONFIRMED);
    expect(delivery).toMatchObject({
      state: 'confirmed',
      remoteId: '42',
      url: 'https://square.example/42',
      reason: null,
      confirmedAt: world.ports.clock.now(),
    });
    expect(await fateOf(delivery)).toBe('posted');
    const post = await here().store.posts.get(delivery.postId);
    expect(square.calls).toEqual([expect.objectContaining({ text: post?.text, deliveryId: delivery.id })]);
    expect(await here().store.deliveries.toMeasure(new Date('2099-01-01'), 1000)).not.toContain(delivery.id);
  });

  test('confirmed where numbers can be asked for: they will be', async () => {
    const square = squarePlatform({ engagement: async () => [] });
    const world = await worldOver(here(), { ports: { platforms: fakePlatforms([square]) } });
    const delivery = await world.due();
    await deliver(world.ports, delivery.id, signal);
    expect(await here().store.deliveries.toMeasure(world.ports.clock.now(), 1000)).not.toContain(delivery.id);
    world.ports.clock.advance(2 * MINUTE);
    expect(await here().store.deliveries.toMeasure(world.ports.clock.now(), 1000)).toContain(delivery.id);
  });

  test('rejected: it is not tried again, and cause and cure are shown', async () => {
    const { world, square, delivery } = await sentWith({
      kind: 'rejected',
      reason: 'The text is a duplicate.',
      cure: 'Change it.',
      channelTrouble: false,
    });
    expect(delivery).toMatchObject({ state: 'rejected', reason: 'The text is a duplicate. Change it.' });
    expect(await fateOf(delivery)).toBe('failed rejected by every platform');
    await deliver(world.ports, delivery.id, signal);
    expect(square.calls).toHaveLength(1);
    expect((await here().store.channels.get(delivery.channelId))?.state).toBe('active');
  });

  test('rejected because of the channel: it needs attention, and its other posts wait until it works again', async () => {
    const square = scripted((_, call) =>
      call === 1
        ? { kind: 'rejected', reason: 'The bot was removed.', cure: 'Add it again.', channelTrouble: true }
        : CONFIRMED,
    );
    const world = await worldOver(here(), { ports: square });
    const [first, second] = [await world.due(), await world.due()];
    await deliver(world.ports, first.id, signal);
    expect(await here().store.channels.get(first.channelId)).toMatchObject({
      state: 'attention',
      reason: 'The bot was removed. Add it again.',
    });
    await deliver(world.ports, second.id, signal);
    expect(square.calls).toHaveLength(1);
    expect((await now(second.id)).state).toBe('waiting');
    await here().store.channels.setState(first.channelId, 'active', null);
    expect((await now(first.id)).state).toBe('waiting');
    await deliver(world.ports, second.id, signal);
    await deliver(world.ports, first.id, signal);
    expect((await now(second.id)).state).toBe('confirmed');
    expect(await now(first.id)).toMatchObject({ state: 'confirmed', fence: 2 });
  });

  test.each(['paused', 'removed'] as const)(
    'rejected because of a channel that a person has %s meanwhile: it stays so',
    async (state) => {
      const square = scripted(async (outgoing) => {
        const delivery = await now(outgoing.deliveryId);
        await here().store.channels.setState(delivery.channelId, state, null);
        return { kind: 'rejected', reason: 'The bot was removed.', cure: '', channelTrouble: true };
      });
      const world = await worldOver(here(), { ports: square });
      const delivery = await world.due();
      await deliver(world.ports, delivery.id, signal);
      expect(await here().store.channels.get(delivery.channelId)).toMatchObject({ state, reason: null });
    },
  );

  test('not sent: it waits again, is not sent before its time, and is sent then', async () => {
    const square = scripted((_, call) =>
      call === 1 ? { kind: 'not-sent', reason: 'Too many requests.', retryAfterMs: 30 * SECOND } : CONFIRMED,
    );
    const world = await worldOver(here(), { ports: square });
    const delivery = await world.due();
    const before = (await world.sent()).length;
    await deliver(world.ports, delivery.id, signal);
    expect(await now(delivery.id)).toMatchObject({
      state: 'waiting',
      reason: 'Too many requests.',
      dueAt: new Date(world.ports.clock.now().getTime() + 30 * SECOND),
    });
    expect(await fateOf(delivery)).toBe('waiting delivery');
    expect((await world.sent()).slice(before)).toEqual([{ verb: 'deliver', deliveryId: delivery.id }]);
    world.ports.clock.advance(29 * SECOND);
    await deliver(world.ports, delivery.id, signal);
    expect(square.calls).toHaveLength(1);
    world.ports.clock.advance(SECOND);
    await deliver(world.ports, delivery.id, signal);
    expect(await attempts(delivery.id)).toEqual(['not-sent', 'confirmed']);
    expect(new Set(square.calls.map((call) => call.attemptId)).size).toBe(2);
  });

  test('not sent for an hour: no job waits that long, the sweep brings it up', async () => {
    const { world, delivery } = await sentWith({ kind: 'not-sent', reason: 'Slow down.', retryAfterMs: 60 * MINUTE });
    const jobs = async () =>
      (await world.sent()).filter((job) => job.verb === 'deliver' && job.deliveryId === delivery.id).length;
    const before = await jobs();
    world.ports.clock.advance(59 * MINUTE);
    await sweep(world.ports);
    expect(await jobs()).toBe(before);
    world.ports.clock.advance(MINUTE);
    await sweep(world.ports);
    expect(await jobs()).toBe(before + 1);
  });

  test('unclear: it is shown and never sent again by itself', async () => {
    const { world, square, delivery } = await sentWith({ kind: 'unclear', reason: 'No answer in time.' });
    expect(delivery).toMatchObject({ state: 'unclear', reason: 'No answer in time.' });
    expect(await fateOf(delivery)).toMatch(/^waiting delivery$/u);
    for (let hour = 0; hour < 3; hour++) {
      world.ports.clock.advance(60 * MINUTE);
      await sweep(world.ports);
      await world.flow();
      await deliver(world.ports, delivery.id, signal);
    }
    expect(square.callsFor(delivery)).toHaveLength(1);
  });

  test('nothing, because the platform throws: that is unclear, too', async () => {
    const square = scripted(() => {
      throw new TypeError('socket is not a function');
    });
    const world = await worldOver(here(), { ports: square });
    const delivery = await world.due();
    await deliver(world.ports, delivery.id, signal);
    expect(await now(delivery.id)).toMatchObject({ state: 'unclear', reason: 'socket is not a function' });
  });
});

describe('before anything is sent', () => {
  test('the intent, its attempt and the exact bytes are committed', async () => {
    const world = await worldOver(here());
    let seen: Record<string, unknown>[] = [];
    const square = scripted(async ({ attemptId, deliveryId }) => {
      seen = await here().sql(
        `SELECT state, delivery.fence, attempt.id = $2::uuid AS same, body FROM delivery JOIN attempt ON delivery_id = delivery.id
         WHERE delivery.id = $1`,
        [deliveryId, attemptId],
      );
      return CONFIRMED;
    });
    const delivery = await world.due();
    await deliver({ ...world.ports, ...square }, delivery.id, signal);
    const outgoing = square.calls[0] as OutgoingPost;
    expect(seen).toEqual([{ state: 'intent', fence: 1, same: true, body: square.platform.body(outgoing) }]);
  });

  test('a body that can’t be made leaves the delivery as it was', async () => {
    const square = always(CONFIRMED);
    square.platform.body = () => {
      throw new Error('no such markup');
    };
    const world = await worldOver(here(), { ports: square });
    const delivery = await world.due();
    await expect(deliver(world.ports, delivery.id, signal)).rejects.toThrow('no such markup');
    expect(await now(delivery.id)).toMatchObject({ state: 'waiting', fence: 0 });
    expect(square.calls).toEqual([]);
  });

  test('a process that is told to stop begins nothing', async () => {
    const square = always(CONFIRMED);
    const world = await worldOver(here(), { ports: square });
    const delivery = await world.due();
    await expect(deliver(world.ports, delivery.id, AbortSignal.abort())).rejects.toThrow();
    expect(await now(delivery.id)).toMatchObject({ state: 'waiting', fence: 0 });
  });

  test.each([
    ['the channel is paused', (_: World, one: Delivery) => pause(one.channelId, 'paused')],
    ['the channel was removed', (_: World, one: Delivery) => pause(one.channelId, 'removed')],
    [
      'the channel needs attention',
      async (world: World, one: Delivery) => {
        await pause(one.channelId, 'attention');
        // Its rights were asked for a moment ago.
        await here().store.channels.takeCheck(one.channelId, world.ports.clock.now());
      },
    ],
    ['the brand is paused', (world: World) => here().store.brands.save({ ...world.brand, paused: true })],
  ])('nothing is sent while %s', async (_, change) => {
    const square = always(CONFIRMED);
    const world = await worldOver(here(), { ports: square });
    const delivery = await world.due();
    await change(world, delivery);
    await deliver(world.ports, delivery.id, signal);
    await sweep(world.ports);
    await world.flow();
    expect(square.callsFor(delivery)).toEqual([]);
    expect(await now(delivery.id)).toMatchObject({ state: 'waiting', fence: 0 });
    await here().store.brands.save({ ...world.brand, paused: false });
    await pause(delivery.channelId, 'active');
    await deliver(world.ports, delivery.id, signal);
    expect(square.callsFor(delivery)).toHaveLength(1);
  });
  const pause = (id: number, state: 'paused' | 'removed' | 'attention' | 'active') =>
    here().store.channels.setState(id, state, null);

  test('a platform whose keys are gone makes its channel need attention, and the post waits', async () => {
    const world = await worldOver(here());
    const delivery = await world.due();
    await deliver({ ...world.ports, platforms: fakePlatforms([]) }, delivery.id, signal);
    expect(await here().store.channels.get(delivery.channelId)).toMatchObject({
      state: 'attention',
      reason: expect.stringContaining('square is not configured'),
    });
    expect(await now(delivery.id)).toMatchObject({ state: 'waiting', fence: 0 });
  });
});

describe('one delivery', () => {
  test('that two processes take at once is sent once', async () => {
    const [inside, done] = [gate(), gate()];
    const square = scripted(async () => {
      inside.open();
      await done.opened;
      return CONFIRMED;
    });
    const world = await worldOver(here(), { ports: square });
    const other = { ...world.ports, store: await here().another() };
    const delivery = await world.due();
    const runs = [world.ports, other, world.ports, other].map((ports) => deliver(ports, delivery.id, signal));
    await inside.opened;
    await deliver(other, delivery.id, signal);
    done.open();
    await Promise.all(runs);
    expect(square.calls).toHaveLength(1);
    expect(await attempts(delivery.id)).toEqual(['confirmed']);
  });

  test('whose process dies in the middle is unclear at once and never sent again by itself', async () => {
    const square = always(CONFIRMED);
    const world = await worldOver(here(), { ports: square });
    const delivery = await world.due();
    const dying = await here().another();
    expect(
      await dying.deliveries.begin(delivery.id, { id: randomUUID(), body: 'a post' }, world.ports.clock.now()),
    ).toBeTruthy();
    await sweep(world.ports);
    expect((await now(delivery.id)).state).toBe('intent');
    await dying.close();
    await sweep(world.ports);
    expect(await now(delivery.id)).toMatchObject({ state: 'unclear', reason: DIED });
    world.ports.clock.advance(60 * MINUTE);
    await sweep(world.ports);
    await world.flow();
    await deliver(world.ports, delivery.id, signal);
    expect(square.callsFor(delivery)).toEqual([]);
    expect(await attempts(delivery.id)).toEqual(['unclear']);
    const post = await here().store.posts.get(delivery.postId);
    const [fate] = await here().store.fates.ofArticle(post?.articleId as number);
    expect(fate?.reason).toContain('unclear');
  });

  test('whose answer comes after it was given up as unclear is confirmed by it', async () => {
    const world = await worldOver(here());
    const other = { ...world.ports, store: await here().another() };
    const square = scripted(async ({ deliveryId }) => {
      world.ports.clock.advance(MINUTE);
      await sweep(other);
      expect((await now(deliveryId)).state).toBe('unclear');
      return CONFIRMED;
    });
    const delivery = await world.due();
    await deliver({ ...world.ports, ...square }, delivery.id, signal);
    expect(await now(delivery.id)).toMatchObject({ state: 'confirmed', remoteId: '42', reason: null });
    expect(await fateOf(delivery)).toBe('posted');
  });

  test('whose late answer finds that a person has dropped it stays dropped, and the ledger keeps both', async () => {
    const world = await worldOver(here());
    const square = scripted(async ({ deliveryId }) => {
      world.ports.clock.advance(MINUTE);
      await sweep(world.ports);
      await settleDelivery(world.ports, deliveryId, { kind: 'drop' }, 'Anna');
      return CONFIRMED;
    });
    const delivery = await world.due();
    await deliver({ ...world.ports, ...square }, delivery.id, signal);
    expect((await now(delivery.id)).state).toBe('dropped');
    expect(
      await here().sql(
        'SELECT outcome FROM attempt_outcome JOIN attempt ON attempt.id = attempt_id WHERE delivery_id = $1 ORDER BY attempt_outcome.id',
        [delivery.id],
      ),
    ).toEqual([{ outcome: 'unclear' }, { outcome: 'unclear' }, { outcome: 'confirmed' }]);
  });
});

test('the article is posted as soon as one of its channels has it, whatever becomes of the other', async () => {
  const square = scripted((_, call) =>
    call === 1 ? { kind: 'rejected', reason: 'No.', cure: '', channelTrouble: false } : CONFIRMED,
  );
  const world = await worldOver(here(), { ports: square });
  await world.channel({ auto: true });
  await world.channel({ auto: true });
  const story = await world.story();
  await here().store.jobs.send([{ verb: 'write', fateId: story.fateId }]);
  await world.flow();
  expect(square.calls).toHaveLength(2);
  expect(await world.fate(story)).toBe('posted');
});
