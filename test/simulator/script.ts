import { OPEN_SCHEDULE, type Schedule } from '../../src/domain/schedule.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts';
import { seededRandom } from '../support/random.ts';
import { MOST_WORKERS } from './stage.ts';

/**
 * One thing that happens. Every number is in [0, 1) and picks from what is there when the step comes, so that a script
 * means something with any of its steps left out.
 */
export type Step =
  /** A standing call goes on, and so many further ones of its task. */
  | { does: 'turn'; pick: number; calls: number; chance: number }
  /** A worker takes a job of the queue; then `calls` of its calls are made. */
  | { does: 'job'; worker: number; pick: number; calls: number; chance: number }
  | { does: 'sweep'; worker: number; calls: number }
  | { does: 'approve'; worker: number; pick: number; calls: number }
  /** A person says of an unclear delivery what became of it. */
  | { does: 'settle'; worker: number; pick: number; verdict: number; calls: number }
  | { does: 'channel'; worker: number; pick: number; state: 'active' | 'paused' | 'removed' }
  | { does: 'brand'; worker: number; pick: number; paused: boolean }
  | { does: 'schedule'; worker: number; pick: number; schedule: number }
  /** The worker dies, `after` a call of it was made whose answer it never hears, or as it stands. */
  | { does: 'die'; worker: number; pick: number; after: boolean; chance: number }
  /** The database's connections of a worker end; it lives on. */
  | { does: 'cut'; worker: number }
  /** A call is made, but its answer is lost with the connection. */
  | { does: 'lose'; pick: number; chance: number }
  | { does: 'wait'; milliseconds: number }
  /** The clock is set, while nothing else happens. */
  | { does: 'jump'; milliseconds: number };

export interface Script {
  seed: number;
  workers: number;
  /** When it begins. */
  start: Date;
  /**
   * calm: nothing stands still while time passes, and the clock is never set, so the schedule can be checked to the
   * minute. wild: processes are frozen for hours and the clock jumps.
   */
  time: 'calm' | 'wild';
  schedules: Schedule[];
  steps: Step[];
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const SCHEDULES: readonly Schedule[] = [
  OPEN_SCHEDULE,
  { ...OPEN_SCHEDULE, gapMs: 30 * MINUTE },
  { ...OPEN_SCHEDULE, quiet: { from: '12:20', to: '15:00' }, gapMs: 10 * MINUTE },
  { ...OPEN_SCHEDULE, quiet: { from: '22:00', to: '07:00' }, perDay: 1 },
  { ...OPEN_SCHEDULE, perDay: 2, catchUp: 'all' },
  {
    ...OPEN_SCHEDULE,
    slots: [
      { days: EVERY_DAY, time: '12:10' },
      { days: EVERY_DAY, time: '18:00' },
    ],
    jitterMs: 4 * MINUTE,
    catchUp: 'none',
  },
  {
    ...OPEN_SCHEDULE,
    slots: [{ days: EVERY_DAY, time: '03:30' }],
    perDay: 1,
    catchUp: 'none',
  },
  { ...OPEN_SCHEDULE, slots: [{ days: EVERY_DAY, time: '12:10' }], expiresAfterMs: 26 * HOUR, catchUp: 'one' },
];

export const scheduleAt = (pick: number): Schedule => SCHEDULES[Math.floor(pick * SCHEDULES.length)] as Schedule;

/** Noon in Riga on a common day, and the evenings before its clocks change. */
const STARTS = ['2026-11-23T10:00:00Z', '2026-10-24T18:00:00Z', '2027-03-27T18:00:00Z'];

/** The script of a seed: always the same. */
export function scriptOf(seed: number, most: { workers: number }): Script {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ 0x51a7);
  const number = (below: number) => Math.floor(random() * below);
  const one = <T>(list: readonly T[]): T => list[number(list.length)] as T;
  const time = random() < 0.4 ? 'calm' : 'wild';
  const workers = Math.min(most.workers, one([1, 2, 2, 2, 3, 5]), MOST_WORKERS);
  const worker = () => number(workers);
  const calls = () => one([1, 2, 3, 5, 8, 99]);

  function step(): Step {
    const roll = random() * 100;
    if (roll < 34) return { does: 'turn', pick: random(), calls: calls(), chance: random() };
    if (roll < 58) return { does: 'job', worker: worker(), pick: random(), calls: calls(), chance: random() };
    if (roll < 66) return { does: 'sweep', worker: worker(), calls: calls() };
    if (roll < 70) return { does: 'approve', worker: worker(), pick: random(), calls: calls() };
    if (roll < 77) return { does: 'settle', worker: worker(), pick: random(), verdict: random(), calls: calls() };
    if (roll < 79)
      return {
        does: 'channel',
        worker: worker(),
        pick: random(),
        state: one(['active', 'active', 'paused', 'removed']),
      };
    if (roll < 80) return { does: 'brand', worker: worker(), pick: random(), paused: random() < 0.5 };
    if (roll < 81) return { does: 'schedule', worker: worker(), pick: random(), schedule: random() };
    if (roll < 86) return { does: 'die', worker: worker(), pick: random(), after: random() < 0.7, chance: random() };
    if (roll < 88) return { does: 'cut', worker: worker() };
    if (roll < 91) return { does: 'lose', pick: random(), chance: random() };
    if (roll < 98 || time === 'calm')
      return {
        does: 'wait',
        milliseconds: one([SECOND, 6 * SECOND, 21 * SECOND, 61 * SECOND, 4 * MINUTE, 2 * HOUR, 10 * HOUR]),
      };
    return { does: 'jump', milliseconds: one([-2 * HOUR, 2 * HOUR, DAY]) };
  }

  const approvals: Step[] = Array.from({ length: 1 + number(4) }, () => ({
    does: 'approve',
    worker: worker(),
    pick: random(),
    calls: random() < 0.8 ? 99 : calls(),
  }));
  return {
    seed,
    workers,
    start: new Date(one(STARTS)),
    time,
    schedules: [0, 1, 2].map(() => (random() < (time === 'calm' ? 0.9 : 0.3) ? scheduleAt(random()) : OPEN_SCHEDULE)),
    steps: [...approvals, ...Array.from({ length: 10 + number(40) }, step)],
  };
}
