import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, openHouse, STORY } from './house.ts';

const OTHER = 'Another text about 612 readers.';
let house: House;
let ids: { posted: number; waiting: number };

beforeAll(async () => {
  house = await openHouse({ channels: ['telegram', '!plain'] });
  await house.news([{ ...STORY, language: 'en' }]);
  const { store } = house.ports;
  for (const { post, article } of await house.posts()) {
    const writingId = await store.writings.add({
      brandId: post.brandId,
      articleId: article.id,
      language: 'en',
      writer: 'clever-1',
      headline: 'Asked first',
      summary: 'A bakery asked 2140 readers. 612 said yes.',
      altText: '',
      claims: [
        { claim: '612 said <b>yes</b>.', support: 'Only 612 of them said yes.', doubt: null },
        { claim: 'All were happy.', support: null, doubt: null },
        { claim: 'Orders rose.', support: 'Orders rose from nine to 31', doubt: 'only in twelve weeks' },
      ],
      at: post.createdAt,
    });
    const alternative = { text: OTHER, grounding: { ok: true, failures: [] }, sameness: null, reason: null };
    await store.posts.save({ ...post, writer: 'clever-1', writingId, alternative });
  }
  const idOf = async (address: string) =>
    (await house.posts()).find((one) => one.channel.address === address)?.post.id ?? 0;
  ids = { posted: await idOf('telegram'), waiting: await idOf('plain') };
});
afterAll(() => house.close());

const postPage = async () => (await house.ask(`/posts/${ids.waiting}`, { as: await house.login('marketer') })).text();

describe('what a post rests on', () => {
  test('stands folded in its card: claims with the article’s words, and those without', async () => {
    const html = await postPage();
    expect(html).toContain('3 claims and what they rest on <mark>2 without</mark>');
    expect(html).toContain('612 said &lt;b&gt;yes&lt;/b&gt;.');
    expect(html).toContain('<q>Only 612 of them said yes.</q>');
    expect(html).toContain('no sentence of the article was given for this');
    expect(html).toContain('doubtful: only in twelve weeks');
  });

  test('is told to everybody on the provenance page, but only what the article says and nobody doubts', async () => {
    const view = await house.ports.store.posts.view(ids.posted);
    const html = await (await house.ask(`/p/${view?.post.code}`)).text();
    expect(html).toContain('What it says, and where the article says it');
    expect(html).toContain('Only 612 of them said yes.');
    expect(html).not.toContain('All were happy.');
    expect(html).not.toContain('Orders rose.</li>');
  });

  test('is not told of a post that isn’t out', async () => {
    const view = await house.ports.store.posts.view(ids.waiting);
    expect(await (await house.ask(`/p/${view?.post.code}`)).text()).not.toContain('612');
  });
});

describe('the other text', () => {
  test('is shown with a button that takes it, which a manager may not press', async () => {
    const html = await postPage();
    expect(html).toContain('Another text to choose');
    expect(html).toContain(OTHER);
    const refused = await house.send(`/posts/${ids.waiting}/choose`, {}, await house.login('manager'));
    expect(refused.status).toBe(403);
    const answer = await house.send(`/posts/${ids.waiting}/choose`, {}, await house.login('marketer'));
    expect(answer.status).toBe(303);
    const view = await house.ports.store.posts.view(ids.waiting);
    expect(view?.post).toMatchObject({ text: OTHER, state: 'review' });
  });
});
