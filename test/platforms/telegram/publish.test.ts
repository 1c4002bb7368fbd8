import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createTelegram } from '../../../src/platforms/telegram/index.ts';
import type { OutgoingPost, Platform } from '../../../src/ports/platform.ts';
import { BARE } from '../../contracts/platform.ts';
import { startTelegramEmulator, type TelegramEmulator } from '../../emulators/telegram.ts';

const CHANNEL = -1001234567890;
const never = new AbortController().signal;

const post = (address = '@crier_news', text = '<b>Ķīlis & „co” 👩‍👩‍👧</b>'.replace('&', '&amp;')): OutgoingPost => ({
  ...BARE,
  address,
  text,
  attemptId: '0b5f8f8e-5d0c-4a39-9d3e-0f3c5e1c7a11',
  deliveryId: 7,
});

function connect(token: string, apiRoot: string): Platform {
  return createTelegram(
    { token: new Secret(token), apiRoot, sendDeadlineMs: 800 },
    { log: silentLog, clock: systemClock },
  );
}

describe('with a Bot API', () => {
  let telegram: TelegramEmulator;
  let platform: Platform;
  beforeEach(async () => {
    telegram = await startTelegramEmulator({ chats: [{ id: CHANNEL, username: 'Crier_News' }] });
    platform = connect(telegram.token, telegram.root);
  });
  afterEach(() => telegram.close());

  test('the bytes that go out are those of body(), with markup read and no preview of any link', async () => {
    expect(platform.body(post('@crier_news', '<b>x</b>'))).toBe(
      '{"chat_id":"@crier_news","text":"<b>x</b>","parse_mode":"HTML","link_preview_options":{"is_disabled":true}}',
    );
    await platform.publish(post(), never);
    expect(telegram.journal.map((call) => call.raw)).toEqual([platform.body(post())]);
  });

  test('a post has its address in a public channel and in a private one', async () => {
    expect(await platform.publish(post(), never)).toEqual({
      kind: 'confirmed',
      remoteId: '1',
      url: 'https://t.me/Crier_News/1',
    });
    telegram.addChat({ id: -1009, type: 'channel' });
    expect(await platform.publish(post('-1009'), never)).toMatchObject({ url: 'https://t.me/c/9/2' });
  });

  test.each([
    { chat: { id: CHANNEL, bot: 'kicked' }, reason: 'removed from the channel', cure: 'administrator' },
    { chat: { id: CHANNEL, bot: 'left' }, reason: 'not in the channel', cure: 'administrator' },
    { chat: { id: CHANNEL, mayPost: false }, reason: 'may not post in the channel', cure: '“Post Messages”' },
    {
      chat: { id: CHANNEL, type: 'group', migratedTo: -100777 },
      reason: '-100777',
      cure: 'goes on under that number',
      movedTo: '-100777',
    },
  ] as const)(
    '$reason: the whole channel is in trouble, and the cure is named',
    async ({ chat, reason, cure, ...more }) => {
      telegram.addChat(chat);
      expect(await platform.publish(post(String(CHANNEL)), never)).toEqual({
        kind: 'rejected',
        reason: expect.stringContaining(reason),
        cure: expect.stringContaining(cure),
        channelTrouble: true,
        ...more,
      });
    },
  );

  test('a chat that nobody knows is trouble with the channel, a text that is refused only with the post', async () => {
    expect(await platform.publish(post('@nobody_here'), never)).toMatchObject({
      kind: 'rejected',
      channelTrouble: true,
    });
    const refused = await platform.publish(post('@crier_news', '<h1>x</h1>'), never);
    expect(refused).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining('Unsupported start tag "h1"'),
      channelTrouble: false,
    });
    expect(await platform.publish(post('@crier_news', 'x'.repeat(4097)), never)).toMatchObject({
      reason: expect.stringContaining('too long'),
    });
  });

  test('a wait is as long as Telegram says, and left open where it says nothing', async () => {
    telegram.refuse('sendMessage', 429, 'Too Many Requests: retry after 42', { retry_after: 42 });
    expect(await platform.publish(post(), never)).toMatchObject({ kind: 'not-sent', retryAfterMs: 42_000 });
    telegram.refuse('sendMessage', 429, 'Too Many Requests');
    expect(await platform.publish(post(), never)).not.toHaveProperty('retryAfterMs');
  });

  test.each([
    [404, 'rejected'],
    [409, 'unclear'],
    [418, 'unclear'],
    [503, 'unclear'],
  ])('an answer of %i is %s', async (code, kind) => {
    telegram.refuse('sendMessage', code, 'Words');
    expect(await platform.publish(post(), never)).toMatchObject({ kind });
  });

  test('a wrong token is named as such and printed nowhere', async () => {
    const outcome = await connect('123456789:wrong-token', telegram.root).publish(post(), never);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      channelTrouble: true,
      cure: expect.stringContaining('BotFather'),
    });
    telegram.refuse('sendMessage', 400, `Bad Request: ${telegram.token} is odd`);
    expect(JSON.stringify(await platform.publish(post(), never))).not.toContain(telegram.token);
  });

  test('a post that is told to stop before it began was not sent', async () => {
    expect(await platform.publish(post(), AbortSignal.abort())).toMatchObject({ kind: 'not-sent' });
    expect(telegram.journal).toEqual([]);
  });

  test('a server that went away and came back is found again', async () => {
    await telegram.down();
    expect(await platform.publish(post(), never)).toMatchObject({ kind: 'not-sent' });
    await telegram.up();
    expect(await platform.publish(post(), never)).toMatchObject({ kind: 'confirmed' });
  });
});

describe('with something else in its place', () => {
  let server: Server | null = null;
  afterEach(async () => {
    const closing = server;
    server = null;
    if (closing) await new Promise((resolve) => closing.close(resolve));
  });
  /** A server that answers these letters to the first it hears, or nothing at all; its host and port. */
  async function strange(answer: string | null): Promise<string> {
    const listening = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => answer !== null && socket.end(answer));
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(listening.address() as { port: number }).port}`;
  }

  test('a name that does not exist means not sent', async () => {
    expect(await connect('1:x', 'http://nowhere.invalid').publish(post(), never)).toMatchObject({ kind: 'not-sent' });
  });

  test('a connection whose TLS fails means not sent', async () => {
    expect(
      await connect('1:x', `https://${await strange('HTTP/1.1 400 Bad\r\n\r\n')}`).publish(post(), never),
    ).toMatchObject({
      kind: 'not-sent',
    });
  });

  test('a connection that stands but never becomes TLS means not sent', async () => {
    expect(await connect('1:x', `https://${await strange(null)}`).publish(post(), never)).toEqual({
      kind: 'not-sent',
      reason: 'Telegram could not be reached (TIMEOUT); nothing was sent.',
      down: true,
    });
  });

  test.each(['{"ok":true,"result":true}', '{"ok":true}', '{"ok":false}', 'null', '[]', ''])(
    'an answer of %j proves nothing',
    async (answer) => {
      const host = await strange(`HTTP/1.1 200 OK\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`);
      expect(await connect('1:x', `http://${host}`).publish(post(), never)).toMatchObject({ kind: 'unclear' });
    },
  );
});
