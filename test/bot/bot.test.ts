import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { deliver } from '../../src/pipeline/deliver/index.ts';
import { jobHandler } from '../../src/pipeline/index.ts';
import type { IncomingEvent, IncomingUpdate } from '../../src/ports/chat.ts';
import { fresh, signal } from '../pipeline/world.ts';
import { type TestStore, testStore } from '../support/database.ts';
import { botOver, START } from './support.ts';

let here: TestStore;
beforeAll(async () => {
  here = await testStore();
});
afterAll(() => here.close());

const update = (event: IncomingEvent, key = fresh('update')): IncomingUpdate => ({ key, at: START, event });
const message = (id: string, text: string, start: string | null = null): IncomingEvent => ({
  kind: 'message',
  person: { id, name: 'Anna Ozola', language: 'en' },
  to: id,
  text,
  start,
});
const rowOf = async (key: string) => (await here.sql('SELECT * FROM "update" WHERE key = $1', [key]))[0];

describe('listening', () => {
  test('stores each update with its job before the platform is told that it arrived', async () => {
    const { bot, chat, world } = await botOver(here);
    const stop = new AbortController();
    const ended = bot.listen(stop.signal);
    const one = update(message('p1', 'Hello'));
    await chat.arrive(one);
    const row = await rowOf(one.key);
    expect(row.handled_at).toBeNull();
    expect(await world.sent()).toEqual([{ verb: 'qualify', updateId: row.id }]);
    await chat.arrive(one);
    expect(await world.sent()).toHaveLength(1);
    expect(Buffer.from(row.content).toString('latin1')).not.toContain('Hello');
    stop.abort();
    await ended;
  });
});

describe('an update', () => {
  /** A person who agreed, and an update in which they write. */
  async function written() {
    const house = await botOver(here);
    const { code } = await house.post('en');
    const reader = house.reader('en');
    await reader.starts(code);
    await reader.presses('Yes, I agree');
    const one = update(message(reader.id, 'We need forty trees, please.'));
    await here.store.updates.add('square', one, START);
    const { id } = await rowOf(one.key);
    const lead = () => here.store.leads.byContact(house.world.brand.id, { kind: 'square', value: reader.id });
    house.chat.sent.length = 0;
    return { ...house, id: id as number, key: one.key, lead };
  }

  test('is handled once, however often its job comes, and its content is deleted', async () => {
    const { bot, chat, id, key, lead } = await written();
    for (let time = 0; time < 3; time++) await bot.handle(id, signal);
    expect(chat.sent).toHaveLength(1);
    expect((await lead())?.messages).toHaveLength(1);
    expect(await rowOf(key)).toMatchObject({ content: null, handled_at: START });
  });

  test('is handled once by workers that take it at the same moment', async () => {
    const { bot, chat, id, lead } = await written();
    await Promise.all([1, 2, 3, 4].map(() => bot.handle(id, signal)));
    expect((await lead())?.messages).toHaveLength(1);
    expect(chat.sent).toHaveLength(1);
  });

  test('whose handling fails half-way leaves nothing behind and is handled whole the next time', async () => {
    const house = await botOver(here);
    const { code } = await house.post('en');
    const reader = house.reader('en');
    const [greeting] = await reader.starts(code);
    const person = { id: reader.id, name: 'Anna Ozola', language: 'en' };
    const agrees = update({ kind: 'button', person, to: reader.id, data: greeting?.buttons?.[0]?.data as string });
    await here.store.updates.add('square', agrees, START);
    const { id } = await rowOf(agrees.key);
    const lead = () => here.store.leads.byContact(house.world.brand.id, { kind: 'square', value: reader.id });
    house.chat.sent.length = 0;
    // The lead is stored by then; what comes after it in the same update is refused.
    await here.sql(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no space left'; END $$`,
    );
    await here.sql('CREATE TRIGGER refuse BEFORE UPDATE ON conversation FOR EACH ROW EXECUTE FUNCTION refuse()');
    const handle = jobHandler(house.ports, house.bot.handle);
    await expect(handle({ verb: 'qualify', updateId: id }, signal)).rejects.toThrow();
    expect(await lead()).toBeNull();
    expect(house.chat.sent).toEqual([]);
    await here.sql('DROP TRIGGER refuse ON conversation');
    expect(await here.store.updates.waiting(1000)).toContain(id);
    await handle({ verb: 'qualify', updateId: id }, signal);
    expect(await lead()).toMatchObject({ touches: [{}], consents: [{}], score: 20 });
    expect(house.chat.sent).toHaveLength(1);
  });

  test('whose answer can’t be sent at once is answered at the next try, and stays handled when it never can', async () => {
    const { bot, chat, id } = await written();
    chat.tries = 0;
    chat.fails = 2;
    await bot.handle(id, signal);
    expect(chat.sent).toHaveLength(1);
    const next = await written();
    next.chat.tries = 0;
    next.chat.fails = 99;
    await next.bot.handle(next.id, signal);
    expect(next.chat).toMatchObject({ tries: 3, sent: [] });
    expect((await next.lead())?.messages).toHaveLength(1);
    expect(await here.store.updates.waiting(1000)).not.toContain(next.id);
  });

  test('that was never stored is nothing', async () => {
    const { bot, chat } = await botOver(here);
    await bot.handle(999_999, signal);
    expect(chat.sent).toEqual([]);
  });
});

test('numbers that a platform tells are kept for the post they belong to, and nobody is answered', async () => {
  const { bot, chat, world } = await botOver(here);
  const delivery = await world.due();
  await deliver(world.ports, delivery.id, signal);
  const channel = await here.store.channels.get(delivery.channelId);
  const one = update({
    kind: 'engagement',
    address: channel?.address as string,
    remoteId: '1',
    values: { reactions: 5 },
  });
  await here.store.updates.add('square', one, START);
  await bot.handle((await rowOf(one.key)).id, signal);
  expect((await here.store.engagements.latest([delivery.id])).get(delivery.id)).toEqual({ reactions: 5 });
  expect(chat.sent).toEqual([]);
});

test('nothing that a person says or is reaches the log', async () => {
  const lines: string[] = [];
  const take = (fields: object, sentence: string) => void lines.push(JSON.stringify([fields, sentence]));
  const log = { ...silentLog, debug: take, info: take, warn: take, error: take, child: () => log };
  const house = await botOver(here, { ports: { log } });
  const { code } = await house.post('en');
  const reader = house.reader('en', 'Canary Name');
  await reader.starts(code);
  await reader.presses('Yes, I agree');
  await reader.says('canary message, long enough to score');
  await reader.shares('+37120009999');
  house.chat.fails = 99;
  await reader.says('canary message again');
  await reader.says('/forget');
  expect(lines.length).toBeGreaterThan(2);
  for (const secret of ['Canary', 'canary', '20009999', reader.id]) expect(lines.join('\n')).not.toContain(secret);
});
