import { describe, expect, test } from 'vitest';
import { capsOn, exceeded, NO_BUDGET, nearing, type Used } from '../../src/domain/budget.ts';
import { amountOf, dollars } from '../../src/domain/spending.ts';

const price = { input: 0.25, cachedInput: 0.025, output: 2 };
const nothing = { write: 0, about: 0, opinion: 0, publish: 0 };
const used = (day: number, month: number, about = 0): Used => ({
  day: { ...nothing, write: day, about },
  month: { ...nothing, write: month, about, publish: 9e9 },
  dayEndsAt: new Date('2026-11-24T00:00:00Z'),
  monthEndsAt: new Date('2026-12-01T00:00:00Z'),
});

describe('what tokens cost', () => {
  test('cached input has its own price, and what is left of a millionth counts', () => {
    expect(amountOf(price, { inputTokens: 1_000_000, cachedInputTokens: 0, outputTokens: 0 })).toBe(250_000);
    expect(amountOf(price, { inputTokens: 1_000_000, cachedInputTokens: 400_000, outputTokens: 0 })).toBe(160_000);
    expect(amountOf(price, { inputTokens: 1, cachedInputTokens: 0, outputTokens: 0 })).toBe(1);
  });

  test('an endpoint that says more was cached than sent makes nothing cheaper than cached', () => {
    expect(amountOf(price, { inputTokens: 1000, cachedInputTokens: 99_999, outputTokens: 0 })).toBe(25);
  });

  test('without a price it is not known, which is not nothing', () => {
    expect(amountOf(null, { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 })).toBeNull();
  });

  test.each([
    [0, '$0.00'],
    [4200, '$0.0042'],
    [995_000, '$0.9950'],
    [200_000, '$0.20'],
    [1_234_567, '$1.23'],
    [1_500_000, '$1.50'],
    [-15_000, '$-0.0150'],
  ])('%d millionths are written %s', (micros, words) => {
    expect(dollars(micros)).toBe(words);
  });
});

describe('caps', () => {
  const budget = { ...NO_BUDGET, dayMicros: 1000, monthMicros: 5000 };

  test('a brand that set none has none for texts, and the usual one for questions', () => {
    expect(capsOn(NO_BUDGET, 'write')).toEqual({ set: [], usual: [] });
    expect(capsOn(NO_BUDGET, 'about').usual.map((cap) => cap.name)).toEqual(['questions']);
  });

  test('what fills a cap to the last millionth may be spent, one more may not', () => {
    const { set } = capsOn(budget, 'write');
    expect(exceeded(set, used(400, 400), 600)).toBeNull();
    expect(exceeded(set, used(400, 400), 601)?.name).toBe('day');
  });

  test('of two the one that lasts longer is named; what platforms charge is not the model’s', () => {
    const { set } = capsOn(budget, 'write');
    expect(exceeded(set, used(1000, 5000), 1)?.name).toBe('month');
    expect(exceeded(set, used(0, 0), 1000)).toBeNull();
  });

  test('questions have a cap of their own and keep the brand’s too', () => {
    const { set } = capsOn({ ...budget, aboutDayMicros: 100 }, 'about');
    expect(exceeded(set, used(0, 0, 100), 1)?.name).toBe('questions');
    expect(exceeded(set, used(1000, 1000, 0), 1)?.name).toBe('day');
    expect(exceeded(capsOn(budget, 'write').set, used(0, 0, 250), 750)).toBeNull();
  });

  test('people are told from four fifths on', () => {
    const { set } = capsOn(budget, 'write');
    expect(nearing(set, used(799, 799))).toEqual([]);
    expect(nearing(set, used(800, 800)).map((cap) => cap.name)).toEqual(['day']);
  });
});
