import { afterEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../src/domain/channel.ts';
import type { Delivery, Outcome } from '../../src/domain/delivery.ts';
import { HOUR, MINUTE, SECOND, systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { Secret } from '../../src/lib/secret.ts';
import { check, deliver } from '../../src/pipeline/deliver/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import { createTelegram } from '../../src/platforms/telegram/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { startTelegramEmulator, type TelegramEmulator } from '../emulators/telegram.ts';
import { fresh, signal, storeOfFile, worldOver } from './world.ts';

const here = storeOfFile();
const now = async (id: number) => (await here().store.deliveries.get(id)) as Delivery;
const channelOf = async (id: number) => (await here().store.channels.get((await now(id)).channelId)) as Channel;
const over = (platform: Platform) => worldOver(here(), { ports: { platforms: fakePlatforms([platform]) } });

describe('a channel in trouble', () => {
  const kicked: Outcome = { kind: 'rejected', reason: 'Kicked.', cure: 'Add it.', channelTrouble: true };

  test('keeps its posts, is marked once, and sets them free when its rights are back', async () => {
    const outcomes: Outcome[] = [kicked];
    let problems = [{ problem: 'Not in.', cure: 'Add it.' }];
    let sends = 0;
    const world = await over(
      squarePlatform({
        publish: async () => {
          sends++;
          return outcomes.shift() ?? { kind: 'confirmed', remoteId: `t${sends}`, url: null };
        },
        inspect: async () => ({ title: 'It', problems, notes: [] }),
      }),
    );
    const first = await world.due();
    const second = await world.due();
    await deliver(world.ports, first.id, signal);
    await deliver(world.ports, second.id, signal);
    expect(sends).toBe(1);
    expect(await now(first.id)).toMatchObject({ state: 'waiting', reason: 'Kicked. Add it.' });
    expect(await now(second.id)).toMatchObject({ state: 'waiting', fence: 0 });
    const channel = await channelOf(first.id);
    expect(channel).toMatchObject({ state: 'attention', reason: 'Kicked. Add it.' });

    const before = (await world.sent()).length;
    await sweep(world.ports);
    expect((await world.sent()).slice(before)).toContainEqual({ verb: 'check', channelId: channel.id });
    await check(world.ports, channel.id, signal);
    expect(await channelOf(first.id)).toMatchObject({ state: 'attention', reason: 'Not in. Add it.' });
    problems = [];
    await check(world.ports, channel.id, signal);
    expect((await channelOf(first.id)).state).toBe('attention');
    world.ports.clock.advance(15 * MINUTE);
    await check(world.ports, channel.id, signal);
    expect(await channelOf(first.id)).toMatchObject({ state: 'active', reason: null });
    await world.flow();
    expect([(await now(first.id)).state, (await now(second.id)).state]).toEqual(['confirmed', 'confirmed']);
    expect(sends).toBe(3);
  });

  test('is seen before its slot, and what a person paused stays paused', async () => {
    const world = await over(
      squarePlatform({
        inspect: async () => ({ title: 'It', problems: [{ problem: 'Not in.', cure: '' }], notes: [] }),
      }),
    );
    const { id } = await world.due();
    const { ports } = world;
    await here().sql('UPDATE delivery SET due_at = $2 WHERE id = $1', [
      id,
      new Date(ports.clock.now().getTime() + HOUR),
    ]);
    const { id: channelId } = await channelOf(id);
    expect(await here().store.channels.toCheck(ports.clock.now(), 99)).not.toContain(channelId);
    ports.clock.advance(50 * MINUTE);
    expect(await here().store.channels.toCheck(ports.clock.now(), 99)).toContain(channelId);
    await check(ports, channelId, signal);
    expect(await channelOf(id)).toMatchObject({ state: 'attention', reason: 'Not in.' });
    await here().store.channels.setState(channelId, 'paused', null);
    ports.clock.advance(HOUR);
    await check(ports, channelId, signal);
    expect((await channelOf(id)).state).toBe('paused');
  });

  test('a platform that can’t be asked changes nothing', async () => {
    const world = await over(
      squarePlatform({
        inspect: async () => {
          throw new Error('no network');
        },
      }),
    );
    const { id } = await world.due();
    const { id: channelId } = await channelOf(id);
    await check(world.ports, channelId, signal);
    expect((await channelOf(id)).state).toBe('active');
  });
});

describe('a platform that is down', () => {
  test('is left alone after three failures in a row, tried by one post, with growing pauses; others flow', async () => {
    let up = false;
    let sends = 0;
    const down = squarePlatform({
      name: 'circle',
      publish: async (): Promise<Outcome> => {
        sends++;
        return up
          ? { kind: 'confirmed', remoteId: fresh('c'), url: null }
          : { kind: 'not-sent', reason: 'Refused.', down: true };
      },
    });
    const other = await here().another();
    const platforms = fakePlatforms([
      down,
      squarePlatform({ publish: async () => ({ kind: 'confirmed', remoteId: fresh('s'), url: null }) }),
    ]);
    const world = await worldOver(here(), { ports: { platforms } });
    const { ports } = world;
    const channel = await world.channel({ platform: 'circle' });
    const ids = [];
    for (let count = 0; count < 6; count++) ids.push((await world.due()).id);
    for (const id of ids) await deliver(ports, id, signal);
    expect(sends).toBe(3);
    const [breaker] = await here().store.breakers.list();
    expect(breaker).toMatchObject({ platform: 'circle', failures: 3, reason: 'Refused.' });
    expect((breaker?.openUntil?.getTime() ?? 0) - ports.clock.now().getTime()).toBe(10 * SECOND);
    ports.clock.advance(9 * SECOND);
    expect(await here().store.deliveries.due(ports.clock.now(), 99)).not.toEqual(expect.arrayContaining(ids.slice(3)));

    ports.clock.advance(SECOND);
    await Promise.all(ids.map((id, index) => deliver(index % 2 ? { ...ports, store: other } : ports, id, signal)));
    expect(sends).toBe(4);
    const pauses = [];
    for (let round = 0; round < 6; round++) {
      const until = (await here().store.breakers.get('circle'))?.openUntil as Date;
      pauses.push((until.getTime() - ports.clock.now().getTime()) / SECOND);
      ports.clock.set(until);
      await deliver(ports, ids[5] as number, signal);
      await deliver(ports, ids[4] as number, signal);
    }
    expect(pauses).toEqual([20, 40, 80, 160, 300, 300]);
    await here().store.channels.setState(channel.id, 'paused', null);
    const { id: free } = await world.due({ platform: 'square' });
    await deliver(ports, free, signal);
    expect((await now(free)).state).toBe('confirmed');

    await here().store.channels.setState(channel.id, 'active', null);
    up = true;
    ports.clock.advance(HOUR);
    await deliver(ports, ids[3] as number, signal);
    expect(await here().store.breakers.list()).toEqual([]);
    await world.flow();
    for (const id of ids) expect((await now(id)).state).toBe('confirmed');
  });

  test('a good answer between failures ends the count', async () => {
    const bad: Outcome = { kind: 'unclear', reason: '502.', down: true };
    const outcomes: Outcome[] = [bad, bad, { kind: 'confirmed', remoteId: 'b1', url: null }, bad, bad];
    const world = await over(squarePlatform({ publish: async () => outcomes.shift() as Outcome }));
    for (let count = 0; count < 5; count++) await deliver(world.ports, (await world.due()).id, signal);
    expect(await here().store.breakers.get('square')).toMatchObject({ failures: 2, openUntil: null });
    await here().store.breakers.close('square');
  });
});

describe('on Telegram', () => {
  let emulator: TelegramEmulator;
  afterEach(() => emulator.close());
  const telegramWorld = async () => {
    emulator = await startTelegramEmulator();
    const telegram = createTelegram(
      { token: new Secret(emulator.token), apiRoot: emulator.root, sendDeadlineMs: 2000 },
      { log: silentLog, clock: systemClock },
    );
    return over(telegram);
  };

  test('a group that became a supergroup is followed to its new number, and the post arrives there', async () => {
    const world = await telegramWorld();
    emulator.addChat({ id: -42, migratedTo: -1_001_234 });
    emulator.addChat({ id: -1_001_234, type: 'supergroup' });
    const { id } = await world.due({ platform: 'telegram', address: '-42' });
    const elsewhere = await worldOver(here());
    const same = await elsewhere.channel({ platform: 'telegram', address: '-42' });
    await deliver(world.ports, id, signal);
    expect(await channelOf(id)).toMatchObject({ address: '-1001234', state: 'active' });
    expect(await here().store.channels.get(same.id)).toMatchObject({ address: '-1001234' });
    await world.flow();
    expect(await now(id)).toMatchObject({ state: 'confirmed', fence: 2 });
    expect(emulator.sent.map((one) => one.chatId)).toEqual([-1_001_234]);
  });

  test('one that is connected under its new number already is pointed at', async () => {
    const world = await telegramWorld();
    emulator.addChat({ id: -43, migratedTo: -1_001_235 });
    const { id } = await world.due({ platform: 'telegram', address: '-43' });
    await world.channel({ platform: 'telegram', address: '-1001235' });
    await deliver(world.ports, id, signal);
    expect(await channelOf(id)).toMatchObject({
      address: '-43',
      state: 'attention',
      reason: expect.stringContaining('connected already as telegram:-1001235'),
    });
  });

  test.each([
    [403, 'Forbidden: bot was kicked from the channel chat', 'removed from the channel', true],
    [403, 'Forbidden: bot is not a member of the supergroup chat', 'not in the group', true],
    [400, 'Bad Request: chat not found', 'finds no such chat', true],
    [400, 'Bad Request: not enough rights to send text messages to the chat', '“Send Messages” is missing', true],
    [400, 'Bad Request: need administrator rights in the channel chat', '“Post Messages” is missing', true],
    [400, 'Bad Request: TOPIC_CLOSED', 'topic is closed', true],
    [401, 'Unauthorized', 'does not know the bot token', true],
    [400, 'Bad Request: message is too long', '4096', false],
  ])('%i %s is told in plain words', async (code, description, words, trouble) => {
    const world = await telegramWorld();
    emulator.addChat({ id: -100_777 });
    emulator.refuse('sendMessage', code, description);
    const { id } = await world.due({ platform: 'telegram', address: '-100777' });
    await deliver(world.ports, id, signal);
    expect(await now(id)).toMatchObject({
      state: trouble ? 'waiting' : 'rejected',
      reason: expect.stringContaining(words),
    });
    expect((await channelOf(id)).state).toBe(trouble ? 'attention' : 'active');
  });
});
