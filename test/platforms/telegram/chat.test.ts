import { afterEach, beforeEach, expect, test } from 'vitest';
import { settableClock } from '../../../src/lib/clock.ts';
import type { Log } from '../../../src/lib/log.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createTelegram } from '../../../src/platforms/telegram/index.ts';
import type { Chat, IncomingUpdate } from '../../../src/ports/chat.ts';
import { startTelegramEmulator, type TelegramEmulator } from '../../emulators/telegram.ts';

const CHANNEL = -1001234567890;
let telegram: TelegramEmulator;
let chat: Chat;
let logged: string[];
let stop: AbortController;
let listening: Promise<void>[];

const log: Log = {
  debug: () => {},
  info: () => {},
  warn: (_fields, sentence) => logged.push(`warn: ${sentence}`),
  error: (_fields, sentence) => logged.push(`error: ${sentence}`),
  child: () => log,
};

function connect(): Chat {
  const settings = { token: new Secret(telegram.token), apiRoot: telegram.root };
  const listenTiming = { pollSeconds: 2, conflictMs: 150, retryMs: 20 };
  const made = createTelegram({ ...settings, listenTiming }, { log, clock: settableClock(new Date(0)) }).chat;
  if (!made) throw new Error('Telegram has a chat');
  return made;
}

/** Listens until `count` updates are stored, then stops; what was stored. */
async function hear(count: number): Promise<IncomingUpdate[]> {
  const heard: IncomingUpdate[] = [];
  const enough = new AbortController();
  await chat.listen(async (update) => {
    heard.push(update);
    if (heard.length >= count) enough.abort();
  }, enough.signal);
  return heard;
}

/** Listens in the background until the test ends. */
function keepListening(store: (update: IncomingUpdate) => Promise<void>, by = chat): void {
  listening.push(by.listen(store, stop.signal));
}

beforeEach(async () => {
  telegram = await startTelegramEmulator({ chats: [{ id: CHANNEL, username: 'Crier_News' }] });
  logged = [];
  stop = new AbortController();
  listening = [];
  chat = connect();
});
afterEach(async () => {
  stop.abort();
  await Promise.all(listening);
  await telegram.close();
});

test('a message names the person, the language and where an answer goes', async () => {
  const id = telegram.pushMessage('Labdien!', { language_code: 'pt-BR' });
  expect(await hear(1)).toEqual([
    {
      key: String(id),
      at: expect.any(Date),
      event: {
        kind: 'message',
        person: { id: '4242', name: 'Anna Ozola', language: 'pt' },
        to: '4242',
        text: 'Labdien!',
        start: null,
      },
    },
  ]);
});

test.each([
  ['/start Ab3_-x', 'Ab3_-x'],
  ['/start@crier_test_bot Ab3', 'Ab3'],
  ['/start', null],
  ['/started now', null],
  ['/start two words', null],
  ['say /start x', null],
])('%j carries the payload %j', async (text, start) => {
  telegram.pushMessage(text);
  expect((await hear(1))[0]?.event).toMatchObject({ kind: 'message', text, start });
});

test('a contact counts only when it is the own one of who shares it', async () => {
  telegram.pushContact('37120000001', 999);
  telegram.pushContact('+371 20000000', 4242);
  expect((await hear(1)).map(({ event }) => event)).toEqual([
    { kind: 'contact', person: expect.objectContaining({ id: '4242' }), to: '4242', phone: '+37120000000' },
  ]);
});

test('what is said in groups, by bots and by channels is not heard', async () => {
  const message = { message_id: 1, date: 1, text: 'x' };
  const from = { id: 5, is_bot: false, first_name: 'A' };
  telegram.push({ message: { ...message, from, chat: { id: -5, type: 'group', title: 'G' } } });
  telegram.push({ message: { ...message, from: { ...from, is_bot: true }, chat: { id: 5, type: 'private' } } });
  telegram.push({ channel_post: { ...message, chat: { id: CHANNEL, type: 'channel', title: 'C' } } });
  telegram.pushMessage('at last');
  expect((await hear(1))[0]?.event).toMatchObject({ text: 'at last' });
});

test('a pressed button gives its data, and its waiting sign ends', async () => {
  keepListening(async (update) => {
    expect(update.event).toMatchObject({ kind: 'button', to: '4242', data: 'agree' });
  });
  const id = telegram.pushButton('agree');
  const call = await telegram.waitFor((one) => one.method === 'answerCallbackQuery');
  expect(call.payload).toEqual({ callback_query_id: `query-${id}` });
});

test('reaction counts are totals, under each address that the channel may have been connected by', async () => {
  telegram.pushReactions(CHANNEL, 17, { '👍': 3, '🔥': 2 });
  const heard = await hear(2);
  expect(new Set(heard.map(({ key }) => key)).size).toBe(2);
  expect(heard.map(({ event }) => event)).toEqual(
    ['@crier_news', String(CHANNEL)].map((address) => ({
      kind: 'engagement',
      address,
      remoteId: '17',
      values: { reactions: 5 },
    })),
  );
});

test('an update is confirmed only after it was stored', async () => {
  telegram.pushMessage('first');
  let resolve = (): void => {};
  const stored = new Promise<void>((done) => {
    resolve = done;
  });
  const started = new Promise<void>((begin) => {
    keepListening(() => {
      begin();
      return stored;
    });
  });
  await started;
  expect(telegram.unconfirmed()).toBe(1);
  resolve();
  await telegram.waitFor((call) => call.method === 'getUpdates' && Number(call.payload.offset) > 0);
  expect(telegram.unconfirmed()).toBe(0);
});

test('an update that could not be stored comes again, and those before it do not', async () => {
  telegram.pushMessage('one');
  telegram.pushMessage('two');
  const tries: string[] = [];
  let failing = true;
  const done = new Promise<void>((resolve) => {
    keepListening(async ({ event }) => {
      const text = event.kind === 'message' ? event.text : '';
      tries.push(text);
      if (text !== 'two') return;
      if (!failing) return resolve();
      failing = false;
      throw new Error('the database is away');
    });
  });
  await done;
  expect(tries).toEqual(['one', 'two', 'two']);
  expect(logged).toEqual(['warn: an update could not be stored and will be fetched again']);
});

test('an update of a shape that nobody foresaw does not stop those behind it', async () => {
  telegram.push({ message: { message_id: 1, date: 1 } });
  telegram.pushMessage('behind');
  expect((await hear(1))[0]?.event).toMatchObject({ text: 'behind' });
  telegram.violations.length = 0;
  expect(logged).toEqual(['error: an update could not be read and is left out']);
});

test('a webhook is taken away first, and reaction counts are asked for by name', async () => {
  telegram.pushMessage('x');
  await hear(1);
  expect(telegram.journal.slice(0, 2).map((call) => call.method)).toEqual(['deleteWebhook', 'getUpdates']);
  expect(telegram.journal[1]?.payload.allowed_updates).toEqual([
    'message',
    'channel_post',
    'callback_query',
    'message_reaction_count',
  ]);
});

test('a second listener sends the first away, which waits and neither ends nor hurries', async () => {
  keepListening(async () => {});
  await telegram.waitFor((call) => call.method === 'getUpdates');
  const second = new AbortController();
  const heard: string[] = [];
  const other = connect().listen(async ({ key }) => {
    heard.push(key);
    second.abort();
  }, second.signal);
  await telegram.waitFor((call) => call.method === 'getUpdates' && call.status === 409);
  const id = telegram.pushMessage('to the newer one');
  await other;
  expect(heard).toEqual([String(id)]);
  expect(logged).toEqual(['warn: another program fetches the updates of this bot; waiting for it to end']);
  const before = performance.now();
  const polls = telegram.journal.filter((call) => call.method === 'getUpdates').length;
  await telegram.waitFor(() => telegram.journal.filter((call) => call.method === 'getUpdates').length > polls);
  expect(performance.now() - before).toBeGreaterThan(50);
});

test('a token that was taken back ends the asking with one error', async () => {
  telegram.refuse('getUpdates', 401, 'Unauthorized');
  const end = new AbortController();
  const ended = chat.listen(async () => {}, end.signal);
  await telegram.waitFor((call) => call.method === 'getUpdates' && call.status === 401);
  // Another listener's three retries take longer than the first would wait for its own.
  await telegram.next('500', { method: 'getUpdates', times: 3 });
  telegram.pushMessage('x');
  chat = connect();
  await hear(1);
  expect(telegram.journal.filter((call) => call.method === 'getUpdates')).toHaveLength(1 + 4);
  expect(logged.filter((line) => line.startsWith('error: Telegram does not know the bot token'))).toHaveLength(1);
  end.abort();
  await ended;
});

test('trouble of the server and of the network is waited out, with one warning in a row', async () => {
  await telegram.next('500', { method: 'getUpdates', times: 2 });
  await telegram.next('bad-json', { method: 'getUpdates' });
  telegram.pushMessage('still there');
  expect((await hear(1))[0]?.event).toMatchObject({ text: 'still there' });
  expect(logged).toEqual(['warn: Telegram did not give updates; trying again']);

  await telegram.down();
  const hearing = hear(1);
  await telegram.up();
  telegram.pushMessage('and back');
  expect((await hearing)[0]?.event).toMatchObject({ text: expect.stringMatching(/still there|and back/u) });
});

test('what the bot says arrives letter for letter, with its buttons', async () => {
  const text = '<b>not bold</b> & _so_ on';
  telegram.addChat({ id: 4242 });
  await chat.send(
    '4242',
    {
      text,
      buttons: [
        { label: 'Yes <3', data: 'agree:1' },
        { label: 'No', data: 'no' },
      ],
    },
    stop.signal,
  );
  expect(telegram.sent).toMatchObject([
    {
      chatId: 4242,
      plain: text,
      buttons: [
        { text: 'Yes <3', data: 'agree:1' },
        { text: 'No', data: 'no' },
      ],
    },
  ]);
});

test('what the bot could not say is thrown, with its kind', async () => {
  await expect(chat.send('777', { text: 'x' }, stop.signal)).rejects.toMatchObject({ kind: 'rejected' });
  await telegram.next('429');
  await expect(chat.send('777', { text: 'x' }, stop.signal)).rejects.toMatchObject({
    kind: 'rate-limited',
    retryAfterMs: 3000,
  });
  await telegram.next('reset-after-accept');
  telegram.addChat({ id: 777 });
  await expect(chat.send('777', { text: 'x' }, stop.signal)).rejects.toMatchObject({ kind: 'outcome-unknown' });
});

test('a deep link opens the bot; its name is asked for once', async () => {
  expect(await chat.deepLink('Ab3_-x')).toBe('https://t.me/crier_test_bot?start=Ab3_-x');
  expect(await chat.deepLink('zz')).toBe('https://t.me/crier_test_bot?start=zz');
  expect(telegram.journal.map((call) => call.method)).toEqual(['getMe']);
  await telegram.down();
  expect(await connect().deepLink('x')).toBeNull();
});
