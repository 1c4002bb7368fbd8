import { after, DAY, HOUR, MINUTE } from '../lib/clock.ts';

/** One reading of what readers did with one delivery. */
export interface Engagement {
  deliveryId: number;
  at: Date;
  metric: Metric;
  /** The total at that instant, not the change. */
  value: number;
}

/** Clicks are not here: each is a row of its own (see ClickClass). */
export type Metric = 'reactions' | 'replies' | 'likes' | 'reposts' | 'quotes' | 'bookmarks' | 'views';

/** When a delivery's engagement is asked for, counted from its confirmation; after the last it is left alone. */
const MEASURE_AFTER_MS = [
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  DAY,
  2 * DAY,
  4 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
];

/** The next instant to ask at, strictly after `now`; null when the series is over. */
export function nextMeasureAt(confirmedAt: Date, now: Date): Date | null {
  for (const delayMs of MEASURE_AFTER_MS) {
    const due = after(confirmedAt, delayMs);
    if (due > now) return due;
  }
  return null;
}

/** Who followed a tracked link. Only persons count; the others are kept. */
export type ClickClass = 'person' | 'bot' | 'head' | 'prefetch';
