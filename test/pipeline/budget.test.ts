import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Brand, PLAIN_MODEL } from '../../src/domain/brand.ts';
import { type Budget, NO_BUDGET } from '../../src/domain/budget.ts';
import { DAY, HOUR } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createWriters } from '../../src/llm/index.ts';
import { openPurse, write } from '../../src/pipeline/write/index.ts';
import { type OpenAiEmulator, postsFor, type RecordedRequest, startOpenAiEmulator } from '../emulators/openai.ts';
import { storeOfFile, type World, worldOver } from './world.ts';

const here = storeOfFile();
const { signal } = new AbortController();
let emulator: OpenAiEmulator;
beforeAll(async () => {
  emulator = await startOpenAiEmulator();
});
afterAll(async () => {
  await emulator.close();
  expect(emulator.violations).toEqual([]);
});

const good = (asked: RecordedRequest) =>
  postsFor(asked, () => ({ headline: 'The town', body: 'The town speaks about it today.' }));
const truncated = { kind: 'content', content: '{"posts": [', tokens: { input: 700, output: 90 } } as const;
beforeEach(() => {
  emulator.journal.length = 0;
  emulator.answer(good);
});

/** A dollar for a million tokens of input and of output: 1,200 tokens in and 300 out cost 1,500 millionths. */
const PRICE = { input: 1, cachedInput: 0.1, output: 1 };
const ANSWER = 1500;
const DEAR = { input: 2, cachedInput: 0.2, output: 2 };

async function world(
  budget: Partial<Budget> = {},
  given: Partial<Pick<Brand, 'onWriterFailure' | 'modelSettings'>> & { model?: string; timeoutMs?: number } = {},
): Promise<World> {
  const { onWriterFailure = 'offline', modelSettings = PLAIN_MODEL } = given;
  const writers = createWriters(
    {
      ...{
        apiKey: null,
        baseUrl: emulator.baseUrl,
        model: given.model ?? 'priced',
        prices: { priced: PRICE, dear: DEAR },
      },
      timeoutMs: given.timeoutMs ?? 60_000,
    },
    { log: silentLog },
  );
  return worldOver(here(), {
    ports: { writers },
    brand: { budget: { ...NO_BUDGET, ...budget }, onWriterFailure, modelSettings },
  });
}

const ledger = ({ brand }: World) =>
  here().sql(
    'SELECT entry, purpose, payee, article_id, input_tokens, cached_input_tokens, output_tokens, amount_micros FROM spending WHERE brand_id = $1 ORDER BY id',
    [brand.id],
  );
const amounts = async (place: World) => (await ledger(place)).map((row) => [row.entry, row.amount_micros]);
const notices = async ({ ports, brand }: World) =>
  (await here().store.notices.current(brand.id, ports.clock.now())).map(({ level, key }) => `${level} ${key}`);

describe('the ledger', () => {
  test('has each call with its tokens and amount, and the post its share', async () => {
    const place = await world();
    await place.channel();
    const [view] = await place.written();
    const [hold, release, charge, ...more] = await ledger(place);
    expect(more).toEqual([]);
    expect(charge).toEqual({
      ...{ entry: 'charge', purpose: 'write', payee: 'priced', article_id: view?.article.id, amount_micros: ANSWER },
      ...{ input_tokens: 1200, cached_input_tokens: 0, output_tokens: 300 },
    });
    expect(hold.amount_micros).toBeGreaterThan(ANSWER);
    expect(release.amount_micros).toBe(-hold.amount_micros);
    expect(view?.post.costMicros).toBe(ANSWER);
  });

  test('has the calls whose answer was of no use, and the post that followed pays for them', async () => {
    emulator.answer(truncated, good);
    const place = await world();
    await place.channel();
    const [view] = await place.written();
    const charges = (await amounts(place)).filter(([entry]) => entry === 'charge').map(([, amount]) => amount);
    expect(charges).toEqual([790, ANSWER]);
    expect(view?.post.costMicros).toBe(790 + ANSWER);
  });

  test('has a refusal, which has its price, and the excerpt that stands in pays for it', async () => {
    emulator.answer({ kind: 'content', content: null, refusal: 'no', tokens: { input: 400, output: 20 } });
    const place = await world();
    await place.channel();
    const [view] = await place.written();
    expect(view?.post).toMatchObject({ writer: 'offline', costMicros: 420 });
  });

  test('charges nothing for what the endpoint refused, and keeps what is held for an answer that never came', async () => {
    emulator.answer({ kind: 'status', status: 500 });
    const refused = await world();
    await refused.channel();
    const [first] = await refused.written();
    expect(first?.post).toMatchObject({ writer: 'offline', costMicros: 0 });
    expect((await amounts(refused)).reduce((sum, [, amount]) => sum + amount, 0)).toBe(0);

    emulator.answer({ kind: 'silence' });
    const silent = await world({}, { timeoutMs: 50 });
    await silent.channel();
    const [second] = await silent.written();
    const held = await amounts(silent);
    expect(held.map(([entry]) => entry)).toEqual(['hold', 'hold']);
    expect(second?.post.costMicros).toBe(held.reduce((sum, [, amount]) => sum + amount, 0));
  });

  test('cached input is told and cheaper', async () => {
    emulator.answer(
      (asked) => ({ ...good(asked), tokens: { input: 1200, output: 300, cached: 1000 } }) as ReturnType<typeof good>,
    );
    const place = await world();
    await place.channel();
    await place.written();
    expect((await ledger(place)).at(-1)).toMatchObject({ cached_input_tokens: 1000, amount_micros: 200 + 100 + 300 });
  });

  test('a model whose price nobody knows has its tokens there and no amount, which is not 0', async () => {
    const place = await world({}, { model: 'unheard-of' });
    await place.channel();
    const [view] = await place.written();
    expect(await amounts(place)).toEqual([
      ['hold', null],
      ['release', null],
      ['charge', null],
    ]);
    expect(view?.post.costMicros).toBeNull();
    const report = await here().store.reports.funnel(place.brand, 1, place.ports.clock.now());
    expect(report).toMatchObject({ costMicros: 0, costs: { unpricedTokens: 1500 } });
  });

  test('a second opinion is a line of its own, and the brand’s own model says what both cost and how much they may say', async () => {
    const brief = { claims: [{ claim: 'The town speaks.', support: 'The town speaks about it today.' }] };
    const verdict = {
      kind: 'content',
      content: '{"verdicts":[{"claim":1,"supported":true,"reason":"said"}]}',
    } as const;
    emulator.answer((asked) => postsFor(asked, () => ({ body: 'The town speaks about it today.' }), brief), verdict);
    const modelSettings = { ...PLAIN_MODEL, model: 'dear', maxTokens: 900, secondOpinion: true };
    const place = await world({ dayMicros: 5_000_000 }, { modelSettings });
    await place.channel();
    const [view] = await place.written();
    const charges = (await ledger(place)).filter(({ entry }) => entry === 'charge');
    expect(charges).toMatchObject([
      { purpose: 'write', payee: 'dear', amount_micros: 2 * ANSWER },
      { purpose: 'opinion', payee: 'dear', amount_micros: 2 * ANSWER },
    ]);
    expect(view?.post).toMatchObject({ writer: 'dear', costMicros: 4 * ANSWER });
    for (const { body } of emulator.journal) expect(body).toMatchObject({ model: 'dear', max_tokens: 900 });
  });

  test('the brand’s own price goes before the list’s', async () => {
    const place = await world({ price: { input: 10, cachedInput: 10, output: 0 } });
    await place.channel();
    expect((await place.written())[0]?.post.costMicros).toBe(12_000);
  });
});

test('nobody changes a line of the ledger', async () => {
  const place = await world();
  await place.channel();
  await place.written();
  for (const change of ['UPDATE spending SET amount_micros = 0', 'DELETE FROM spending'])
    await expect(here().sql(`${change} WHERE brand_id = $1`, [place.brand.id])).rejects.toThrow(/never changed/u);
});

describe('a budget', () => {
  test('stops the model before it is exceeded, and the offline writer stands in; one notice, however many articles', async () => {
    const place = await world({ dayMicros: 16_000 });
    await place.channel();
    const writersOf = [];
    for (let index = 0; index < 6; index++) writersOf.push((await place.written())[0]?.post.writer);
    expect(writersOf[0]).toBe('priced');
    expect(writersOf.at(-1)).toBe('offline');
    expect(emulator.journal.length).toBe(writersOf.filter((name) => name === 'priced').length);
    expect(await notices(place)).toEqual([expect.stringMatching(/^stopped budget day /u)]);
    const [view] = await place.written();
    expect(view?.post).toMatchObject({ reason: null, writer: 'offline' });
  });

  test('tells the endpoint how many tokens it may use, and only then', async () => {
    const free = await world();
    await free.channel();
    await free.written();
    expect(emulator.journal.at(-1)?.body).not.toHaveProperty('max_tokens');
    const capped = await world({ dayMicros: 100_000 });
    await capped.channel();
    await capped.written();
    expect(emulator.journal.at(-1)?.body).toMatchObject({ max_tokens: 10_000 });
  });

  test('leaves it to a person where the brand wants that, and says why', async () => {
    const place = await world({ monthMicros: 10 }, { onWriterFailure: 'review' });
    await place.channel({ auto: true });
    const [view] = await place.written();
    expect(view?.post).toMatchObject({ state: 'review', writer: 'offline' });
    expect(view?.post.reason).toMatch(/model budget for this month is used up/u);
    expect(emulator.journal).toHaveLength(0);
  });

  test('begins anew with the day on the brand’s clock', async () => {
    const free = await world();
    await free.channel();
    await free.written();
    const [[, most]] = (await amounts(free)) as [[string, number]];
    // Enough for one call, but not for another after it.
    const place = await world({ dayMicros: most + ANSWER / 2 });
    await place.channel();
    const { clock } = place.ports;
    // Riga is two hours ahead of UTC: its day ends at 22:00.
    clock.set(new Date('2026-11-23T21:30:00Z'));
    expect((await place.written())[0]?.post.writer).toBe('priced');
    expect((await place.written())[0]?.post.writer).toBe('offline');
    clock.advance(HOUR);
    expect((await place.written())[0]?.post.writer).toBe('priced');
    clock.advance(DAY);
    expect(await notices(place)).toEqual([]);
  });

  test('warns once from four fifths on', async () => {
    const place = await world({ monthMicros: 15_000 });
    await place.channel();
    emulator.answer((asked) => ({ ...good(asked), tokens: { input: 12_000, output: 100 } }) as ReturnType<typeof good>);
    await place.written();
    expect(await notices(place)).toEqual([expect.stringMatching(/^warning budget month /u)]);
  });

  test('can’t be kept without a price: the model is not asked, and people are told what to do', async () => {
    const place = await world({ dayMicros: 5_000_000 }, { model: 'unheard-of' });
    await place.channel();
    expect((await place.written())[0]?.post.writer).toBe('offline');
    expect(emulator.journal).toHaveLength(0);
    expect(await notices(place)).toEqual([expect.stringMatching(/^stopped budget price unheard-of /u)]);
  });

  test('is kept by workers of two processes who ask at the same instant', { timeout: 120_000 }, async () => {
    const other = await here().another();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60_000 }),
        fc.array(
          fc.record({ most: fc.integer({ min: 1, max: 20_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
          {
            minLength: 2,
            maxLength: 12,
          },
        ),
        async (dayMicros, calls) => {
          const place = await world({ dayMicros });
          const { brand, ports } = place;
          await Promise.all(
            calls.map(async ({ most, share }, index) => {
              const store = index % 2 === 0 ? ports.store : other;
              const purse = openPurse({ ...ports, store }, { brand, articleId: null });
              const tokens = (inputTokens: number) => ({ inputTokens, cachedInputTokens: 0, outputTokens: 0 });
              const hold = await purse
                .hold({ model: 'priced', purpose: 'write', most: tokens(most) })
                .catch(() => null);
              await hold?.settle(share < 0.2 ? 'unknown' : tokens(Math.floor(most * share)));
            }),
          );
          const used = await ports.store.spending.used({ brandId: brand.id }, ports.clock.now());
          expect(used.day.write).toBeLessThanOrEqual(dayMicros);
          // At no instant was more held than there is: the sum of the lines in any order of commits stays within it.
          const lines = (await amounts(place)).map(([, amount]) => amount as number);
          let sum = 0;
          for (const amount of lines) {
            sum += amount;
            expect(sum).toBeLessThanOrEqual(dayMicros);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('that two writers of one brand share is not exceeded by both', async () => {
    const place = await world({ dayMicros: 20_000 });
    await place.channel();
    const stories = [await place.story(), await place.story(), await place.story(), await place.story()];
    await Promise.all(stories.map(({ fateId }) => write(place.ports, fateId, signal)));
    const { day } = await place.ports.store.spending.used({ brandId: place.brand.id }, place.ports.clock.now());
    expect(day.write).toBeLessThanOrEqual(20_000);
    for (const { articleId } of stories) expect(await place.postsOf(articleId)).toHaveLength(1);
  });
});
