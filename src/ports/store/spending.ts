import type { Used } from '../../domain/budget.ts';
import type { Purpose, Spending } from '../../domain/spending.ts';

/** The ledger of money. Lines are only added. */
export interface Spendings {
  /** Adds lines; one that is there already (same reference and entry) is not added again. */
  add(lines: readonly Spending[]): Promise<void>;
  /** Gives back what is held under a reference; nothing when none is or it was given back. */
  release(reference: string): Promise<void>;
  /** Holds off others who would spend of the same brand's, or channel's, budget until the transaction ends. Inside one only. */
  lock(of: { brandId: number } | { channelId: number }): Promise<void>;
  /** Everything ever, by brand's short name, purpose and payee; tokens are those of calls without a price. */
  totals(): Promise<{ brand: string; purpose: Purpose; payee: string; micros: number; unpricedTokens: number }[]>;
  /** What was spent or is held in the day and month of `now`, of a whole brand or of one channel. */
  used(of: { brandId: number } | { channelId: number }, now: Date): Promise<Used>;
}
