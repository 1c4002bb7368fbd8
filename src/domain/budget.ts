import type { Price, Purpose } from './spending.ts';

/** The most that a brand's model may cost, in millionths of a US dollar; null = no limit. */
export interface Budget {
  dayMicros: number | null;
  monthMicros: number | null;
  /** Of these, the most a day for questions whether articles fit; null = ABOUT_DAY_MICROS where the price is known. */
  aboutDayMicros: number | null;
  /** What the brand's model costs, where the price list doesn't know or is wrong; null = the list's price. */
  price: Price | null;
}

/** The budget that limits nothing. */
export const NO_BUDGET: Budget = { dayMicros: null, monthMicros: null, aboutDayMicros: null, price: null };

/** Questions are short: 25 cents ask a small model several hundred. */
export const ABOUT_DAY_MICROS = 250_000;

/** From this share of a cap on people are told. */
const NEAR = 0.8;

/** One limit that spending must keep. */
export interface Cap {
  name: 'day' | 'month' | 'questions' | 'channel';
  period: 'day' | 'month';
  micros: number;
  purposes: readonly Purpose[];
}

/** What was spent or is held in the present day and month of the brand's zone, by purpose. */
export interface Used {
  day: Readonly<Record<Purpose, number>>;
  month: Readonly<Record<Purpose, number>>;
  dayEndsAt: Date;
  monthEndsAt: Date;
}

/** What a model is paid for. */
const MODEL: readonly Purpose[] = ['write', 'about', 'opinion'];

/** The caps that a call to the model has to keep. `set` tells those that the brand itself has set from the usual one. */
export function capsOn(budget: Budget, purpose: Purpose): { set: Cap[]; usual: Cap[] } {
  const { dayMicros, monthMicros, aboutDayMicros } = budget;
  const set: Cap[] = [];
  const usual: Cap[] = [];
  if (purpose === 'about')
    (aboutDayMicros === null ? usual : set).push({
      name: 'questions',
      period: 'day',
      micros: aboutDayMicros ?? ABOUT_DAY_MICROS,
      purposes: ['about'],
    });
  if (dayMicros !== null) set.push({ name: 'day', period: 'day', micros: dayMicros, purposes: MODEL });
  if (monthMicros !== null) set.push({ name: 'month', period: 'month', micros: monthMicros, purposes: MODEL });
  return { set, usual };
}

/** The cap on what a channel's platform charges. */
export function channelCap(micros: number): Cap {
  return { name: 'channel', period: 'month', micros, purposes: ['publish'] };
}

/** How much of a cap is used. */
export function usedOf(cap: Cap, used: Used): number {
  return cap.purposes.reduce((sum, purpose) => sum + used[cap.period][purpose], 0);
}

/** When a cap begins anew. */
export function endOf(cap: Cap, used: Used): Date {
  return cap.period === 'day' ? used.dayEndsAt : used.monthEndsAt;
}

/** The cap that so much more would exceed, the one that holds longest first; null = it may be spent. */
export function exceeded(caps: readonly Cap[], used: Used, moreMicros: number): Cap | null {
  const broken = caps.filter((cap) => usedOf(cap, used) + moreMicros > cap.micros);
  return broken.find((cap) => cap.period === 'month') ?? broken[0] ?? null;
}

/** The caps of which four fifths are used. */
export function nearing(caps: readonly Cap[], used: Used): Cap[] {
  return caps.filter((cap) => usedOf(cap, used) >= cap.micros * NEAR);
}
