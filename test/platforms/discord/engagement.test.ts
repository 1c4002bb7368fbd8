import { afterEach, expect, test } from 'vitest';
import { type DiscordUnderTest, discordWithEmulator, never } from './setup.ts';

let its: DiscordUnderTest;
afterEach(async () => {
  await its.emulator.close();
  expect(its.emulator.violations).toEqual([]);
});

async function published(): Promise<string> {
  const outcome = await its.discord.publish(its.post({ text: `post ${its.emulator.world.messages.length}` }), never);
  if (outcome.kind !== 'confirmed') throw new Error(outcome.kind);
  return outcome.remoteId;
}
const read = (...remoteIds: string[]) =>
  its.discord.engagement?.(
    remoteIds.map((remoteId, deliveryId) => ({ deliveryId, address: its.emulator.channelId, remoteId })),
    never,
  );

test('reactions of readers and replies to the very post are counted', async () => {
  its = await discordWithEmulator();
  const [first, second] = [await published(), await published()];
  const { world } = its.emulator;
  world.react(first, '👍');
  world.react(first, '👍');
  world.react(first, '🎉', 'one');
  world.react(first, '👍', its.emulator.botId);
  world.reply(first, 'why?');
  world.reply(second, 'good');
  world.reply(null, 'something else');
  expect(await read(first, second)).toEqual([
    { deliveryId: 0, values: { reactions: 3, replies: 1 } },
    { deliveryId: 1, values: { reactions: 0, replies: 1 } },
  ]);
  world.unreact(first, '🎉', 'one');
  expect(await read(first)).toEqual([{ deliveryId: 0, values: { reactions: 2, replies: 1 } }]);
});

test('messages of a thread below the post are replies too', async () => {
  its = await discordWithEmulator();
  const post = await published();
  its.emulator.world.openThread(post, 4);
  its.emulator.world.reply(post, 'and one outside');
  expect(await read(post)).toEqual([{ deliveryId: 0, values: { reactions: 0, replies: 5 } }]);
});

test('replies are looked for in the next 300 messages', async () => {
  its = await discordWithEmulator({ validate: false });
  const post = await published();
  for (let count = 0; count < 299; count++) its.emulator.world.reply(count % 100 === 99 ? post : null, 'x');
  its.emulator.world.reply(post, 'the 300th');
  its.emulator.world.reply(post, 'the 301st');
  const before = its.emulator.requests.length;
  expect(await read(post)).toEqual([{ deliveryId: 0, values: { reactions: 0, replies: 3 } }]);
  expect(its.emulator.requests.length - before).toBe(4);
});

test('a post that was deleted has no reading, the others have theirs', async () => {
  its = await discordWithEmulator();
  const [gone, there] = [await published(), await published()];
  its.emulator.world.deleteMessage(gone);
  expect(await read(gone, there)).toEqual([{ deliveryId: 1, values: { reactions: 0, replies: 0 } }]);
});

test('a channel that can not be seen throws', async () => {
  its = await discordWithEmulator();
  const post = await published();
  its.emulator.next('429', { on: 'GET /channels/' });
  await expect(read(post)).rejects.toMatchObject({ name: 'PlatformError', kind: 'rate-limited' });
});
