import { afterEach, expect, test } from 'vitest';
import { sharedPath } from '../support/shared.ts';
import { startTelegramEmulator, type TelegramEmulator } from './telegram.ts';

const absent = sharedPath('specs', 'telegram.schema.json') === null ? ' (skipped: no shared specs)' : '';
let telegram: TelegramEmulator | null = null;

afterEach(async () => {
  await telegram?.close();
  telegram = null;
});

/** A client without a library: what it gets is what the server says. */
async function call(method: string, payload: object = {}, token = telegram?.token): Promise<Record<string, unknown>> {
  const response = await fetch(`${telegram?.root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

test('a wrong token and an unknown method are told apart', async () => {
  telegram = await startTelegramEmulator();
  expect(await call('getMe')).toMatchObject({ ok: true, result: { is_bot: true, username: 'crier_test_bot' } });
  expect(await call('getMe', {}, '1:no')).toEqual({
    status: 401,
    ok: false,
    error_code: 401,
    description: 'Unauthorized',
  });
  expect(await call('getYou')).toMatchObject({ status: 404, description: 'Not Found: method not found' });
});

test('a message is read as HTML, and one that is too long or broken is refused', async () => {
  telegram = await startTelegramEmulator({ acceptAnyChat: true });
  const send = (text: string) => call('sendMessage', { chat_id: '@news', text, parse_mode: 'HTML' });
  expect(await send('<b>a</b> &lt;')).toMatchObject({
    result: { text: 'a <', entities: [{ type: 'bold', offset: 0, length: 1 }], chat: { username: 'news' } },
  });
  expect(await send('<b>')).toMatchObject({
    status: 400,
    description: expect.stringContaining("can't parse entities"),
  });
  expect(await send('x'.repeat(4097))).toMatchObject({ status: 400, description: 'Bad Request: message is too long' });
  expect(telegram.sent).toHaveLength(1);
});

test('updates come again until a higher offset confirms them', async () => {
  telegram = await startTelegramEmulator();
  const id = telegram.pushMessage('hello');
  for (const offset of [0, id])
    expect(await call('getUpdates', { offset })).toMatchObject({ result: [{ update_id: id }] });
  expect(await call('getUpdates', { offset: id + 1 })).toMatchObject({ result: [] });
});

test('a long poll ends with the first update, and of two the older is sent away', async () => {
  telegram = await startTelegramEmulator();
  const older = call('getUpdates', { timeout: 30 });
  await telegram.waitFor((one) => one.method === 'getUpdates');
  const newer = call('getUpdates', { timeout: 30 });
  expect(await older).toMatchObject({
    status: 409,
    description: expect.stringContaining('terminated by other getUpdates'),
  });
  telegram.pushMessage('hello');
  expect(await newer).toMatchObject({ result: [{ message: { text: 'hello' } }] });
});

test('reaction counts come only to who names them', async () => {
  telegram = await startTelegramEmulator({ acceptAnyChat: true });
  telegram.pushReactions(-1001, 1, { '👍': 1 });
  expect(await call('getUpdates')).toMatchObject({ result: [] });
  telegram.pushReactions(-1001, 1, { '👍': 1 });
  expect(await call('getUpdates', { allowed_updates: ['message_reaction_count'] })).toMatchObject({ result: [{}] });
});

test.skipIf(absent)(
  `a request or an update that the Bot API does not know fails the test that made it${absent}`,
  async () => {
    const strict = await startTelegramEmulator({ acceptAnyChat: true });
    telegram = strict;
    await call('sendMessage', { chat_id: 1, text: 'x', colour: 'red' });
    strict.push({ message: { text: 'x' } });
    await expect(strict.close()).rejects.toThrow(/method:sendMessage.*\n.*Update/u);
    telegram = null;
  },
);
