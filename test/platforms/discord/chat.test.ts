import { GatewayIntentBits } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import type { IncomingUpdate } from '../../../src/ports/chat.ts';
import { type DiscordUnderTest, discordWithEmulator, never } from './setup.ts';

let its: DiscordUnderTest;
let stop: AbortController;
let listening: Promise<void> | undefined;
let updates: IncomingUpdate[];
let wake: () => void = () => {};

afterEach(async () => {
  stop.abort();
  await listening;
  await its.emulator.close();
  expect(its.emulator.violations).toEqual([]);
});

async function listen(options: Parameters<typeof discordWithEmulator>[0] = {}): Promise<void> {
  its = await discordWithEmulator(options);
  stop = new AbortController();
  updates = [];
  listening = its.discord.chat?.listen(async (update) => {
    updates.push(update);
    wake();
  }, stop.signal);
}
async function until(holds: () => boolean): Promise<void> {
  while (!holds())
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, 10);
    });
}
async function published(text = 'A quay opened.'): Promise<string> {
  const outcome = await its.discord.publish(its.post({ text }), never);
  if (outcome.kind !== 'confirmed') throw new Error(outcome.kind);
  return outcome.remoteId;
}
const changed = (remoteId: string) => ({
  kind: 'engagement-changed',
  address: its.emulator.channelId,
  remoteId,
});

test('a reaction and a reply to a post are told, with the least intents', async () => {
  await listen();
  await its.emulator.gateway.ready();
  const { Guilds, GuildMessages, GuildMessageReactions } = GatewayIntentBits;
  expect(its.emulator.gateway.intents).toBe(Guilds | GuildMessages | GuildMessageReactions);
  const first = await published();
  its.emulator.world.react(first, '👍', 'reader');
  await until(() => updates.length === 1);
  its.emulator.world.unreact(first, '👍', 'reader');
  await until(() => updates.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 60));
  its.emulator.world.reply(first, 'why?');
  await until(() => updates.length === 3);
  expect(updates.map((update) => update.event)).toEqual([changed(first), changed(first), changed(first)]);
  expect(new Set(updates.map((update) => update.key)).size).toBe(3);
  expect(updates[0]?.at).toEqual(its.clock.now());
});

test('what is not about a post of ours is not told', async () => {
  await listen();
  await its.emulator.gateway.ready();
  const { world } = its.emulator;
  const other = world.reply(null, 'somebody else');
  world.react(other);
  world.reply(other, 'an answer to somebody else');
  const ours = await published();
  world.react(ours, '👍', its.emulator.botId);
  world.reply(ours, 'a last word');
  await until(() => updates.length > 0);
  stop.abort();
  await listening;
  expect(updates.map((update) => update.event)).toEqual([changed(ours)]);
});

test('a storm of reactions becomes two updates, and the second comes at the end at the latest', async () => {
  await listen({ foldMs: 60_000 });
  await its.emulator.gateway.ready();
  const [stormy, calm] = [await published('one'), await published('two')];
  for (let count = 0; count < 50; count++) its.emulator.world.react(stormy);
  its.emulator.world.react(calm);
  await until(() => updates.length === 2);
  stop.abort();
  await listening;
  expect(updates.map((update) => update.event)).toEqual([changed(stormy), changed(calm), changed(stormy)]);
});

test('a lost connection is resumed, and what happened meanwhile comes after', async () => {
  await listen();
  await its.emulator.gateway.ready();
  const post = await published();
  its.emulator.gateway.disconnect(4000);
  its.emulator.world.react(post);
  expect(updates).toEqual([]);
  await its.emulator.gateway.ready();
  await until(() => updates.length === 1);
  expect(its.emulator.gateway).toMatchObject({ identified: 1, resumed: 1 });
  expect(its.logged).toContainEqual(
    expect.objectContaining({ level: 'warn', sentence: 'gateway connection lost, reconnecting' }),
  );
});

test('an update that can not be stored is a warning, and the next one comes', async () => {
  its = await discordWithEmulator();
  stop = new AbortController();
  let calls = 0;
  listening = its.discord.chat?.listen(async () => {
    if (++calls === 1) throw new Error('the database is away');
  }, stop.signal);
  await its.emulator.gateway.ready();
  const post = await published();
  its.emulator.world.react(post);
  await until(() => its.logged.some((line) => line.level === 'warn'));
  await new Promise((resolve) => setTimeout(resolve, 60));
  its.emulator.world.react(post);
  await until(() => calls === 2);
});

test.each([
  ['a wrong token', { sayToken: 'canary-token' }, ~0, 'DISCORD_BOT_TOKEN'],
  ['intents that are not allowed', {}, 1, 'Privileged Gateway Intents'],
] as const)('%s is one error with its cure, and no crash', async (_, options, allowed, cure) => {
  its = await discordWithEmulator(options);
  its.emulator.gateway.allow(allowed);
  stop = new AbortController();
  let over = false;
  listening = its.discord.chat
    ?.listen(async () => {}, stop.signal)
    .then(() => {
      over = true;
    });
  await until(() => its.logged.some((line) => line.level === 'error'));
  expect(its.logged.filter((line) => line.level === 'error')).toEqual([
    {
      level: 'error',
      fields: expect.objectContaining({ cure: expect.stringContaining(cure) }),
      sentence: expect.any(String),
    },
  ]);
  expect(JSON.stringify(its.logged)).not.toContain('canary-token');
  expect(over).toBe(false);
  stop.abort();
  await listening;
  expect(over).toBe(true);
});

test('the signal ends it while the gateway can not be reached, and nothing tries again', async () => {
  await listen();
  await its.emulator.gateway.ready();
  const asked = its.emulator.gateway.identified + its.emulator.gateway.resumed;
  its.emulator.gateway.disconnect(4000);
  await until(() => its.emulator.gateway.open() === 0);
  stop.abort();
  await listening;
  // discord.js waits 500 ms before it connects again.
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(its.emulator.gateway.open()).toBe(0);
  expect(its.emulator.gateway.identified + its.emulator.gateway.resumed).toBe(asked);
});

test('conversations are refused for now', async () => {
  await listen();
  await expect(its.discord.chat?.send('1', { text: 'hello' }, never)).rejects.toMatchObject({ kind: 'rejected' });
  expect(await its.discord.chat?.deepLink('code')).toBeNull();
});
