import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codesIn, type House, openHouse, STORY } from './house.ts';

let house: House;
const codes: Record<string, string> = {};
beforeAll(async () => {
  house = await openHouse({ channels: ['plain'] });
  await house.ports.store.brands.save({
    ...house.brand,
    callToAction: 'Ask us',
    controller: {
      name: 'Baker & Sons <SIA>',
      contact: 'privacy@baker.example',
      privacyUrl: 'https://baker.example/privacy',
    },
  });
  await house.news(
    ['en', 'lv', 'ru', 'fi'].map((language, index) => ({
      ...STORY,
      language,
      title: `Story in ${language}`,
      url: `https://news.example/${language}`,
      guid: `form-${index}`,
    })),
  );
  for (const view of await house.posts()) codes[view.article.language] = codesIn(view.post.text, 'l')[0] as string;
});
afterAll(() => house.close());

const good = async (language = 'en') => {
  const html = await (await house.ask(`/l/${codes[language]}`)).text();
  return {
    name: 'Inga Krūmiņa',
    email: 'inga@example.com',
    phone: '+371 2000 0000',
    message: 'Do you also help small shops with this?',
    agreed: 'yes',
    wordingId: /name="wordingId" value="([^"]+)"/u.exec(html)?.[1] ?? '',
    website: '',
  };
};
const leads = () => house.ports.store.leads.list({ brandId: house.brand.id, limit: 100 });

describe('the lead form', () => {
  test('says what it is about, who answers for the data, and asks for an unticked agreement', async () => {
    const answer = await house.ask(`/l/${codes.en}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const html = await answer.text();
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('Story in en');
    expect(html).toContain('Baker &amp; Sons &lt;SIA&gt;');
    expect(html).toContain('privacy@baker.example');
    expect(html).toContain('https://baker.example/privacy');
    expect(html.match(/type="checkbox"/gu)).toHaveLength(1);
    expect(html).not.toMatch(/\schecked/u);
    expect(html).toContain('I agree that Baker &amp; Sons &lt;SIA&gt; contacts me about this topic.');
  });

  test('labels every field and tells browsers what belongs there', async () => {
    const html = await (await house.ask(`/l/${codes.en}`)).text();
    for (const [field, autocomplete] of [
      ['name', 'name'],
      ['email', 'email'],
      ['phone', 'tel'],
    ]) {
      expect(html).toContain(`<label for="${field}">`);
      expect(html).toMatch(new RegExp(`id="${field}" name="${field}"[^>]* autocomplete="${autocomplete}"`, 'u'));
    }
    for (const field of ['message', 'agreed']) expect(html).toContain(`<label for="${field}">`);
  });

  test.each([
    ['lv', 'lv', 'Piekrītu, ka'],
    ['ru', 'ru', 'Я согласен'],
    ['fi', 'en', 'I agree that'],
  ])('for a post in %s is in %s', async (language, spoken, wording) => {
    const html = await (await house.ask(`/l/${codes[language]}`)).text();
    expect(html).toContain(`<html lang="${spoken}">`);
    expect(html).toContain(wording);
  });

  test('stores a lead with the wording it showed and the post it came from, and thanks', async () => {
    const answer = await house.send(`/l/${codes.en}`, await good());
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Thank you');
    const [lead] = await leads();
    const view = (await house.posts()).find((one) => one.article.language === 'en');
    expect(lead).toMatchObject({ name: 'Inga Krūmiņa', language: 'en' });
    expect(lead?.contacts).toContainEqual({ kind: 'email', value: 'inga@example.com' });
    expect(lead?.consents[0]?.wording).toContain('I agree that Baker & Sons <SIA> contacts me');
    expect(lead?.touches[0]).toMatchObject({ postId: view?.post.id, articleId: view?.article.id, kind: 'form' });
    expect(house.logged()).not.toMatch(/inga|2000|small shops/iu);
  });

  test('filled twice by one person makes one lead', async () => {
    const before = (await leads()).length;
    const person = { ...(await good('lv')), email: 'twice@example.com', phone: '' };
    await house.send(`/l/${codes.lv}`, person);
    await house.send(`/l/${codes.ru}`, {
      ...person,
      wordingId: (await good('ru')).wordingId,
      email: 'TWICE@example.com',
    });
    expect(await leads()).toHaveLength(before + 1);
  });

  const faults: [string, Record<string, string>, string, string][] = [
    ['no address', { email: '' }, 'email', 'Please give an e-mail address'],
    ['an address that can’t be one', { email: 'inga@' }, 'email', 'does not look like an e-mail'],
    ['a phone number that can’t be one', { phone: 'call me' }, 'phone', 'does not look like a phone'],
    ['no agreement', { agreed: '' }, 'agreed', 'Without your agreement'],
    ['an agreement to other words', { wordingId: 'contact-en-0000' }, 'agreed', 'The wording has changed'],
    ['a name without end', { name: 'x'.repeat(201) }, 'name', 'too long'],
  ];
  test.each(faults)(
    'with %s comes back with the fault at its field and what was typed',
    async (_, wrong, field, words) => {
      const before = (await leads()).length;
      const answer = await house.send(`/l/${codes.en}`, { ...(await good()), email: 'new@example.com', ...wrong });
      expect(answer.status).toBe(400);
      const html = await answer.text();
      expect(html).toContain(words);
      expect(html).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true" aria-describedby="${field}-fault"`, 'u'));
      expect(html).toContain(`id="${field}-fault"`);
      expect(html).toContain('Do you also help small shops with this?');
      expect(html).not.toMatch(/\schecked/u);
      expect(await leads()).toHaveLength(before);
    },
  );

  test('filled by a program stores nothing and tells it nothing', async () => {
    const before = (await leads()).length;
    const answer = await house.send(`/l/${codes.en}`, {
      ...(await good()),
      email: 'spam@example.com',
      phone: '',
      website: 'http://spam',
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Thank you');
    expect(await leads()).toHaveLength(before);
  });

  test('of more than 16 KB is refused, with its length told or not', async () => {
    const body = new URLSearchParams({ ...(await good()), message: 'x'.repeat(17_000) }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const told = await house.ask(`/l/${codes.en}`, {
      method: 'POST',
      body,
      headers: { ...headers, 'content-length': `${body.length}` },
    });
    expect(told.status).toBe(413);
    const untold = await house.ask(`/l/${codes.lv}`, {
      method: 'POST',
      body: new Blob([body]).stream(),
      headers,
      duplex: 'half',
    } as RequestInit);
    expect(untold.status).toBe(413);
    expect(await untold.text()).toContain('pārāk garš');
  });

  test('of an unknown code is not there', async () => {
    expect((await house.ask('/l/nothing')).status).toBe(404);
    expect((await house.send('/l/nothing', await good())).status).toBe(404);
  });

  test('survives a body that is no form', async () => {
    const answer = await house.ask(`/l/${codes.en}`, {
      method: 'POST',
      body: '{"email":"x"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
    const broken = await house.ask(`/l/${codes.en}`, {
      method: 'POST',
      body: '--x\r\nnonsense',
      headers: { 'content-type': 'multipart/form-data; boundary=y' },
    });
    expect(broken.status).toBe(400);
  });
});
