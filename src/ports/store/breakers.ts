import type { Breaker } from '../../domain/breaker.ts';

/** Platforms that are down, one truth for all processes. */
export interface Breakers {
  list(): Promise<Breaker[]>;
  get(platform: string): Promise<Breaker | null>;
  /** Counts a failure in a row; opens at the third, and for longer when `probing` failed. */
  fail(platform: string, reason: string, probing: boolean, now: Date): Promise<Breaker>;
  /** The platform has answered. False when nothing was known against it. */
  close(platform: string): Promise<boolean>;
  /** The pause is over: whoever gets true may send one post and has until `until`. */
  probe(platform: string, until: Date, now: Date): Promise<boolean>;
}
