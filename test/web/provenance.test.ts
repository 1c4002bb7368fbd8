import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codesIn, type House, openHouse, STORY } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ channels: ['telegram', '!plain'] });
  await house.ports.store.brands.save({
    ...house.brand,
    controller: { ...house.brand.controller, contact: 'privacy@baker.example' },
  });
  await house.news([{ ...STORY, author: 'Marta Eglīte', language: 'lv' }]);
});
afterAll(() => house.close());

const page = async (platform: string) => {
  const view = (await house.posts()).find((one) => one.channel.address === platform);
  const answer = await house.ask(`/p/${view?.post.code}`);
  return { status: answer.status, html: await answer.text() };
};

describe('the provenance page of a post', () => {
  test('shows the post, its article, its writer and its review in the post’s language', async () => {
    const { status, html } = await page('telegram');
    expect(status).toBe(200);
    expect(html).toContain('<html lang="lv">');
    expect(html).toContain(house.brand.name);
    expect(html).toContain(STORY.title);
    expect(html).toContain('href="https://news.example/0"');
    expect(html).toContain('Marta Eglīte');
    expect(html).toContain('programma bez mākslīgā intelekta');
    expect(html).toContain('automātiski: katrs skaitlis');
    expect(html).toContain('telegram-post');
    expect(html).toContain('Rakstiet uz privacy@baker.example.');
  });

  test('shows no text before the post is out', async () => {
    const { html } = await page('plain');
    expect(html).toContain('Šis ieraksts nav publicēts.');
    expect(html).not.toContain('612');
    expect(html).toContain('content="noindex"');
  });

  test('names neither the person who approved nor the people who answered', async () => {
    const view = (await house.posts()).find((one) => one.channel.address === 'plain');
    await house.send(`/posts/${view?.post.id}/approve`, {}, await house.login('marketer'));
    const code = codesIn(view?.post.text ?? '', 'l')[0];
    const form = await (await house.ask(`/l/${code}`)).text();
    await house.send(`/l/${code}`, {
      name: 'Inga',
      email: 'inga@example.com',
      agreed: 'yes',
      wordingId: /name="wordingId" value="([^"]+)"/u.exec(form)?.[1] ?? '',
    });
    const { html } = await page('plain');
    expect(html).toContain('pirms publicēšanas to izlasīja cilvēks');
    expect(html).not.toMatch(/The marketer|inga/iu);
  });

  test('and the form say nothing of a contact that the brand has not named; the dashboard asks for it', async () => {
    const as = await house.login();
    expect(await (await house.ask('/', { as })).text()).not.toContain('controller-contact');
    await house.ports.store.brands.save({ ...house.brand, controller: { ...house.brand.controller, contact: '' } });
    const view = (await house.posts())[0];
    for (const path of [`/p/${view?.post.code}`, `/l/${codesIn(view?.post.text ?? '', 'l')[0]}`])
      expect(await (await house.ask(path)).text()).not.toMatch(/Rakstiet uz|Saziņa/u);
    expect(await (await house.ask('/', { as })).text()).toContain('brand set controller-contact');
  });

  test('of an unknown code is not there', async () => {
    expect((await house.ask('/p/nothing')).status).toBe(404);
  });
});
