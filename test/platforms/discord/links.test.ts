import { GatewayIntentBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linksIn } from '../../../src/platforms/discord/links.ts';
import type { Chat, IncomingUpdate } from '../../../src/ports/chat.ts';
import { type DiscordUnderTest, discordWithEmulator, never } from './setup.ts';

const author = { id: '1' };

test.each([
  ['https://a.example/1, and (https://b.example/x_(y)).', ['https://a.example/1', 'https://b.example/x_(y)']],
  ['[here](https://a.example/1) **https://b.example/?q=1&r=2**', ['https://a.example/1', 'https://b.example/?q=1&r=2']],
  ['<https://a.example/1> ||https://b.example||', ['https://a.example/1', 'https://b.example']],
  ['https://discord.gg/abc https://discord.com/channels/1/2 https://notdiscord.com/', ['https://notdiscord.com/']],
  ['no link, http:// neither', []],
])('in %j are the links %j', (content, links) => {
  expect(linksIn({ channel_id: '1', author, content })).toEqual(links);
});

test('long messages of brackets take no time', () => {
  const began = performance.now();
  linksIn({ channel_id: '1', author, content: `https://a.example/${'(:)'.repeat(1300)}` });
  expect(performance.now() - began).toBeLessThan(500);
});

describe('the bot', () => {
  let its: DiscordUnderTest;
  let chat: Required<Chat>;
  beforeEach(async () => {
    its = await discordWithEmulator();
    chat = its.discord.chat as Required<Chat>;
  });
  afterEach(async () => {
    await its.emulator.close();
    expect(its.emulator.violations).toEqual([]);
  });

  test('tells links that people write and forward, and asks for what they write only where the portal allows it', async () => {
    const { world, gateway } = its.emulator;
    world.allowContent();
    const heard: IncomingUpdate[] = [];
    const stop = new AbortController();
    const enough = new Promise<void>((resolve) => {
      const listening = chat.listen(async (update) => {
        if (update.event.kind === 'links' && heard.push(update) === 2) resolve();
      }, stop.signal);
      void listening.then(resolve);
    });
    await gateway.ready();
    expect(gateway.intents & GatewayIntentBits.MessageContent).not.toBe(0);
    await its.discord.publish(its.post({ text: 'ours https://a.example/ours' }), never);
    const written = world.reply(null, 'look: https://a.example/1!');
    const forwarded = world.forward('https://b.example/2');
    await enough;
    stop.abort();
    expect(heard.map(({ key, event }) => ({ key, event }))).toEqual(
      [
        [written, 'https://a.example/1'],
        [forwarded, 'https://b.example/2'],
      ].map(([id, link]) => ({
        key: `message:${id}`,
        event: { kind: 'links', address: its.emulator.channelId, messageId: id, links: [link] },
      })),
    );
  });

  test('hears a channel when it may see it and may read what people write; otherwise that is said with its cure', async () => {
    const { world, channelId } = its.emulator;
    expect(await chat.hears(channelId, never)).toMatchObject({
      title: '#news (Harbour)',
      problems: [
        { problem: expect.stringContaining('Message Content Intent'), cure: expect.stringContaining('portal') },
      ],
    });
    world.allowContent();
    expect(await chat.hears(channelId, never)).toEqual({ title: '#news (Harbour)', problems: [], notes: [] });
    // To write there is nothing that listening needs.
    world.deny('Send Messages', 'role');
    expect((await chat.hears(channelId, never)).problems).toEqual([]);
    world.deny('View Channel', 'role');
    expect((await chat.hears(channelId, never)).problems).toHaveLength(1);
    expect((await chat.hears('799999999999999999', never)).problems[0]?.problem).toContain('knows no channel');
  });
});
