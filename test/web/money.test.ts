import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY } from '../../src/lib/clock.ts';
import { type House, openHouse, STORY } from './house.ts';

let house: House;
let as: string;
let stranger: string;
beforeAll(async () => {
  house = await openHouse({ channels: ['telegram'] });
  as = await house.login();
  stranger = await house.loginAsStranger();
});
afterAll(() => house.close());

const text = async (path = '/') => (await house.ask(path, { as })).text();

/** Enters what something cost. */
async function spend(amountMicros: number | null, postId: number | null = null) {
  await house.ports.store.spending.add([
    {
      ...{ brandId: house.brand.id, channelId: null, articleId: null, postId, at: house.clock.now() },
      ...{ entry: 'charge', purpose: postId === null ? 'write' : 'publish', payee: 'm', reference: randomUUID() },
      ...{ inputTokens: 70, cachedInputTokens: 0, outputTokens: 7, amountMicros },
    },
  ]);
}

describe('money on the first page', () => {
  test('is not there as long as nothing was spent', async () => {
    expect(await text()).not.toMatch(/<meter|The model cost|Cost \$/u);
  });

  test('is a bar for each cap, and what posts and leads cost', async () => {
    const { store } = house.ports;
    await house.news([STORY]);
    const [view] = await house.posts();
    await spend(400_000);
    await spend(200_000, view?.post.id);
    expect(await text()).toContain('The model cost $0.40 today');
    await store.brands.save({ ...house.brand, budget: { ...house.brand.budget, dayMicros: 500_000 } });
    const page = await text();
    expect(page).toMatch(/<meter min="0" max="500000" high="400000" value="400000" aria-label="Model today">/u);
    expect(page).toContain('Cost $0.60: texts $0.40, posting $0.20; $0.60 a post.');
    expect(page).toMatch(/telegram<\/th>.*<td class="num">\$0\.20<\/td>/su);
    expect(await text('/report.csv')).toMatch(/,cost\r?\n.*0\.200000/su);
    expect(JSON.parse(await text('/report.json'))).toMatchObject({
      costMicros: 600_000,
      costs: { publishing: 200_000 },
    });
  });

  test('whose price nobody knows is told in tokens', async () => {
    await spend(null);
    expect(await text()).toContain('Price unknown: 77 tokens.');
  });
});

test('/metrics has what was spent', async () => {
  const metrics = await text('/metrics');
  expect(metrics).toContain('crier_spent_dollars{brand="main",purpose="write",payee="m"} 0.4');
  expect(metrics).toContain('crier_unpriced_tokens{brand="main",purpose="write",payee="m"} 77');
});

test('a notice is shown to everybody who may see the page, until its time is over', async () => {
  const { clock, ports, brand } = house;
  const until = new Date(clock.now().getTime() + DAY);
  const words = 'The budget is used up <b>today</b>.';
  await ports.store.notices.raise({
    brandId: brand.id,
    key: 'k',
    level: 'stopped',
    text: words,
    at: clock.now(),
    until,
  });
  const shown = await (await house.ask('/', { as: await house.login('manager') })).text();
  expect(shown).toContain('The budget is used up &lt;b&gt;today&lt;/b&gt;.');
  expect(await (await house.ask('/', { as: stranger })).text()).not.toContain('used up');
  clock.advance(DAY);
  expect(await text()).not.toContain('used up');
});

describe('an article that waits for a decision', () => {
  async function waiting(title: string) {
    await house.news([{ ...STORY, title, guid: title, url: `https://news.example/${title}` }]);
    const article = (await house.articles()).find((one) => one.title === title);
    const decision = { state: 'waiting' as const, waitingFor: 'decision' as const, reason: 'about “jobs”: …' };
    await house.ports.store.fates.set(article?.fate?.id as number, decision, house.clock.now());
    return article?.id as number;
  }
  const fateOf = async (id: number) => (await house.ports.store.articles.view(house.brand.id, id))?.fate;

  test('is taken or left by a marketer’s click, and only by theirs', async () => {
    const taken = await waiting('taken');
    const left = await waiting('left');
    const page = await text();
    expect(page).toContain('Waiting for your decision');
    expect(page).toContain(`action="/articles/${taken}/judge"`);
    const manager = await house.login('manager');
    expect((await house.send(`/articles/${left}/judge`, { verdict: 'leave' }, manager)).status).toBe(403);
    expect((await house.send(`/articles/${left}/judge`, { verdict: 'perhaps' }, as)).status).toBe(400);
    expect((await house.send(`/articles/${left}/judge`, { verdict: 'leave' }, as)).status).toBe(303);
    expect((await house.send(`/articles/${taken}/judge`, { verdict: 'take' }, as)).status).toBe(303);
    expect(await fateOf(left)).toMatchObject({
      state: 'filtered',
      reason: expect.stringMatching(/^by hand: left out/u),
    });
    expect(await fateOf(taken)).toMatchObject({ state: 'waiting', waitingFor: 'writer' });
    expect((await house.send(`/articles/${taken}/judge`, { verdict: 'leave' }, stranger)).status).toBe(404);
  });
});
