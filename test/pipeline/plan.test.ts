import { expect, test } from 'vitest';
import type { Delivery } from '../../src/domain/delivery.ts';
import { OPEN_SCHEDULE, type Schedule } from '../../src/domain/schedule.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.ts';
import { deliver, setChannel } from '../../src/pipeline/deliver/index.ts';
import { approvePost } from '../../src/pipeline/review/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { signal, storeOfFile, type World, worldOver } from './world.ts';

const here = storeOfFile();
const UTC_SLOTS = (...times: string[]) => times.map((time) => ({ days: [1, 2, 3, 4, 5, 6, 7], time }));

/** A world whose brand lives in UTC, with one channel of that schedule; `approve` writes and approves another post. */
async function scheduled(schedule: Partial<Schedule>, given: Partial<Platform> = {}) {
  const world = await worldOver(here(), { ports: { platforms: fakePlatforms([squarePlatform(given)]) } });
  await world.ports.store.brands.save({ ...world.brand, timeZone: 'UTC' });
  const channel = await world.channel({ schedule: { ...OPEN_SCHEDULE, ...schedule } });
  const approve = async (when = {}) => {
    const [view] = await world.written();
    await approvePost(world.ports, view?.post.id as number, 'Anna', { when });
    return (await here().store.posts.view(view?.post.id as number))?.delivery as Delivery;
  };
  const now = async ({ id }: Delivery) => (await here().store.deliveries.get(id)) as Delivery;
  const hour = async (delivery: Delivery) => (await now(delivery)).dueAt.toISOString().slice(5, 16);
  return { world, channel, approve, now, hour };
}

/** What the sweep enqueues for delivery, done as the queue would. */
async function work(world: World): Promise<void> {
  await sweep(world.ports);
  for (const id of await here().store.deliveries.due(world.ports.clock.now(), 1000))
    await deliver(world.ports, id, signal);
}

test('approved posts wait for the slots of their channel, one each, and go out then', async () => {
  const { world, approve, now, hour } = await scheduled({ slots: UTC_SLOTS('12:00', '18:00') });
  const [first, second, third] = [await approve(), await approve(), await approve()];
  expect([await hour(first), await hour(second), await hour(third)]).toEqual([
    '11-23T12:00',
    '11-23T18:00',
    '11-24T12:00',
  ]);
  await work(world);
  expect((await now(first)).state).toBe('waiting');
  world.ports.clock.set(new Date('2026-11-23T12:00:01Z'));
  await work(world);
  expect([(await now(first)).state, (await now(second)).state]).toEqual(['confirmed', 'waiting']);
});

test('a post that the budget doesn’t cover gives its slot to others and finds another when the budget is raised', async () => {
  const priceMicros = () => 200_000;
  const { world, channel, approve, now, hour } = await scheduled(
    { slots: UTC_SLOTS('12:00', '18:00') },
    { priceMicros },
  );
  await setChannel(world.ports, channel.id, new Map([['budget-month', '0']]));
  const post = await approve();
  world.ports.clock.set(new Date('2026-11-23T12:00:01Z'));
  await work(world);
  expect(await now(post)).toMatchObject({ state: 'waiting', reason: expect.stringMatching(/^budget: /u) });
  expect(await hour(post)).toBe('12-01T00:00');
  const next = await approve();
  expect([(await hour(post)) >= '12-01T00:00', await hour(next)]).toEqual([true, '11-23T12:00']);
  world.ports.clock.set(new Date('2026-11-23T13:00:00Z'));
  await setChannel(world.ports, channel.id, new Map([['budget-month', '5']]));
  expect(await hour(post)).toBe('11-23T18:00');
  expect(await now(post)).toMatchObject({ state: 'waiting', reason: null });
});

test('a channel without a schedule sends at once, and a time that a person chose stands on any channel', async () => {
  const { world, approve, now, hour } = await scheduled({});
  const free = await approve();
  const at = new Date(world.ports.clock.now().getTime() + 3 * HOUR);
  const chosen = await approve({ plannedAt: at });
  await work(world);
  expect([(await now(free)).state, (await now(chosen)).state]).toEqual(['confirmed', 'waiting']);
  expect(await hour(chosen)).toBe(at.toISOString().slice(5, 16));
  await expect(approve({ plannedAt: new Date('2026-01-01') })).rejects.toThrow('is past');
});

test('breaking news goes out now, and the others keep their slots', async () => {
  const { world, approve, now, hour } = await scheduled({ slots: UTC_SLOTS('12:00') });
  const usual = await approve();
  const breaking = await approve({ breaking: true });
  await work(world);
  expect((await now(breaking)).state).toBe('confirmed');
  expect(await hour(usual)).toBe('11-23T12:00');
});

test('after a standstill one post goes out and the others wait for the coming slots', async () => {
  const { world, approve, now, hour } = await scheduled({ slots: UTC_SLOTS('11:00', '11:30', '12:00', '18:00') });
  const [first, second] = [await approve(), await approve()];
  world.ports.clock.set(new Date('2026-11-23T11:45:00Z'));
  await work(world);
  expect((await now(first)).state).toBe('confirmed');
  expect(await hour(second)).toBe('11-23T12:00');
});

test('old news is dropped with its reason, and its article says so', async () => {
  const { world, approve, now } = await scheduled({ slots: UTC_SLOTS('09:00'), expiresAfterMs: 30 * HOUR });
  const delivery = await approve();
  world.ports.clock.set(new Date(world.ports.clock.now().getTime() + 2 * DAY + 10 * MINUTE));
  await work(world);
  expect(await now(delivery)).toMatchObject({ state: 'dropped', reason: expect.stringContaining('expired') });
  const post = await here().store.posts.get(delivery.postId);
  const [fate] = await here().store.fates.ofArticle(post?.articleId as number);
  expect(fate).toMatchObject({ state: 'filtered', reason: expect.stringContaining('expired') });
});
