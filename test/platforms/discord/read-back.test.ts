import { afterEach, expect, test } from 'vitest';
import { MINUTE } from '../../../src/lib/clock.ts';
import type { Trace } from '../../../src/ports/platform.ts';
import { type DiscordUnderTest, discordWithEmulator, never } from './setup.ts';

let its: DiscordUnderTest;
afterEach(async () => {
  await its.emulator.close();
  expect(its.emulator.violations).toEqual([]);
});

async function lost(more: Parameters<DiscordUnderTest['post']>[0] = {}): Promise<Trace> {
  its = await discordWithEmulator({ now: new Date() });
  const post = its.post(more);
  its.emulator.next('reset-after-accept');
  expect(await its.discord.publish(post, never)).toMatchObject({ kind: 'unclear' });
  return { address: post.address, text: post.text, body: its.discord.body(post), ownLinks: [], since: new Date() };
}
const look = (trace: Trace) => its.discord.lookFor?.(trace, never);

test('the post is found among the messages of others, by its nonce, with its address', async () => {
  const trace = await lost();
  its.emulator.world.reply(null, 'A quay opened.');
  const [message] = its.emulator.world.messages;
  expect(await look(trace)).toEqual({
    kind: 'found',
    remoteId: message?.id,
    url: `https://discord.com/channels/${its.emulator.guildId}/${its.emulator.channelId}/${message?.id}`,
  });
});

test('where Discord keeps no nonce the words decide, of the bot only', async () => {
  const trace = await lost();
  const [message] = its.emulator.world.messages;
  if (message) message.nonce = null;
  expect(await look(trace)).toMatchObject({ kind: 'found', remoteId: message?.id });
  if (message) its.emulator.world.deleteMessage(message.id);
  its.emulator.world.reply(null, 'A quay opened.');
  expect(await look(trace)).toMatchObject({ kind: 'absent' });
});

test('a message from before the try is not the post', async () => {
  const trace = await lost();
  const [message] = its.emulator.world.messages;
  if (message) message.nonce = null;
  expect(await look({ ...trace, since: new Date(Date.now() + 5 * MINUTE) })).toMatchObject({ kind: 'absent' });
});

test('a busy channel is read page by page, and one that is too busy is nobody’s proof', async () => {
  const trace = await lost();
  its.emulator.world.deleteMessage(its.emulator.world.messages[0]?.id as string);
  for (let count = 0; count < 150; count++) its.emulator.world.reply(null, `chatter ${count}`);
  expect(await look(trace)).toMatchObject({ kind: 'absent' });
  for (let count = 0; count < 200; count++) its.emulator.world.reply(null, `more ${count}`);
  expect(await look(trace)).toMatchObject({ kind: 'cannot-tell', reason: expect.stringContaining('too many') });
});

test('without Read Message History nothing is concluded, and the right is named', async () => {
  const trace = await lost();
  its.emulator.world.deny('Read Message History', 'role');
  expect(await look(trace)).toEqual({ kind: 'cannot-tell', reason: expect.stringContaining('"Read Message History"') });
  its.emulator.world.deny('View Channel', 'role');
  expect(await look(trace)).toEqual({ kind: 'cannot-tell', reason: expect.stringContaining('"Read Message History"') });
});

test('a repetition that is refused proves nothing of the first try', async () => {
  const trace = await lost();
  its.emulator.next('403');
  expect(await its.discord.repeat?.send(trace, never)).toMatchObject({ kind: 'cannot-tell' });
});
