import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { approvePost } from '../../src/pipeline/review/index.ts';
import { useStore } from './bench.ts';
import { FEED, first, seedPosts } from './seed.ts';
import { fakeWriters } from './support.ts';

const bench = useStore();

describe('the budget of a brand', () => {
  test('is set in dollars, shown with what is used of it, and cleared', async () => {
    const set = await bench.crier('brand', 'set', 'budget-day=0.50', 'budget-month=$20', 'model-price=0.25/0.025/2');
    expect(set.code).toBe(0);
    const brand = await bench.ports.store.brands.default();
    expect(brand.budget).toEqual({
      ...{ dayMicros: 500_000, monthMicros: 20_000_000, aboutDayMicros: null },
      price: { input: 0.25, cachedInput: 0.025, output: 2 },
    });
    await bench.ports.store.spending.add([
      {
        ...{ brandId: brand.id, channelId: null, articleId: null, postId: null, at: bench.ports.clock.now() },
        ...{ entry: 'charge', purpose: 'write', payee: 'm', reference: randomUUID(), amountMicros: 250_000 },
        ...{ inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 },
      },
    ]);
    const { out } = await bench.crier('brand', 'show');
    expect(out).toMatch(/^Model today +█{10}░{10} {2}\$0\.25 of \$0\.50, anew /mu);
    expect(out).toMatch(/^Model this month +░{20} {2}\$0\.25 of \$20\.00, anew /mu);
    expect((await bench.crier('brand', 'show', '--json')).records[0]).toMatchObject({
      budget: { dayMicros: 500_000 },
      spending: { dayMicros: 250_000, caps: [{ name: 'day', usedMicros: 250_000, capMicros: 500_000 }, {}] },
    });
    await bench.crier('brand', 'set', 'budget-day=', 'budget-month=', 'model-price=');
    expect((await bench.crier('brand', 'show')).out).toContain('$0.25 this month; there is no budget.');
  });

  test.each([
    ['budget-day=-1', 'wants an amount of US dollars'],
    ['budget-month=1e9', 'wants an amount of US dollars'],
    ['budget-month=99999', 'at most 2000'],
    ['model-price=2', 'is not INPUT/OUTPUT'],
    ['model-price=cheap/2', 'is not INPUT/OUTPUT'],
  ])('refuses %s', async (assignment, said) => {
    const { code, error } = await bench.crier('brand', 'set', assignment);
    expect(code).toBe(2);
    expect(error).toContain(said);
  });

  test('that is used up is told by doctor, until it is raised', async () => {
    const { store, clock } = bench.ports;
    const brand = await store.brands.default();
    const until = new Date(clock.now().getTime() + 3_600_000);
    const notice = { brandId: brand.id, level: 'stopped' as const, text: 'Used up.', at: clock.now(), until };
    expect(await store.notices.raise({ ...notice, key: 'budget day x stopped' })).toBe(true);
    expect(await store.notices.raise({ ...notice, key: 'budget day x stopped' })).toBe(false);
    await store.notices.raise({ ...notice, level: 'warning', key: 'budget day x warning', text: 'Nearly.' });
    expect((await store.notices.current(brand.id, clock.now())).map(({ text }) => text)).toEqual(['Used up.']);
    expect(await store.notices.current(brand.id, until)).toEqual([]);
    await bench.crier('brand', 'set', 'budget-day=1');
    expect(await store.notices.current(brand.id, clock.now())).toEqual([]);
  });
});

describe('the budget of a channel', () => {
  test('is set, changed, kept when the channel is added again, and lifted', async () => {
    await bench.crier('channel', 'add', 'square:@news');
    const given = await bench.crier('channel', 'set', 'square:@news', 'budget-month=5', '--json');
    expect(given.records[0]).toMatchObject({ budgetMonth: 5 });
    expect((await bench.crier('channel', 'add', 'square:@news', '--json')).records[0]).toMatchObject({
      budgetMonth: 5,
    });
    expect((await bench.crier('channel', 'list')).out).toContain('$5.00');
    const set = await bench.crier('channel', 'set', 'square:@news', 'budget-month=$2.50');
    expect(set.out).toMatch(/^budget-month +2\.5 +most US dollars a month/mu);
    const cleared = await bench.crier('channel', 'set', '1', 'budget-month=', '--json');
    expect(cleared.records[0]).toMatchObject({ budgetMonth: null });
    const refused = await bench.crier('channel', 'set', '1', 'budget-month=lots');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.error).toContain('budget-month wants an amount of US dollars');
  });
});

describe('what a post cost', () => {
  test('is the text’s share and what the platform charged', async () => {
    bench.withPlatform({ priceMicros: () => 15_000 });
    const { brand, posts } = await seedPosts(bench.ports);
    const post = first(posts);
    await bench.ports.store.posts.save({ ...post, costMicros: 1500 });
    await approvePost(bench.ports, post.id, 'Anna');
    const view = await bench.ports.store.posts.view(post.id);
    await bench.ports.store.spending.add([
      {
        ...{ brandId: brand.id, channelId: post.channelId, articleId: post.articleId, postId: post.id },
        ...{ at: bench.ports.clock.now(), entry: 'hold', purpose: 'publish', payee: 'square', reference: randomUUID() },
        ...{ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, amountMicros: 15_000 },
      },
    ]);
    expect(view?.delivery?.state).toBe('waiting');
    const shown = await bench.crier('post', 'show', String(post.id), '--json');
    expect(shown.records[0]).toMatchObject({ cost: 0.0165, writingCost: 0.0015, publishingCost: 0.015 });
    const { out } = await bench.crier('post', 'show', String(post.id));
    expect(out).toContain('Cost: $0.0015 for the text, $0.0150 for posting');
  });

  test('is null, not 0, when the price of its model isn’t known', async () => {
    const { posts } = await seedPosts(bench.ports);
    await bench.ports.store.posts.save({ ...first(posts), costMicros: null });
    const shown = await bench.crier('post', 'show', String(first(posts).id), '--json');
    expect(shown.records[0]).toMatchObject({ cost: null, writingCost: null });
  });
});

describe('only if about', () => {
  test('can’t be set where no model is configured, and nothing is changed', async () => {
    await bench.crier('source', 'add', FEED);
    for (const argv of [
      ['brand', 'set', 'filter-about=green energy'],
      ['source', 'filter', '1', '--about', 'green energy'],
    ]) {
      const { code, error } = await bench.crier(...argv);
      expect(code).toBe(2);
      expect(error).toMatch(/Only a model can tell .* OPENAI_API_KEY/su);
    }
    expect((await bench.crier('source', 'filter', '1')).out).toContain('every article is wanted');
  });

  test('is set, shown and cleared where there is one', async () => {
    const judge = { name: 'judge', isAbout: async () => ({ fits: true, reason: '' }) };
    bench.ports = { ...bench.ports, writers: { ...fakeWriters(), judge } };
    await bench.crier('source', 'add', FEED);
    expect((await bench.crier('source', 'filter', '1', '--about', ' green\nenergy ')).out).toContain(
      'about green energy',
    );
    expect((await bench.crier('source', 'filter', '1', '--about', 'x'.repeat(201))).code).toBe(2);
    expect((await bench.crier('source', 'filter', '1', '--about', '')).out).toContain('every article is wanted');
    expect((await bench.crier('brand', 'set', 'filter-about=jobs')).out).toContain('jobs');
  });

  test('an article that waits is left out by a person, once', async () => {
    const { posts } = await seedPosts(bench.ports);
    const { articleId } = first(posts);
    const { store, clock } = bench.ports;
    const [fate] = await store.fates.ofArticle(articleId);
    await store.fates.set(
      fate?.id as number,
      { state: 'waiting', waitingFor: 'decision', reason: 'about “jobs”: …' },
      clock.now(),
    );
    expect((await bench.crier('article', 'list')).out).toContain('waiting for your decision');
    expect(await bench.crier('article', 'leave', String(articleId))).toMatchObject({ code: 0 });
    expect((await bench.crier('article', 'leave', String(articleId))).code).toBe(2);
  });
});
