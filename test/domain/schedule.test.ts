import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate, OPEN_SCHEDULE, type Planned, plan, type Schedule } from '../../src/domain/schedule.ts';
import { DAY, HOUR, after as later, MINUTE } from '../../src/lib/clock.ts';

const RIGA = 'Europe/Riga';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const WEEKDAYS = [1, 2, 3, 4, 5];
/** A Monday, 10:00 in Riga. */
const NOW = new Date('2026-11-23T08:00:00Z');

function delivery(id: number, given: Partial<Planned> = {}): Planned {
  return { id, dueAt: null, breaking: false, fixedAt: null, notBefore: null, expiresAt: null, ...given };
}

const schedule = (given: Partial<Schedule>): Schedule => ({ ...OPEN_SCHEDULE, ...given });
const slots = (...times: string[]) => times.map((time) => ({ days: EVERY_DAY, time }));

/** The plan in local words: `23 14:00`, with a `!` behind what expires. */
function planned(
  wish: Partial<Schedule>,
  waiting: Planned[],
  { sent = [], now = NOW, zone = RIGA }: { sent?: Date[]; now?: Date; zone?: string } = {},
): string[] {
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return plan(schedule(wish), zone, { waiting, sent, now }).map(({ dueAt, expires }) => {
    const parts = Object.fromEntries(words.formatToParts(dueAt).map(({ type, value }) => [type, value]));
    return `${parts.day} ${parts.hour}:${parts.minute}${expires ? '!' : ''}`;
  });
}

const many = (count: number) => Array.from({ length: count }, (_, index) => delivery(index + 1));

test('an open schedule sends each post at once', () => {
  expect(planned({}, many(3))).toEqual(['23 10:00', '23 10:00', '23 10:00']);
});

test('each slot takes one post, in order, on its days only', () => {
  expect(planned({ slots: slots('09:00', '14:00') }, many(4))).toEqual([
    '23 14:00',
    '24 09:00',
    '24 14:00',
    '25 09:00',
  ]);
  const friday = new Date('2026-11-27T15:00:00Z');
  expect(planned({ slots: [{ days: WEEKDAYS, time: '09:00' }] }, many(2), { now: friday })).toEqual([
    '30 09:00',
    '01 09:00',
  ]);
});

test('a slot that is now is used at once, and one that has had its post is over', () => {
  const late = later(NOW, 20_000);
  expect(planned({ slots: slots('10:00', '14:00') }, many(1), { now: late })).toEqual(['23 10:00']);
  expect(planned({ slots: slots('10:00', '14:00') }, many(1), { now: late, sent: [later(NOW, 5000)] })).toEqual([
    '23 14:00',
  ]);
});

test('a gap, a number a day and quiet hours hold together', () => {
  expect(planned({ gapMs: 2 * HOUR }, many(3), { sent: [later(NOW, -HOUR)] })).toEqual([
    '23 11:00',
    '23 13:00',
    '23 15:00',
  ]);
  expect(planned({ perDay: 2 }, many(3), { sent: [later(NOW, -HOUR)] })).toEqual(['23 10:00', '24 00:00', '24 00:00']);
  const night = { quiet: { from: '21:00', to: '08:30' } };
  expect(planned({ ...night, perDay: 1 }, many(2))).toEqual(['23 10:00', '24 08:30']);
  expect(planned(night, many(1), { now: new Date('2026-11-23T23:00:00Z') })).toEqual(['24 08:30']);
  expect(planned({ ...night, slots: slots('08:00', '09:00') }, many(1))).toEqual(['24 09:00']);
});

test('breaking news goes before the others, past slots, but not in quiet hours', () => {
  const waiting = [delivery(1), delivery(2, { breaking: true })];
  expect(planned({ slots: slots('14:00') }, waiting)).toEqual(['23 14:00', '23 10:00']);
  const night = new Date('2026-11-23T20:00:00Z');
  expect(planned({ quiet: { from: '21:00', to: '08:00' } }, waiting, { now: night })).toEqual(['24 08:00', '24 08:00']);
});

test('a time that a person chose stands, and its day counts it', () => {
  const noon = new Date('2026-11-23T10:00:00Z');
  expect(planned({ perDay: 1 }, [delivery(1), delivery(2, { fixedAt: noon })])).toEqual(['24 00:00', '23 12:00']);
});

test('news that has no time before it is old is dropped then, and takes no slot', () => {
  const soon = later(NOW, 5 * HOUR);
  const waiting = [delivery(1), delivery(2, { expiresAt: soon }), delivery(3)];
  expect(planned({ slots: slots('14:00') }, waiting)).toEqual(['23 14:00', '23 15:00!', '24 14:00']);
});

describe('what was missed while Crier did not run', () => {
  const missed = (minutes: number) => [1, 2, 3].map((id) => delivery(id, { dueAt: later(NOW, -minutes * MINUTE) }));
  const wish = { slots: slots('14:00', '16:00') };
  test.each([
    ['one', ['23 10:00', '23 14:00', '23 16:00']],
    ['none', ['23 14:00', '23 16:00', '24 14:00']],
    ['all', ['23 10:00', '23 10:00', '23 10:00']],
  ] as const)('%s', (catchUp, expected) => {
    expect(planned({ ...wish, catchUp }, missed(30))).toEqual(expected);
  });
  test('what is only late keeps its turn; what is long past waits for its next slot', () => {
    expect(planned(wish, missed(5))).toEqual(['23 09:55', '23 09:55', '23 09:55']);
    expect(planned(wish, missed(180))).toEqual(['23 14:00', '23 16:00', '24 14:00']);
  });
  test('what a platform asked to wait is not taken for missed', () => {
    const asked = delivery(1, { dueAt: later(NOW, HOUR), notBefore: later(NOW, HOUR) });
    expect(planned({}, [asked])).toEqual(['23 11:00']);
  });
});

describe('clock changes in Riga', () => {
  const at = (time: string) => ({ slots: slots(time) });
  test('a local time that spring skips is moved by the hour, once', () => {
    const before = new Date('2027-03-27T12:00:00Z');
    const entries = plan(schedule(at('03:30')), RIGA, { waiting: many(3), sent: [], now: before });
    expect(entries.map(({ dueAt }) => dueAt.toISOString())).toEqual([
      '2027-03-28T01:30:00.000Z', // 04:30 in summer time
      '2027-03-29T00:30:00.000Z',
      '2027-03-30T00:30:00.000Z',
    ]);
  });
  test('a local time that autumn has twice is used once', () => {
    const before = new Date('2026-10-24T12:00:00Z');
    const entries = plan(schedule(at('03:30')), RIGA, { waiting: many(2), sent: [], now: before });
    expect(entries.map(({ dueAt }) => dueAt.toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });
  test('quiet hours end at their local time on both days', () => {
    const quiet = { quiet: { from: '22:00', to: '07:00' } };
    for (const [night, morning] of [
      ['2027-03-27T21:00:00Z', '2027-03-28T04:00:00.000Z'],
      ['2026-10-24T21:00:00Z', '2026-10-25T05:00:00.000Z'],
    ] as const) {
      const [entry] = plan(schedule(quiet), RIGA, { waiting: many(1), sent: [], now: new Date(night) });
      expect(entry?.dueAt.toISOString()).toBe(morning);
    }
  });
});

test('the clock may jump: what was sent in its future counts as sent now, nothing is planned into the past', () => {
  const sent = [later(NOW, 2 * HOUR)];
  expect(planned({ gapMs: HOUR }, many(1), { sent })).toEqual(['23 11:00']);
});

test('a thousand waiting posts take a thousand slots', () => {
  const wish = schedule({ slots: slots('09:00', '14:00', '18:00'), jitterMs: 10 * MINUTE });
  const entries = plan(wish, RIGA, { waiting: many(1000), sent: [], now: NOW });
  expect(new Set(entries.map(({ dueAt }) => dueAt.getTime())).size).toBe(1000);
});

function isQuiet({ quiet }: Schedule, zone: string, at: Date): boolean {
  if (quiet === null || quiet.from === quiet.to) return false;
  const local = at.toLocaleTimeString('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return quiet.from < quiet.to ? local >= quiet.from && local < quiet.to : local >= quiet.from || local < quiet.to;
}

test('whatever the schedule, every post has a time, gaps and days hold, quiet hours stay quiet, and the plan is stable', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const anySchedule = fc.record({
    slots: fc.array(fc.record({ days: fc.uniqueArray(fc.constantFrom(...EVERY_DAY), { minLength: 1 }), time }), {
      maxLength: 4,
    }),
    quiet: fc.option(fc.record({ from: time, to: time })),
    gapMs: fc.constantFrom(0, 10 * MINUTE, 3 * HOUR),
    perDay: fc.option(fc.integer({ min: 1, max: 3 })),
    jitterMs: fc.constantFrom(0, 15 * MINUTE),
    expiresAfterMs: fc.constant(null),
    catchUp: fc.constantFrom('one' as const, 'none' as const, 'all' as const),
  });
  const zone = fc.constantFrom(RIGA, 'UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');
  const minutes = fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 });
  const now = fc
    .date({ min: new Date('2026-10-20'), max: new Date('2027-04-05'), noInvalidDate: true })
    .map((date) => new Date(date.getTime() - (date.getTime() % 1000)));
  fc.assert(
    fc.property(
      anySchedule,
      zone,
      now,
      fc.array(fc.record({ dueIn: fc.option(minutes), breaking: fc.boolean() }), { maxLength: 12 }),
      fc.array(fc.integer({ min: -2 * 24 * 60, max: 60 }), { maxLength: 5 }),
      (given, where, at, wanted, sentIn) => {
        const waiting = wanted.map(({ dueIn, breaking }, index) =>
          delivery(index + 1, { breaking, dueAt: dueIn === null ? null : later(at, dueIn * MINUTE) }),
        );
        const sent = sentIn.map((minute) => later(at, minute * MINUTE));
        const entries = plan(given, where, { waiting, sent, now: at });
        expect(entries.map((entry) => entry.id)).toEqual(waiting.map((one) => one.id));
        expect(plan(given, where, { waiting, sent, now: at })).toEqual(entries);
        // Those whose turn has come keep it, and breaking news waits for nobody: the rules hold for the others.
        const bound = entries.filter((_, index) => {
          const { dueAt, breaking } = waiting[index] as Planned;
          const lateMs = dueAt === null ? -1 : at.getTime() - dueAt.getTime();
          return !breaking && !(lateMs >= 0 && lateMs <= 10 * MINUTE);
        });
        const before = sent.map((one) => (one > at ? at : one));
        for (const { dueAt } of bound.filter((one) => one.dueAt < later(at, 360 * DAY))) {
          expect(dueAt.getTime()).toBeGreaterThanOrEqual(at.getTime());
          const gaps = before.map((one) => dueAt.getTime() - one.getTime());
          expect(gaps.filter((gap) => gap < given.gapMs)).toEqual([]);
          const day = localDate(dueAt, where);
          const same = bound.filter((other) => localDate(other.dueAt, where) === day);
          const already = before.filter((one) => localDate(one, where) === day);
          if (given.perDay !== null) expect(same.length + already.length).toBeLessThanOrEqual(given.perDay);
          expect(isQuiet(given, where, dueAt)).toBe(false);
        }
      },
    ),
    { numRuns: 300 },
  );
});
