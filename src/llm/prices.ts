/** What a model costs, in US dollars for a million tokens. */
export interface Price {
  input: number;
  output: number;
}

/** Prices by model name. */
export type Prices = Readonly<Record<string, Price>>;

/**
 * OpenAI's list prices as known when this was written, without the discount for cached input; what they charge today
 * may differ. Operators will be able to set their own.
 */
export const OPENAI_PRICES: Prices = {
  'gpt-4o': { input: 2.5, output: 10 },
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
  'gpt-4.1': { input: 2, output: 8 },
  'gpt-4.1-mini': { input: 0.4, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, output: 0.4 },
  'gpt-5': { input: 1.25, output: 10 },
  'gpt-5-mini': { input: 0.25, output: 2 },
  'gpt-5-nano': { input: 0.05, output: 0.4 },
};

/** The cost in millionths of a dollar; 0 when the model's price isn't known. A dated name has its model's price. */
export function costMicros(prices: Prices, model: string, inputTokens: number, outputTokens: number): number {
  const price = prices[model] ?? prices[model.replace(/-\d{4}-\d{2}-\d{2}$/u, '')];
  // Dollars for a million tokens are millionths of a dollar for one.
  return price === undefined ? 0 : Math.ceil(inputTokens * price.input + outputTokens * price.output);
}
