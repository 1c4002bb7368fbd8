import type { Price } from '../domain/spending.ts';

/** Prices by model name. */
export type Prices = Readonly<Record<string, Price>>;

/**
 * OpenAI's list prices as known when this was written; what they charge today may differ. A brand can set its own
 * (crier brand set model-price=…).
 */
export const OPENAI_PRICES: Prices = {
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6 },
  'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
  'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4 },
  'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
};

/** The model's price, of a dated name its model's; null when it isn't known. */
export function priceIn(prices: Prices, model: string): Price | null {
  return prices[model] ?? prices[model.replace(/-\d{4}-\d{2}-\d{2}$/u, '')] ?? null;
}
