import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPEN_SCHEDULE, type Schedule } from '../../src/domain/schedule.ts';
import { SCHEDULE_SETTINGS } from '../../src/domain/schedule-setting.ts';
import { changedBy, settingLines } from '../../src/domain/setting.ts';

const set = (values: Record<string, string>, schedule: Schedule = OPEN_SCHEDULE) =>
  changedBy(SCHEDULE_SETTINGS, schedule, values);

test('slots are read as people write them', () => {
  const { next, faults } = set({ slots: 'Mon-Fri 9:00, 14:00; sat,sun 11:00\nsun-mon 20:30; 18:00' });
  expect(faults).toEqual(new Map());
  expect(next.slots).toEqual([
    { days: [1, 2, 3, 4, 5], time: '09:00' },
    { days: [1, 2, 3, 4, 5], time: '14:00' },
    { days: [6, 7], time: '11:00' },
    { days: [1, 7], time: '20:30' },
    { days: [1, 2, 3, 4, 5, 6, 7], time: '18:00' },
  ]);
  expect(settingLines(SCHEDULE_SETTINGS, next)).toEqual([
    'slots mon-fri 09:00 14:00; sat,sun 11:00; mon,sun 20:30; 18:00',
  ]);
});

test('every part is read, shown as it is typed, and cleared', () => {
  const typed = { quiet: '22:00 – 7:00', gap: '90m', 'per-day': '5', jitter: '10m', expires: '2d', 'catch-up': 'none' };
  const { next } = set(typed);
  expect(next).toEqual({
    slots: [],
    quiet: { from: '22:00', to: '07:00' },
    gapMs: 5_400_000,
    perDay: 5,
    jitterMs: 600_000,
    expiresAfterMs: 172_800_000,
    catchUp: 'none',
  });
  expect(settingLines(SCHEDULE_SETTINGS, next)).toEqual([
    'quiet 22:00-07:00',
    'gap 90m',
    'per-day 5',
    'jitter 10m',
    'expires 2d',
    'catch-up none',
  ]);
  const cleared = set(Object.fromEntries(SCHEDULE_SETTINGS.map(({ key }) => [key, ''])), next);
  expect(cleared.next).toEqual(OPEN_SCHEDULE);
});

describe('what can’t be used is named', () => {
  test.each([
    ['slots', 'mon-fri'],
    ['slots', 'someday 09:00'],
    ['slots', '09:00 mon'],
    ['slots', '25:00'],
    ['quiet', '22:00'],
    ['quiet', 'night-day'],
    ['gap', 'long'],
    ['per-day', '0'],
    ['expires', '-1h'],
    ['catch-up', 'most'],
  ])('%s "%s"', (key, value) => {
    expect([...set({ [key]: value }).faults.keys()]).toEqual([key]);
  });
});

test('what is shown is read again as the same', () => {
  const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }).map((all) => all.sort());
  const time = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minute) => {
    const parts = [Math.floor(minute / 60), minute % 60];
    return parts.map((part) => String(part).padStart(2, '0')).join(':');
  });
  const slots = fc.uniqueArray(fc.record({ days, time }), { maxLength: 6, selector: (slot) => JSON.stringify(slot) });
  const sorted = (all: Schedule['slots']) => all.map((slot) => JSON.stringify(slot)).sort();
  fc.assert(
    fc.property(slots, (given) => {
      const shown =
        SCHEDULE_SETTINGS.find(({ key }) => key === 'slots')?.read({ ...OPEN_SCHEDULE, slots: given }) ?? '';
      const { next, faults } = set({ slots: shown });
      expect(faults.size).toBe(0);
      expect(sorted(next.slots)).toEqual(sorted(given));
    }),
  );
});
