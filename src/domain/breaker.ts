import { MINUTE, SECOND } from '../lib/clock.ts';

/** A platform that has failed several times in a row. */
export interface Breaker {
  platform: string;
  failures: number;
  /** What it said last, for a person. */
  reason: string;
  since: Date;
  /** Nothing is sent there until then, then one post tries; null = it is still sent to. */
  openUntil: Date | null;
}

/** Failures in a row after which nothing is sent to a platform for a while. Each may leave a post unclear, so few. */
export const FAILURES_TO_OPEN = 3;

/** The first pause; each further one is twice as long, up to the longest. */
export const FIRST_PAUSE_MS = 10 * SECOND;
export const LONGEST_PAUSE_MS = 5 * MINUTE;
