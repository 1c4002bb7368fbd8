import { durationWords, parseDuration } from '../lib/duration.ts';
import { UsageError } from '../lib/errors.ts';
import type { Schedule, Slot } from './schedule.ts';
import type { Setting } from './setting.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SLOTS_LIMIT = 100;
const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/u;

/** Every part of a channel's schedule, in the order in which it is shown. Times are the brand's. */
export const SCHEDULE_SETTINGS: readonly Setting<Schedule>[] = [
  {
    key: 'slots',
    value: '<times>',
    meaning: 'one post at each of these times, such as "mon-fri 09:00 14:00; sat 11:00"; none = at any time',
    read: ({ slots }) => slotWords(slots),
    change: (schedule, value) => ({ ...schedule, slots: parseSlots(value) }),
  },
  {
    key: 'quiet',
    value: '<from-to>',
    meaning: 'nothing goes out then, such as 22:00-07:00',
    read: ({ quiet }) => (quiet === null ? '' : `${quiet.from}-${quiet.to}`),
    change: (schedule, value) => ({ ...schedule, quiet: parseQuiet(value) }),
  },
  {
    key: 'gap',
    value: '<time>',
    meaning: 'at least so long between two posts, such as 30m',
    read: ({ gapMs }) => (gapMs === 0 ? '' : durationWords(gapMs)),
    change: (schedule, value) => ({ ...schedule, gapMs: parseDuration('gap', value) ?? 0 }),
  },
  {
    key: 'per-day',
    value: '<count>',
    meaning: 'at most so many posts a day',
    read: ({ perDay }) => (perDay === null ? '' : String(perDay)),
    change: (schedule, value) => ({ ...schedule, perDay: parsePerDay(value) }),
  },
  {
    key: 'jitter',
    value: '<time>',
    meaning: 'each post up to so much later than its slot, such as 10m',
    read: ({ jitterMs }) => (jitterMs === 0 ? '' : durationWords(jitterMs)),
    change: (schedule, value) => ({ ...schedule, jitterMs: parseDuration('jitter', value) ?? 0 }),
  },
  {
    key: 'expires',
    value: '<time>',
    meaning: 'news that is older is dropped instead of posted late, such as 24h',
    read: ({ expiresAfterMs }) => (expiresAfterMs === null ? '' : durationWords(expiresAfterMs)),
    change: (schedule, value) => ({ ...schedule, expiresAfterMs: parseDuration('expires', value) }),
  },
  {
    key: 'catch-up',
    value: '<one|none|all>',
    meaning: 'what goes out at once of the posts whose time passed while Crier did not run',
    read: ({ catchUp }) => (catchUp === 'one' ? '' : catchUp),
    change: (schedule, value) => ({ ...schedule, catchUp: parseCatchUp(value) }),
  },
];

/** `mon-fri 09:00 14:00; sat,sun 11:00; 18:00` → slots; groups are parted by semicolons or lines, no days = every day. */
function parseSlots(value: string): Slot[] {
  const groups = value.split(/[;\n]/u).map((group) => group.trim().toLowerCase());
  const slots = groups.filter((group) => group !== '').flatMap(parseGroup);
  if (slots.length > SLOTS_LIMIT) throw new UsageError(`slots: at most ${SLOTS_LIMIT}, not ${slots.length}.`);
  return slots;
}

function parseGroup(group: string): Slot[] {
  const days = new Set<number>();
  const times = new Set<string>();
  for (const word of group.split(/[\s,]+/u)) {
    const time = TIME.test(word) ? parseTime('slots', word) : null;
    if (time !== null) times.add(time);
    else if (times.size > 0) throw new UsageError(`slots: "${word}" in "${group}" is not a time like 09:00.`);
    else for (const day of parseDays(word)) days.add(day);
  }
  if (times.size === 0) throw new UsageError(`slots: "${group}" names no time like 09:00.`);
  const on = days.size === 0 ? DAYS.map((_, index) => index + 1) : [...days].sort((left, right) => left - right);
  return [...times].map((time) => ({ days: on, time }));
}

/** `mon`, `mon-fri`, `fri-mon`, `daily`. */
function parseDays(word: string): number[] {
  if (word === 'daily') return DAYS.map((_, index) => index + 1);
  const [first, last, more] = word.split('-').map((name) => DAYS.indexOf(name.slice(0, 3)) + 1);
  if (!first || more !== undefined || last === 0)
    throw new UsageError(`slots: "${word}" is neither a day (mon … sun, mon-fri, daily) nor a time like 09:00.`);
  if (last === undefined) return [first];
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => ((first - 1 + index) % 7) + 1);
}

function parseTime(key: string, word: string): string {
  const [, hours = '', minutes = ''] = TIME.exec(word.trim()) ?? [];
  if (hours === '') throw new UsageError(`${key}: "${word}" is not a time like 09:00.`);
  return `${hours.padStart(2, '0')}:${minutes}`;
}

/** As parseSlots reads them: times with the same days together. */
function slotWords(slots: readonly Slot[]): string {
  const groups = Map.groupBy(slots, ({ days }) => dayWords(days));
  return [...groups].map(([days, group]) => [days, ...group.map(({ time }) => time)].join(' ').trim()).join('; ');
}

function dayWords(days: readonly number[]): string {
  const [first = 1, last = 1] = [days[0], days.at(-1)];
  if (days.length === DAYS.length) return '';
  const names = days.map((day) => DAYS[day - 1]);
  return days.length > 2 && last - first + 1 === days.length ? `${names[0]}-${names.at(-1)}` : names.join(',');
}

function parseQuiet(value: string): Schedule['quiet'] {
  if (value.trim() === '') return null;
  const [from, to, more] = value.split(/\s*[-–]\s*/u);
  if (from === undefined || to === undefined || more !== undefined)
    throw new UsageError(`quiet: "${value}" is not a stretch like 22:00-07:00.`);
  return { from: parseTime('quiet', from), to: parseTime('quiet', to) };
}

function parsePerDay(value: string): number | null {
  if (value.trim() === '') return null;
  if (!/^[1-9]\d{0,3}$/u.test(value.trim())) throw new UsageError(`per-day: "${value}" is not a number from 1.`);
  return Number(value);
}

function parseCatchUp(value: string): Schedule['catchUp'] {
  const word = value.trim().toLowerCase();
  if (word === '' || word === 'one') return 'one';
  if (word === 'none' || word === 'all') return word;
  throw new UsageError(`catch-up is one, none or all, not "${value}".`);
}
