import { after, MINUTE, SECOND } from '../lib/clock.ts';

/** What a look at the platform says of an attempt whose answer never came. */
export type Finding =
  | { kind: 'found'; remoteId: string; url: string | null }
  /** It was looked for where it would be, and is not there (yet). No proof: nothing is sent because of it. */
  | { kind: 'absent'; reason: string }
  | { kind: 'cannot-tell'; reason: string };

/** Under whose name the ledger keeps what Crier found out by itself. */
export const READ_BACK = 'crier (read-back)';

/** What a person says who found that a post is not there; kept in the ledger. */
export const NOT_THERE = 'a person looked: it is not there';

/** From one look to the next; the last is 14 minutes after the answer failed to come. Then it is a person's. */
const LOOK_PAUSES_MS = [2 * SECOND, 15 * SECOND, 45 * SECOND, 2 * MINUTE, 4 * MINUTE, 7 * MINUTE];

/** When the look after `looks` others is due; null when a person has to look. */
export function nextLookAt(looks: number, now: Date): Date | null {
  const pauseMs = LOOK_PAUSES_MS[looks];
  return pauseMs === undefined ? null : after(now, pauseMs);
}
