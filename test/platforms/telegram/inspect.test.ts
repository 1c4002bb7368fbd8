import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createTelegram } from '../../../src/platforms/telegram/index.ts';
import type { Platform } from '../../../src/ports/platform.ts';
import { startTelegramEmulator, type TelegramEmulator } from '../../emulators/telegram.ts';

const CHANNEL = -1001234567890;
const GROUP = -1009876543210;
const never = new AbortController().signal;
let telegram: TelegramEmulator;
let platform: Platform;

beforeEach(async () => {
  telegram = await startTelegramEmulator();
  platform = createTelegram(
    { token: new Secret(telegram.token), apiRoot: telegram.root, sendDeadlineMs: 800 },
    { log: silentLog, clock: systemClock },
  );
});
afterEach(() => telegram.close());

test('a channel where the bot may post has no problem, and its name is told', async () => {
  telegram.addChat({ id: CHANNEL, title: 'Harbour news', username: 'harbour' });
  expect(await platform.inspect('@harbour', never)).toEqual({
    title: 'Harbour news',
    problems: [],
    notes: [expect.stringContaining('Reactions are counted')],
  });
});

test.each([
  { chat: { id: CHANNEL, bot: 'administrator', mayPost: false }, cure: 'tick “Post Messages”' },
  { chat: { id: CHANNEL, bot: 'member' }, cure: 'Add Administrator → @crier_test_bot' },
  { chat: { id: CHANNEL, bot: 'left' }, cure: 'Add Administrator → @crier_test_bot' },
  { chat: { id: CHANNEL, bot: 'kicked' }, cure: 'add @crier_test_bot to the chat' },
  { chat: { id: GROUP, type: 'supergroup', bot: 'left' }, cure: 'Add Members → @crier_test_bot' },
  { chat: { id: GROUP, type: 'supergroup', bot: 'restricted', mayPost: false }, cure: 'allow “Send Messages”' },
] as const)('a bot that is $chat.bot learns: $cure', async ({ chat, cure }) => {
  telegram.addChat(chat);
  const { problems } = await platform.inspect(String(chat.id), never);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.cure).toContain(cure);
});

test.each(['member', 'administrator', 'restricted'] as const)(
  'a group where the bot is %s has no problem',
  async (bot) => {
    telegram.addChat({ id: GROUP, type: 'supergroup', bot });
    expect((await platform.inspect(String(GROUP), never)).problems).toEqual([]);
  },
);

test('a chat that nobody knows is a problem with a cure', async () => {
  const { problems } = await platform.inspect('@nobody_here', never);
  expect(problems[0]?.problem).toContain('finds no chat @nobody_here');
});

test('a failure to ask is thrown, with its kind', async () => {
  telegram.refuse('getMe', 401, 'Unauthorized');
  await expect(platform.inspect('@x_name', never)).rejects.toMatchObject({ kind: 'unauthorized' });
  telegram.refuse('getMe', 429, 'Too Many Requests: retry after 5', { retry_after: 5 });
  await expect(platform.inspect('@x_name', never)).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 5000 });
  await telegram.down();
  await expect(platform.inspect('@x_name', never)).rejects.toMatchObject({ kind: 'unavailable' });
});
