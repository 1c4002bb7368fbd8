import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intervalOf, MAX_WAIT_MS, NO_WISHES, nextPollAt, type Pace, paceAfter } from '../../src/domain/polling.ts';
import { DAY, HOUR, MINUTE, after as moved } from '../../src/lib/clock.ts';

const now = new Date('2026-11-23T12:00:00Z'); // a Monday
const seed = 7;
const ago = (milliseconds: number) => moved(now, -milliseconds);
const every = (pauseMs: number, count = 12) => Array.from({ length: count }, (_, index) => ago((index + 1) * pauseMs));
const waitOf = (at: Date) => at.getTime() - now.getTime();
const paceOf = (dates: (Date | null)[]) => paceAfter(null, dates, dates.length, now);

const dates = fc.array(
  fc.option(fc.date({ min: new Date('1960-01-01'), max: new Date('2110-01-01'), noInvalidDate: true })),
  { maxLength: 30 },
);
const paces = fc.option(
  fc.record({
    from: fc.date({ min: ago(3000 * DAY), max: now, noInvalidDate: true }),
    count: fc.integer({ min: 1, max: 10 }),
  }),
);
const wishes = fc.record({
  pauseMs: fc.option(fc.integer({ min: 1, max: 60 * DAY })),
  skipHours: fc.uniqueArray(fc.integer({ min: 0, max: 23 })),
  skipDays: fc.uniqueArray(fc.integer({ min: 0, max: 6 })),
});

describe('the pace of a feed', () => {
  test('is that of its newest ten dated articles: a quarter of their mean pause is waited', () => {
    expect(intervalOf(paceOf(every(4 * HOUR)), now)).toBe(HOUR);
    expect(intervalOf(paceOf(every(MINUTE)), now)).toBe(5 * MINUTE);
    expect(intervalOf(paceOf(every(30 * DAY)), now)).toBe(6 * HOUR);
    expect(intervalOf(null, now)).toBe(30 * MINUTE);
  });

  test('slows down while nothing comes', () => {
    const pace = paceOf(every(HOUR));
    expect(intervalOf(pace, moved(now, 2 * DAY))).toBeGreaterThan(3 * intervalOf(pace, now));
  });

  test('is not told by articles of 1970, of 2099 or without a date, but by their coming', () => {
    const odd = [new Date(0), new Date('2099-01-01'), null];
    const began = paceOf(odd);
    expect(began).toEqual({ from: now, count: 1 });
    const nextDay = moved(now, DAY);
    expect(paceAfter(began, odd, 1, nextDay)).toEqual({ from: now, count: 2 });
    expect(paceAfter(began, odd, 0, nextDay)).toEqual(began);
    expect(paceAfter({ from: ago(DAY), count: 10 }, odd, 3, now)).toEqual({ from: ago(0.9 * DAY), count: 10 });
  });

  test('is forgotten when it lies in the future: the clock was set back', () => {
    expect(paceAfter({ from: moved(now, DAY), count: 3 }, [null], 1, now)).toEqual({ from: now, count: 1 });
  });

  test('never begins in the future and never counts more than ten, whatever the dates', () => {
    fc.assert(
      fc.property(paces, dates, fc.nat(40), (before, list, arrived) => {
        const pace = paceAfter(before, list, arrived, now);
        if (pace === null) return;
        expect(pace.from.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(pace.count).toBeGreaterThanOrEqual(1);
        expect(pace.count).toBeLessThanOrEqual(10);
      }),
    );
  });
});

describe('the next poll', () => {
  const next = (given: { pace?: Pace | null; wishes?: Partial<typeof NO_WISHES>; freshMs?: number; seed?: number }) =>
    nextPollAt({ pace: null, freshMs: 0, seed, ...given, wishes: { ...NO_WISHES, ...given.wishes } }, now);

  test('is never sooner than 5 minutes, never later than a day and its jitter', () => {
    fc.assert(
      fc.property(paces, wishes, fc.nat(400 * DAY), fc.nat(), (pace, asked, freshMs, feedId) => {
        const waitMs = waitOf(nextPollAt({ pace, wishes: asked, freshMs, seed: feedId }, now));
        expect(waitMs).toBeGreaterThanOrEqual(5 * MINUTE);
        expect(waitMs).toBeLessThanOrEqual(MAX_WAIT_MS);
      }),
    );
  });

  test('is never sooner than the freshness and the pause asked for, up to a day', () => {
    fc.assert(
      fc.property(paces, wishes, fc.nat(3 * DAY), fc.nat(), (pace, asked, freshMs, feedId) => {
        const waitMs = waitOf(nextPollAt({ pace, wishes: asked, freshMs, seed: feedId }, now));
        expect(waitMs).toBeGreaterThanOrEqual(Math.min(DAY, Math.max(freshMs, asked.pauseMs ?? 0)));
      }),
    );
  });

  test('is not in an hour or on a day that the feed leaves out, unless that would take more than a day', () => {
    fc.assert(
      fc.property(paces, wishes, fc.nat(), (pace, asked, feedId) => {
        const at = nextPollAt({ pace, wishes: asked, freshMs: 0, seed: feedId }, now);
        if (waitOf(at) >= DAY) return;
        expect(asked.skipHours).not.toContain(at.getUTCHours());
        expect(asked.skipDays).not.toContain(at.getUTCDay());
      }),
    );
  });

  test('is not later for a feed that publishes more often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (left, right) => {
        const [often, seldom] = [Math.min(left, right), Math.max(left, right)];
        const of = (minutes: number) => next({ pace: paceOf(every(minutes * MINUTE)) }).getTime();
        expect(of(often)).toBeLessThanOrEqual(of(seldom));
      }),
    );
  });

  test('waits out the night and the weekend', () => {
    const at = next({ wishes: { skipHours: [12, 13, 14] } });
    expect([at.getUTCHours(), at.getUTCDate()]).toEqual([15, 23]);
    expect(waitOf(next({ wishes: { skipDays: [1, 2] } }))).toBeGreaterThanOrEqual(DAY);
  });

  test('spreads feeds that were polled in the same moment', () => {
    const times = new Set(Array.from({ length: 1000 }, (_, feedId) => next({ seed: feedId }).getTime()));
    expect(times.size).toBeGreaterThan(900);
    const waits = [...times].map((time) => time - now.getTime());
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(MINUTE);
  });
});
