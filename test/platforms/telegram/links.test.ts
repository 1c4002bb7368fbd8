import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settableClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createTelegram } from '../../../src/platforms/telegram/index.ts';
import type { Chat, IncomingUpdate } from '../../../src/ports/chat.ts';
import { type EmulatorOptions, startTelegramEmulator, type TelegramEmulator } from '../../emulators/telegram.ts';

const CHANNEL = -1001234567890;
const GROUP = -500;
let telegram: TelegramEmulator;
let chat: Required<Chat>;
const { signal } = new AbortController();

async function connect(options: EmulatorOptions = {}): Promise<void> {
  telegram = await startTelegramEmulator({
    chats: [
      { id: CHANNEL, title: 'News desk', username: 'News_Desk' },
      { id: GROUP, type: 'group', title: 'Links' },
      { id: 4242, title: 'Anna' },
    ],
    ...options,
  });
  const settings = { token: new Secret(telegram.token), apiRoot: telegram.root };
  const made = createTelegram(settings, { log: silentLog, clock: settableClock(new Date(0)) }).chat;
  chat = made as Required<Chat>;
}
beforeEach(() => connect());
afterEach(() => telegram.close());

/** Everything that is heard until somebody says in private that it is enough. */
async function hear(): Promise<IncomingUpdate[]> {
  telegram.pushMessage('enough');
  const heard: IncomingUpdate[] = [];
  const enough = new AbortController();
  await chat.listen(async (update) => {
    if (update.event.kind === 'message') enough.abort();
    else heard.push(update);
  }, enough.signal);
  return heard;
}
const link = (offset: number, length: number) => ({ type: 'url', offset, length });

describe('links in a group or channel', () => {
  test('are told under each address of the chat, with the message, and without the person', async () => {
    const id = telegram.pushIn(CHANNEL, { text: 'See https://a.example/1', entities: [link(4, 19)] });
    const heard = await hear();
    expect(heard.map(({ key, event }) => ({ key, event }))).toEqual(
      ['@news_desk', String(CHANNEL)].map((address) => ({
        key: `${id}:${address}`,
        event: { kind: 'links', address, messageId: expect.any(String), links: ['https://a.example/1'] },
      })),
    );
  });

  test('are those that Telegram marked: shown, behind words, in captions, after emoji, without a scheme', async () => {
    telegram.pushIn(GROUP, {
      text: '👨‍👩‍👧 a.example/ē and here',
      entities: [link(9, 11), { type: 'text_link', offset: 25, length: 4, url: 'https://b.example/' }],
    });
    telegram.pushIn(GROUP, {
      photo: [{ file_id: '1', file_unique_id: '1', width: 1, height: 1 }],
      caption: 'https://c.example',
      caption_entities: [link(0, 17)],
    });
    const heard = await hear();
    expect(heard.map(({ event }) => event.kind === 'links' && event.links)).toEqual([
      ['https://a.example/ē', 'https://b.example/'],
      ['https://c.example'],
    ]);
    expect(JSON.stringify(heard)).not.toContain('Anna');
  });

  test('that were forwarded count, whoever wrote them', async () => {
    const text = 'https://a.example/1';
    const from = { id: 77, is_bot: true, first_name: 'Other bot', username: 'other_bot' };
    telegram.pushIn(GROUP, {
      text,
      entities: [link(0, 19)],
      forward_origin: { type: 'user', date: 1, sender_user: from },
    });
    expect(await hear()).toHaveLength(1);
  });

  test('of bots, of a channel copied into its discussion group, and to Telegram itself are not told', async () => {
    const said = { text: 'https://a.example/1', entities: [link(0, 19)] };
    telegram.pushIn(GROUP, { ...said, from: { id: 7, is_bot: true, first_name: 'Bot', username: 'a_bot' } });
    telegram.pushIn(GROUP, { ...said, is_automatic_forward: true });
    telegram.pushIn(GROUP, { text: 'https://t.me/joinme', entities: [link(0, 19)] });
    telegram.pushIn(GROUP, { text: 'no link' });
    expect(await hear()).toEqual([]);
  });

  test('of an administrator who writes in the name of the group are told', async () => {
    const anonymous = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
    const sender = { id: GROUP, type: 'group', title: 'Links' };
    const said = { text: 'https://a.example/1', entities: [link(0, 19)] };
    telegram.pushIn(GROUP, { ...said, from: anonymous, sender_chat: sender });
    expect(await hear()).toHaveLength(1);
  });
});

describe('whether the bot hears a chat', () => {
  const asked = async (address: string) => (await chat.hears(address, signal)).problems.map(({ problem }) => problem);

  test('an administrator of a channel does', async () => {
    expect(await chat.hears('@news_desk', signal)).toEqual({ title: 'News desk', problems: [], notes: [] });
  });

  test('a member of a group does when its privacy mode is off, or as an administrator', async () => {
    expect(await chat.hears(String(GROUP), signal)).toMatchObject({
      problems: [{ problem: expect.stringContaining('privacy mode'), cure: expect.stringContaining('/setprivacy') }],
    });
    telegram.addChat({ id: GROUP, type: 'group', title: 'Links', bot: 'administrator' });
    expect(await asked(String(GROUP))).toEqual([]);
    await telegram.close();
    await connect({ readsGroups: true });
    expect(await asked(String(GROUP))).toEqual([]);
  });

  test.each([
    ['a chat that is not there', '@nobody_here', {}, 'finds no chat'],
    ['a private chat', '4242', {}, 'private chat'],
    ['a group it has left', String(GROUP), { type: 'group', bot: 'left' }, 'is not in'],
    ['a group it was removed from', String(GROUP), { type: 'group', bot: 'kicked' }, 'finds no chat'],
  ] as const)('in %s it does not, and that is said with its cure', async (_, address, change, problem) => {
    if ('bot' in change) telegram.addChat({ id: GROUP, title: 'Links', ...change });
    const { problems } = await chat.hears(address, signal);
    expect(problems).toEqual([{ problem: expect.stringContaining(problem), cure: expect.stringMatching(/\w/u) }]);
  });
});
