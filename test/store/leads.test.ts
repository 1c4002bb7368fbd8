import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ports/store/index.ts';
import { type TestStore, testStore } from '../support/database.ts';
import { later, NOW, next, person, scene } from './seed.ts';

let house: TestStore;
let store: Store;
beforeAll(async () => {
  house = await testStore();
  store = house.store;
});
afterAll(() => house.close());

const email = (name: string) => ({ kind: 'email', value: `${name}-${next()}@example.lv` });

/** Everything in the database, as somebody reads it who has stolen it: text, and bytes both as text and as hex. */
async function dump(): Promise<string> {
  const tables = await house.sql(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const lines: string[] = [];
  for (const { name } of tables)
    for (const row of await house.sql(`SELECT * FROM "${name}"`))
      for (const value of Object.values(row))
        lines.push(Buffer.isBuffer(value) ? value.toString('latin1') + value.toString('utf8') : JSON.stringify(value));
  return lines.join('\n');
}

describe('one person', () => {
  test('twice is one lead, which keeps the first name and gathers the rest', async () => {
    const first = await scene(store);
    const second = await scene(store);
    const mail = email('anna');
    const phone = { kind: 'phone', value: `+371200000${next()}` };
    const { lead, created } = await store.leads.upsert(person(first, { contacts: [mail], message: 'Hello' }));
    expect(created).toBe(true);
    const again = await store.leads.upsert(
      person(second, { name: 'A. B.', contacts: [mail, phone], message: 'It is me again' }),
    );
    expect(again.created).toBe(false);
    expect(again.lead).toMatchObject({
      id: lead.id,
      name: 'Anna Bērziņa',
      contacts: [mail, phone],
      touches: [{ postId: first.post.id }, { postId: second.post.id, channel: `preview:${second.channel.address}` }],
      messages: [{ from: 'lead', text: 'Hello' }, { text: 'It is me again' }],
    });
    expect(again.lead.consents).toHaveLength(2);
    expect(await store.leads.byContact(first.brand.id, phone)).toEqual(again.lead);
  });

  test('ten times at the same instant is one lead', async () => {
    const place = await scene(store);
    const mail = email('crowd');
    const other = await house.another();
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? store : other).leads.upsert(person(place, { contacts: [mail] })),
      ),
    );
    expect(new Set(results.map((one) => one.lead.id)).size).toBe(1);
    expect(results.filter((one) => one.created)).toHaveLength(1);
    expect((await store.leads.get(results[0]?.lead.id as number))?.touches).toHaveLength(10);
  });

  test('two people who come in opposite order of contacts do not wait for each other for ever', async () => {
    const place = await scene(store);
    const [left, right] = [email('left'), email('right')];
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        store.leads.upsert(person(place, { contacts: index % 2 === 0 ? [left, right] : [right, left] })),
      ),
    );
    expect(new Set(results.map((one) => one.lead.id)).size).toBe(1);
  });

  test('of two brands is two leads, of which neither can be told from the index', async () => {
    const place = await scene(store);
    const brand = await store.brands.save({ ...place.brand, id: 0, slug: `second-${next()}` });
    const mail = email('both');
    const one = await store.leads.upsert(person(place, { contacts: [mail] }));
    const two = await store.leads.upsert(person({ brand }, { contacts: [mail] }));
    expect(two.created).toBe(true);
    const rows = await house.sql('SELECT DISTINCT blind FROM lead_contact WHERE lead_id = ANY($1)', [
      [one.lead.id, two.lead.id],
    ]);
    expect(rows).toHaveLength(2);
  });

  test('whose contact is another lead’s already keeps apart from it', async () => {
    const place = await scene(store);
    const [mine, yours] = [email('mine'), email('yours')];
    const me = await store.leads.upsert(person(place, { contacts: [mine] }));
    const you = await store.leads.upsert(person(place, { contacts: [yours] }));
    await store.leads.addContact(you.lead.id, mine, NOW);
    expect((await store.leads.byContact(place.brand.id, mine))?.id).toBe(me.lead.id);
    expect((await store.leads.get(you.lead.id))?.contacts).toEqual([yours]);
  });
});

test('a name that comes later is taken where none was', async () => {
  const place = await scene(store);
  const mail = email('nameless');
  await store.leads.upsert(person(place, { name: '', contacts: [mail] }));
  expect((await store.leads.upsert(person(place, { name: 'Jānis', contacts: [mail] }))).lead.name).toBe('Jānis');
});

test('consents, messages and the score are kept in order', async () => {
  const place = await scene(store);
  const { lead } = await store.leads.upsert(person(place, { contacts: [email('talk')] }));
  const withdrawn = { purpose: 'contact', granted: false, wordingId: 'contact-en-0', wording: 'I agree.', how: 'form' };
  await store.leads.addConsent(lead.id, { ...withdrawn, at: later(1000) });
  await store.leads.addMessage(lead.id, { from: 'bot', text: 'What do you need?\u0000', at: later(2000) });
  await store.leads.setScore(lead.id, 35, [{ points: 35, reason: 'wrote what they need' }]);
  expect(await store.leads.get(lead.id)).toMatchObject({
    score: 35,
    reasons: [{ points: 35, reason: 'wrote what they need' }],
    consents: [{ granted: true, wording: 'I agree.' }, { granted: false }],
    messages: [{ from: 'bot', text: expect.stringContaining('What do you need?') }],
  });
});

test('nothing personal is in the database in clear', async () => {
  const place = await scene(store);
  const seeds = {
    name: 'Zaiga Kanārija',
    mail: 'zaiga.canary@example.lv',
    phone: '+37120009999',
    account: '987654321987',
    message: 'I need fourteen canary cages',
  };
  const { lead } = await store.leads.upsert(
    person(place, {
      name: seeds.name,
      contacts: [
        { kind: 'email', value: seeds.mail },
        { kind: 'phone', value: seeds.phone },
        { kind: 'telegram', value: seeds.account },
      ],
      message: seeds.message,
    }),
  );
  const talk = { brandId: place.brand.id, state: 'asked', code: null };
  await store.leads.saveConversation('telegram', seeds.account, talk, NOW);
  await store.updates.add(
    'telegram',
    {
      key: `canary-${next()}`,
      at: NOW,
      event: {
        kind: 'contact',
        person: { id: seeds.account, name: seeds.name, language: 'lv' },
        to: seeds.account,
        phone: seeds.phone,
      },
    },
    NOW,
  );
  const stolen = await dump();
  for (const secret of Object.values(seeds)) expect(stolen).not.toContain(secret);
  expect(stolen).toContain('Story'); // the dump does see what is not personal
  expect((await store.leads.get(lead.id))?.contacts.map((contact) => contact.value)).toEqual([
    seeds.mail,
    seeds.phone,
    seeds.account,
  ]);
});

describe('erase', () => {
  test('destroys the person and leaves the counts', async () => {
    const place = await scene(store);
    const mail = email('gone');
    const account = { kind: 'telegram', value: `77${next()}` };
    const { lead } = await store.leads.upsert(person(place, { contacts: [mail, account], message: 'Forget me' }));
    await store.leads.saveConversation(
      'telegram',
      account.value,
      { brandId: place.brand.id, state: 'x', code: null },
      NOW,
    );
    const before = (await store.reports.totals()).leads;

    expect(await store.leads.erase(lead.id, later(1000))).toBe(true);
    expect(await store.leads.get(lead.id)).toBeNull();
    expect(await store.leads.byContact(place.brand.id, mail)).toBeNull();
    expect(await store.leads.conversation('telegram', account.value)).toBeNull();
    expect((await store.leads.list({ brandId: place.brand.id, limit: 1000 })).map((one) => one.id)).not.toContain(
      lead.id,
    );
    const [row] = await house.sql('SELECT data_key, name, erased_at FROM lead WHERE id = $1', [lead.id]);
    expect(row).toEqual({ data_key: null, name: null, erased_at: later(1000) });
    for (const table of ['lead_contact', 'lead_message'])
      expect(await house.sql(`SELECT 1 FROM ${table} WHERE lead_id = $1`, [lead.id])).toEqual([]);
    for (const table of ['consent', 'touch'])
      expect(await house.sql(`SELECT 1 FROM ${table} WHERE lead_id = $1`, [lead.id])).toHaveLength(1);
    expect((await store.reports.totals()).leads).toBe(before);
  });

  test('a second time is nothing, and so is a lead that never was', async () => {
    const { lead } = await store.leads.upsert(person(await scene(store), { contacts: [email('twice')] }));
    expect(await store.leads.erase(lead.id, NOW)).toBe(true);
    expect(await store.leads.erase(lead.id, NOW)).toBe(false);
    expect(await store.leads.erase(999_999, NOW)).toBe(false);
  });

  test('who was erased and comes back is a new lead', async () => {
    const place = await scene(store);
    const mail = email('back');
    const { lead } = await store.leads.upsert(person(place, { contacts: [mail] }));
    await store.leads.erase(lead.id, NOW);
    await expect(store.leads.addMessage(lead.id, { from: 'lead', text: 'late', at: NOW })).rejects.toThrow(/erased/);
    const again = await store.leads.upsert(person(place, { contacts: [mail] }));
    expect(again.created).toBe(true);
    expect(again.lead.id).not.toBe(lead.id);
  });
});

test('a conversation is found by platform and person, changed, and ended', async () => {
  const { brand } = await scene(store);
  const one = { brandId: brand.id, state: '{"asked":"phone"}', code: 'abc' };
  await store.leads.saveConversation('telegram', '5', one, NOW);
  expect(await store.leads.conversation('telegram', '5')).toEqual(one);
  expect(await store.leads.conversation('discord', '5')).toBeNull();
  await store.leads.saveConversation('telegram', '5', { ...one, state: 'done' }, NOW);
  expect((await store.leads.conversation('telegram', '5'))?.state).toBe('done');
  await store.leads.saveConversation('telegram', '5', null, NOW);
  expect(await store.leads.conversation('telegram', '5')).toBeNull();
});
