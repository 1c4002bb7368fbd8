import type { Brand } from '../domain/brand.ts';
import type { Budget } from '../domain/budget.ts';
import { AMOUNT_WANTED, amountWords, type Price, parseDollars } from '../domain/spending.ts';
import { UsageError } from '../lib/errors.ts';
import type { BrandSetting } from './brand-settings.ts';

/** The settings of a brand that are about money. */
export const BUDGET_SETTINGS: readonly BrandSetting[] = [
  dollarsSetting('budget-day', 'dayMicros', 'most US dollars a day for the model; empty = no limit'),
  dollarsSetting('budget-month', 'monthMicros', 'most US dollars a month for the model; empty = no limit'),
  dollarsSetting(
    'budget-questions',
    'aboutDayMicros',
    'of these, most a day for questions of “only if about” filters; empty = 0.25',
  ),
  {
    key: 'model-price',
    meaning:
      'what the model costs, INPUT/OUTPUT or INPUT/CACHED/OUTPUT in dollars for a million tokens; empty = the price list',
    read: ({ budget: { price } }) => (price === null ? '' : `${price.input}/${price.cachedInput}/${price.output}`),
    change: (brand, value) => changed(brand, { price: priceOf(value) }),
  },
];

function dollarsSetting(
  key: string,
  field: 'dayMicros' | 'monthMicros' | 'aboutDayMicros',
  meaning: string,
): BrandSetting {
  return {
    key,
    meaning,
    read: ({ budget }) => amountWords(budget[field]),
    change: (brand, value) => changed(brand, { [field]: amountOf(key, value) }),
  };
}

function changed(brand: Brand, change: Partial<Budget>): Brand {
  return { ...brand, budget: { ...brand.budget, ...change } };
}

function amountOf(key: string, value: string): number | null {
  if (value.trim() === '') return null;
  const micros = parseDollars(value);
  if (micros === null) throw new UsageError(`${key} ${AMOUNT_WANTED}.`);
  return micros;
}

function priceOf(value: string): Price | null {
  const text = value.trim();
  if (text === '') return null;
  const parts = text.split('/').map((part) => part.trim().replace(/^\$/u, ''));
  const numbers = parts.map((part) => (/^\d{1,4}(?:\.\d{1,6})?$/u.test(part) ? Number(part) : Number.NaN));
  const [input = Number.NaN, second = Number.NaN, third] = numbers;
  if (parts.length < 2 || parts.length > 3 || numbers.some(Number.isNaN))
    throw new UsageError(
      `model-price: "${value}" is not INPUT/OUTPUT or INPUT/CACHED/OUTPUT in dollars for a million tokens, like 0.25/2 or 0.25/0.025/2.`,
    );
  return third === undefined
    ? { input, cachedInput: input, output: second }
    : { input, cachedInput: second, output: third };
}
