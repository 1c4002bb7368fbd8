import { describe, expect, test } from 'vitest';
import { parseTime } from '../../src/cli/times.ts';
import { useStore } from './bench.ts';

const bench = useStore();

test('channel schedule sets when posts go out, shows it, and clears it', async () => {
  await bench.crier('channel', 'add', 'square:@town');
  expect((await bench.crier('channel', 'schedule', '1')).out).toContain('as soon as they are approved');
  const set = await bench.crier('channel', 'schedule', '1', '--slots', 'mon-fri 09:00 14:00', '--expires', '24h');
  expect(set).toMatchObject({ code: 0, out: expect.stringContaining('slots mon-fri 09:00 14:00\n  expires 1d') });
  const [record] = (await bench.crier('channel', 'schedule', '1', '--quiet', '22:00-07:00', '--json')).records;
  expect(record.schedule).toMatchObject({ quiet: { from: '22:00', to: '07:00' }, expiresAfterMs: 86_400_000 });
  const wrong = await bench.crier('channel', 'schedule', '1', '--slots', 'never', '--gap', 'long');
  expect(wrong.code).toBe(2);
  for (const fault of ['"never"', '"long"', 'Nothing was changed']) expect(wrong.error).toContain(fault);
  await bench.crier('channel', 'add', 'square:@town', '--auto');
  expect((await bench.crier('channel', 'schedule', '1')).out).toContain('mon-fri');
  expect((await bench.crier('channel', 'schedule', '1', '--clear')).out).toContain('as soon as they are approved');
});

describe('a time as people type it', () => {
  const now = new Date('2026-11-23T12:00:00Z'); // 14:00 in Riga
  test.each([
    ['14:30', '2026-11-23T12:30:00.000Z'],
    ['13:30', '2026-11-24T11:30:00.000Z'],
    ['9:05', '2026-11-24T07:05:00.000Z'],
    ['2026-12-01 09:00', '2026-12-01T07:00:00.000Z'],
    ['2027-07-01T09:00', '2027-07-01T06:00:00.000Z'],
    ['2026-12-01T09:00:00Z', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00:00+01:00', '2026-12-01T08:00:00.000Z'],
  ])('%s', (typed, expected) => {
    expect(parseTime(typed, 'Europe/Riga', now).toISOString()).toBe(expected);
  });
  test.each(['soon', '25:00', '2026-13-01 09:00', ''])('"%s" is refused', (typed) => {
    expect(() => parseTime(typed, 'Europe/Riga', now)).toThrow('is not a time');
  });
});
