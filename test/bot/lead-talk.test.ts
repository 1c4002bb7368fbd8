import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactWording } from '../../src/domain/wording.ts';
import type { TestStore } from '../support/database.ts';
import { testStore } from '../support/database.ts';
import { type BotWorld, botOver, traces } from './support.ts';

let here: TestStore;
let house: BotWorld;
beforeAll(async () => {
  here = await testStore();
  house = await botOver(here);
});
afterAll(() => here.close());

/** The lead that this reader is. */
const leadOf = (id: string, brandId = house.world.brand.id) =>
  here.store.leads.byContact(brandId, { kind: 'square', value: id });
const count = async (table: string) =>
  (await here.sql(`SELECT count(*)::int AS count FROM ${table}`))[0].count as number;

const SPOKEN = [
  ['en', 'I am an automated assistant (a bot, not a person)', 'Yes, I agree', 'No, thank you', 'I agree that'],
  ['lv', 'Es esmu automātisks palīgs (bots, nevis cilvēks)', 'Jā, piekrītu', 'Nē, paldies', 'Piekrītu, ka'],
  ['ru', 'Я автоматический помощник (бот, а не человек)', 'Да, согласен(на)', 'Нет, спасибо', 'Я согласен'],
] as const;

describe.each(SPOKEN)('a reader who speaks %s', (language, machine, agree, decline, consent) => {
  test('hears first that a machine speaks, for whom, about what, and what it asks', async () => {
    const { code, title } = await house.post('de');
    const [greeting, ...rest] = await house.reader(language).starts(code);
    expect(rest).toEqual([]);
    expect(greeting?.text.indexOf(machine)).toBeGreaterThan(0);
    expect(greeting?.text.indexOf(machine)).toBeLessThan(30);
    expect(greeting?.text).toContain('Harbour Press');
    expect(greeting?.text).toContain(title);
    expect(greeting?.text).toContain(contactWording(language, 'Harbour Press Ltd').text);
    expect(greeting?.text).toContain(consent);
    expect(greeting?.text).toContain('/privacy');
    expect(greeting?.text).toContain('/forget');
    expect(greeting?.buttons?.map((button) => button.label)).toEqual([agree, decline]);
    for (const { data } of greeting?.buttons ?? []) expect(data).toMatch(/^[\x20-\x7e]{1,60}$/u);
  });

  test('who comes without a link hears the same, without a topic', async () => {
    const [greeting] = await house.reader(language).starts(null);
    expect(greeting?.text).toContain(machine);
    expect(greeting?.text).toContain(contactWording(language, 'Harbour Press Ltd').text);
    expect(greeting?.text).not.toMatch(/[“„«]/u);
  });

  test('who agrees is a lead that knows post, article and channel, with the words they saw', async () => {
    const { code, postId, articleId, channel } = await house.post('de');
    const reader = house.reader(language);
    await reader.starts(code);
    const answers = await reader.presses(agree);
    expect(answers).toHaveLength(1);
    const wording = contactWording(language, 'Harbour Press Ltd');
    const lead = await leadOf(reader.id);
    expect(lead).toMatchObject({
      name: 'Anna Ozola',
      language,
      contacts: [{ kind: 'square', value: reader.id }],
      consents: [{ purpose: 'contact', granted: true, wordingId: wording.id, wording: wording.text, how: 'square' }],
      touches: [{ postId, articleId, channel, kind: 'chat' }],
      messages: [],
      score: 20,
    });
  });

  test('who declines leaves no trace', async () => {
    const { code } = await house.post();
    const reader = house.reader(language, 'Somebody Shy');
    await reader.starts(code);
    const [answer] = await reader.presses(decline);
    expect(answer?.text).toContain('/start');
    expect(await leadOf(reader.id)).toBeNull();
    expect(await here.store.leads.conversation('square', reader.id)).toBeNull();
    expect(await traces(here, [reader.id, 'Somebody Shy'])).toEqual([]);
  });
});

describe('before the person agrees', () => {
  test('nothing about them is stored: not the name, not the account, not what they wrote', async () => {
    const { code } = await house.post();
    const reader = house.reader('en', 'Jānis Noslēpums');
    const leads = await count('lead');
    await reader.starts(code);
    await reader.says('My number is 29 999 111 and I need forty trees.');
    await reader.shares('+37129999111');
    expect(await count('lead')).toBe(leads);
    const told = [reader.id, 'Jānis', 'Noslēpums', '29 999 111', '37129999111', 'forty trees'];
    expect(await traces(here, told)).toEqual([]);
    expect(await here.sql('SELECT 1 FROM "update" WHERE content IS NOT NULL')).toEqual([]);
  });

  test('whatever they write is answered with the question, also without /start', async () => {
    const reader = house.reader('en');
    for (const text of ['Hello?', 'agree', '/start', '/whatever', '']) {
      const [answer] = await reader.says(text);
      expect(answer?.text).toContain('a bot, not a person');
      expect(answer?.buttons).toHaveLength(2);
    }
    expect(await leadOf(reader.id)).toBeNull();
  });

  test('a link’s payload that is no code of ours is not kept', async () => {
    const reader = house.reader('en');
    const [answer] = await reader.starts('call-me-29999222');
    expect(answer?.text).toContain('a bot, not a person');
    expect(await traces(here, ['29999222'])).toEqual([]);
    await reader.presses('Yes, I agree');
    const brand = await here.store.brands.default();
    expect((await leadOf(reader.id, brand.id))?.touches).toEqual([
      expect.objectContaining({ postId: null, articleId: null, channelId: null, kind: 'chat' }),
    ]);
  });

  test.each(['', 'lead-agree', 'lead-agree:', 'lead-agree:contact-en-0000000000000000', 'something else'])(
    'a button that carries %j is no consent',
    async (data) => {
      const { code } = await house.post();
      const reader = house.reader('en');
      await reader.starts(code);
      const [answer] = await reader.pressesData(data);
      expect(answer?.buttons).toHaveLength(2);
      expect(await leadOf(reader.id)).toBeNull();
    },
  );
});

describe('consent counts for the words that were shown', () => {
  test('a change of the controller between question and answer asks again', async () => {
    const own = await botOver(here);
    const { code } = await own.post('en');
    const reader = own.reader('en');
    await reader.starts(code);
    await here.store.brands.save({
      ...own.world.brand,
      controller: { ...own.world.brand.controller, name: 'New Owner' },
    });
    const [again] = await reader.presses('Yes, I agree');
    expect(again?.text).toContain('I agree that New Owner contacts me');
    expect(await leadOf(reader.id, own.world.brand.id)).toBeNull();
    await reader.presses('Yes, I agree');
    expect((await leadOf(reader.id, own.world.brand.id))?.consents[0]?.wording).toContain('New Owner');
  });

  test('pressing the button twice is one answer', async () => {
    const { code } = await house.post();
    const reader = house.reader('en');
    await reader.starts(code);
    const [first] = await reader.presses('Yes, I agree');
    const [second] = await reader.presses('Yes, I agree');
    expect(second?.text).toBe(first?.text);
    expect(await leadOf(reader.id)).toMatchObject({ score: 20, touches: [{}], consents: [{}] });
  });

  test('an old button of somebody whose data was deleted asks again', async () => {
    const { code } = await house.post();
    const reader = house.reader('en');
    await reader.starts(code);
    await reader.presses('Yes, I agree');
    await reader.says('/forget');
    const [answer] = await reader.presses('Yes, I agree');
    expect(answer?.buttons).toHaveLength(2);
    expect(await leadOf(reader.id)).toBeNull();
  });
});

describe('after the person agreed', () => {
  test('what they write is kept as a message and raises the score by what they did', async () => {
    const { code } = await house.post();
    const reader = house.reader('en');
    await reader.starts(code);
    await reader.presses('Yes, I agree');
    const [thanks] = await reader.says('We need forty trees for a school yard.');
    expect(thanks?.text).toBe('Thank you, I have passed it on. A person from Harbour Press will write to you here.');
    const lead = await leadOf(reader.id);
    expect(lead?.messages).toEqual([
      { from: 'lead', text: 'We need forty trees for a school yard.', at: expect.any(Date) },
    ]);
    expect(lead?.score).toBe(35);
    expect(lead?.reasons.reduce((sum, reason) => sum + reason.points, 0)).toBe(35);
    expect(await traces(here, ['forty trees for a school'])).toEqual([]);
  });

  test('a shared number is one more way to reach them', async () => {
    const { code } = await house.post();
    const reader = house.reader('en');
    await reader.starts(code);
    await reader.presses('Yes, I agree');
    await reader.shares('+37120000001');
    const lead = await leadOf(reader.id);
    expect(lead?.contacts).toEqual([
      { kind: 'square', value: reader.id },
      { kind: 'phone', value: '+37120000001' },
    ]);
    expect(lead?.score).toBe(35);
  });

  test('coming back from another post is the same lead with one more touch', async () => {
    const [one, two] = [await house.post(), await house.post()];
    const reader = house.reader('en');
    for (const { code } of [one, two]) {
      await reader.starts(code);
      await reader.presses('Yes, I agree');
    }
    const lead = await leadOf(reader.id);
    expect(lead?.touches.map((touch) => touch.postId)).toEqual([one.postId, two.postId]);
    expect(lead?.score).toBe(30);
  });

  test('“no” is a withdrawal: everything is deleted, and the answer says so', async () => {
    const { code } = await house.post();
    const reader = house.reader('en');
    await reader.starts(code);
    await reader.presses('Yes, I agree');
    const [answer] = await reader.presses('No, thank you');
    expect(answer?.text).toBe('Everything about you has been deleted.');
    expect(await leadOf(reader.id)).toBeNull();
  });

  test('/forget deletes them for every brand', async () => {
    const other = await botOver(here);
    const [mine, theirs] = [await house.post('en'), await other.post('en')];
    const reader = house.reader('en');
    for (const { code } of [mine, theirs]) {
      await reader.starts(code);
      await reader.presses('Yes, I agree');
      await reader.says('Something that nobody else needs to know.');
    }
    expect(await leadOf(reader.id)).not.toBeNull();
    expect(await leadOf(reader.id, other.world.brand.id)).not.toBeNull();
    const [answer] = await reader.says('/forget');
    expect(answer?.text).toBe('Everything about you has been deleted.');
    expect(await leadOf(reader.id)).toBeNull();
    expect(await leadOf(reader.id, other.world.brand.id)).toBeNull();
    expect(await here.store.leads.conversation('square', reader.id)).toBeNull();
  });

  test('a name is kept as one line without hidden characters', async () => {
    const { code } = await house.post();
    const reader = house.reader('en', ' Anna\u001b[31m\n\u202eOzola ');
    await reader.starts(code);
    await reader.presses('Yes, I agree');
    expect((await leadOf(reader.id))?.name).toBe('Anna[31m Ozola');
  });
});

describe('/privacy', () => {
  test('says who is responsible, how to reach them and what is kept, to anybody', async () => {
    const { code } = await house.post();
    const reader = house.reader('en');
    await reader.starts(code);
    const [answer] = await reader.says('/privacy');
    expect(answer?.text).toContain('Harbour Press Ltd (privacy@harbour.example) is responsible for your data.');
    expect(answer?.text).toContain('/forget');
  });

  test('names the page where the brand has one, and leaves out a contact that is not set', async () => {
    const own = await botOver(here);
    const { brand } = own.world;
    await here.store.brands.save({
      ...brand,
      controller: { name: 'Harbour Press Ltd', contact: '', privacyUrl: 'https://harbour.example/privacy' },
    });
    const { code } = await own.post('en');
    const reader = own.reader('en');
    await reader.starts(code);
    const [answer] = await reader.says('/privacy');
    expect(answer?.text).toContain('Harbour Press Ltd is responsible for your data. ');
    expect(answer?.text).toContain('https://harbour.example/privacy');
  });
});

test('a reader whose language nobody knows hears the post’s, then English', async () => {
  const { code } = await house.post('lv');
  expect((await house.reader(null).starts(code))[0]?.text).toContain('automātisks');
  expect((await house.reader('fi').starts(code))[0]?.text).toContain('automated');
});
