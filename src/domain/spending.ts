/** What money is spent on: texts, questions whether an article fits a filter, second opinions on claims, posts. */
export type Purpose = 'write' | 'about' | 'opinion' | 'publish';

/**
 * One line of the ledger of money. Lines are only added. Before a call or a post begins, the most it can cost is held;
 * afterwards that is released and what it did cost is charged. What is never released stays counted: a call whose end
 * nobody saw may have cost as much.
 */
export interface Spending {
  brandId: number;
  channelId: number | null;
  articleId: number | null;
  postId: number | null;
  /** Of a release and a charge: when the money was held, so that they count in its day. */
  at: Date;
  entry: 'hold' | 'release' | 'charge';
  purpose: Purpose;
  /** The model's name, or the platform's. */
  payee: string;
  /** The cached ones are among them. */
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  /** In millionths of a US dollar, negative in a release; null = the price isn't known. */
  amountMicros: number | null;
  /** Names the call or the attempt to post: a UUID. */
  reference: string;
}

/** Tokens of one call to a model. */
export interface Usage {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
}

/** What a model costs, in US dollars for a million tokens. */
export interface Price {
  input: number;
  /** Of input that the provider had read before. */
  cachedInput: number;
  output: number;
}

/** What those tokens cost in millionths of a dollar, rounded up; null when the price isn't known. */
export function amountOf(price: Price | null, usage: Usage): number | null {
  if (price === null) return null;
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  // Dollars for a million tokens are millionths of a dollar for one.
  const exact =
    (usage.inputTokens - cached) * price.input + cached * price.cachedInput + usage.outputTokens * price.output;
  return Math.ceil(exact - 1e-6);
}

/** The most that can be set: more would not fit the ledger's numbers. */
const MOST_DOLLARS = 2000;

/** What a refused amount is told; the setting's key goes before it. */
export const AMOUNT_WANTED = `wants an amount of US dollars like 0.50 or 20, at most ${MOST_DOLLARS}`;

/** `5`, `$0.50` → millionths of a dollar; null when it is no amount that can be set. */
export function parseDollars(value: string): number | null {
  const text = value.trim().replace(/^\$/u, '');
  const amount = /^\d{1,5}(?:\.\d{1,6})?$/u.test(text) ? Number(text) : Number.NaN;
  return amount <= MOST_DOLLARS ? Math.round(amount * 1e6) : null;
}

/** An amount as it is typed; empty = no limit. */
export function amountWords(micros: number | null): string {
  return micros === null ? '' : String(micros / 1e6);
}

/** `$1.50`, `$0.0042`: two digits, and two more where a small amount has part of a cent. */
export function dollars(micros: number): string {
  const amount = micros / 1e6;
  return `$${amount.toFixed(micros % 10_000 !== 0 && Math.abs(amount) < 1 ? 4 : 2)}`;
}
