import type { Purpose, Usage } from '../domain/spending.ts';

/** Asked before every call to a model and told what it used, so that money is counted and budgets are kept. */
export interface Meter {
  /** Holds the most that a call can cost. Throws WriterError `over-budget` when that isn't left. */
  hold(call: { model: string; purpose: Purpose; most: Usage }): Promise<Hold>;
}

/** The money of one call, until it is settled. What is never settled stays counted. */
export interface Hold {
  /** Whether a budget hangs on `most`: then the endpoint must be told not to use more. */
  readonly binding: boolean;
  /** What the call used; null = it was not billed; `unknown` = no answer came, so that the most it can cost stays counted. */
  settle(used: Usage | null | 'unknown'): Promise<void>;
}
