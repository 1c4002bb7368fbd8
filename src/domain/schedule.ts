import { Temporal } from 'temporal-polyfill';
import { after, DAY, HOUR, MINUTE } from '../lib/clock.ts';

/** When a channel's posts go out. The open one: each as soon as it is approved. */
export interface Schedule {
  /** One post may go out at each of these local times; none = at any time. */
  slots: Slot[];
  /** Local times between which nothing goes out, over midnight too; null = none. */
  quiet: { from: LocalTime; to: LocalTime } | null;
  /** Between two posts. */
  gapMs: number;
  /** Posts on one local day; null = any number. */
  perDay: number | null;
  /** Each planned post goes out up to so much later than its slot, so that it doesn't look like clockwork. */
  jitterMs: number;
  /** Counted from the article's publication; what could only go out later is dropped. Null = never. */
  expiresAfterMs: number | null;
  /** What becomes of posts whose time passed while Crier did not run: one goes out at once, none, or all. */
  catchUp: 'one' | 'none' | 'all';
}

export interface Slot {
  /** 1 = Monday … 7 = Sunday. */
  days: number[];
  time: LocalTime;
}

/** `09:30`. */
export type LocalTime = string;

export const OPEN_SCHEDULE: Schedule = {
  slots: [],
  quiet: null,
  gapMs: 0,
  perDay: null,
  jitterMs: 0,
  expiresAfterMs: null,
  catchUp: 'one',
};

/** Whether it lets everything go out at once. */
export function isOpen(schedule: Schedule): boolean {
  const { slots, quiet, gapMs, perDay, expiresAfterMs } = schedule;
  return slots.length === 0 && quiet === null && gapMs === 0 && perDay === null && expiresAfterMs === null;
}

/** A delivery as the plan sees it. */
export interface Planned {
  id: number;
  /** When it was to go out; null = not planned yet. */
  dueAt: Date | null;
  /** It goes out before the others, past slots, gap and the day's number, but not in quiet hours. */
  breaking: boolean;
  /** The instant a person chose, past the whole schedule; null = the schedule decides. */
  fixedAt: Date | null;
  /** A platform asked to wait until then; null = nobody did. */
  notBefore: Date | null;
  /** From then on it is old news; null = never. */
  expiresAt: Date | null;
}

/** When a delivery goes out; `expires`: no time is free before it is old news, it is dropped then. */
export interface PlanEntry {
  id: number;
  dueAt: Date;
  expires: boolean;
}

/** A time that passed by more than this was missed, not merely late. */
export const MISSED_AFTER_MS = 10 * MINUTE;
/** What was missed by more than this waits for its next regular time. */
const CATCH_UP_WITHIN_MS = 2 * HOUR;
/** Further than this no time is looked for: what finds none by then is planned anew when it comes. */
const HORIZON_MS = 366 * DAY;

/**
 * When each of a channel's waiting deliveries goes out: breaking ones first, then in the order given. `sent`: when its
 * posts of the last days went out. Local times are those of the IANA zone; one that a clock change skips is moved by as
 * much as the clock is, one that comes twice counts once. The same input gives the same plan.
 */
export function plan(
  schedule: Schedule,
  zone: string,
  { waiting, sent, now }: { waiting: readonly Planned[]; sent: readonly Date[]; now: Date },
): PlanEntry[] {
  const calendar = createCalendar(schedule, zone, now);
  // After the clock was set back, what was sent "later" was sent just now.
  for (const at of sent) calendar.take(at > now ? now : at);
  for (const { fixedAt } of waiting) if (fixedAt !== null) calendar.take(fixedAt);
  let mayCatchUp = schedule.catchUp === 'none' ? 0 : schedule.catchUp === 'one' ? 1 : Number.POSITIVE_INFINITY;
  const entries = new Map<number, PlanEntry>();
  for (const one of [...waiting].sort((left, right) => Number(right.breaking) - Number(left.breaking))) {
    const { id, fixedAt, expiresAt } = one;
    const lateMs = fixedAt === null && one.dueAt !== null ? now.getTime() - one.dueAt.getTime() : -1;
    const missed = lateMs > MISSED_AFTER_MS;
    const catchesUp = missed && lateMs <= CATCH_UP_WITHIN_MS && mayCatchUp > 0;
    const from = one.notBefore !== null && one.notBefore > now ? one.notBefore : now;
    // Due and not missed: its turn has come, it keeps it unless what went out late before it, or the hour, speaks against it.
    const isOpenNow = one.breaking ? calendar.awake(now) === now : calendar.isFree(now);
    const turn = lateMs >= 0 && !missed && from === now && isOpenNow ? one.dueAt : null;
    const dueAt =
      fixedAt ?? turn ?? (one.breaking ? calendar.awake(from) : calendar.next(from, { slots: !catchesUp, id }));
    if (expiresAt !== null && fixedAt === null && dueAt >= expiresAt) {
      entries.set(id, { id, dueAt: expiresAt > now ? expiresAt : now, expires: true });
      continue;
    }
    if (catchesUp) mayCatchUp -= 1;
    if (fixedAt === null) calendar.take(dueAt);
    entries.set(id, { id, dueAt, expires: false });
  }
  return waiting.flatMap(({ id }) => entries.get(id) ?? []);
}

/** What of the time from `now` on is still free. */
function createCalendar(schedule: Schedule, zone: string, now: Date) {
  const { gapMs, perDay, jitterMs } = schedule;
  const horizon = after(now, HORIZON_MS);
  const taken: number[] = [];
  const onDay = new Map<string, number>();
  const coming = slotsBetween(schedule, zone, now, horizon);
  const slots: Date[] = [];
  /** The slot of that number, found when it is first asked for; undefined past the horizon. */
  const slotAt = (index: number): Date | undefined => {
    while (slots.length <= index) {
      const { value, done } = coming.next();
      if (done) return undefined;
      slots.push(value);
    }
    return slots[index];
  };
  /** Slots before this one are taken or can't be used by anybody. */
  let firstSlot = 0;

  const awake = (at: Date) => outOfQuiet(schedule, zone, at);

  /** `at` when nothing speaks against it, else a later instant to try. */
  function free(at: Date): Date {
    const open = awake(at);
    if (open > at) return open;
    if (perDay !== null && (onDay.get(localDate(at, zone)) ?? 0) >= perDay) return nextMidnight(at, zone);
    const near = gapMs === 0 ? [] : taken.filter((one) => Math.abs(one - at.getTime()) < gapMs);
    return near.length > 0 ? new Date(Math.max(...near) + gapMs) : at;
  }
  const isFree = (at: Date) => free(at).getTime() === at.getTime();

  /** Whether a post went out, or will, in the slot's time. */
  function isUsed(index: number): boolean {
    const slot = slotAt(index)?.getTime() ?? 0;
    const end = Math.min(slotAt(index + 1)?.getTime() ?? Number.POSITIVE_INFINITY, slot + jitterMs + MISSED_AFTER_MS);
    return taken.some((one) => one >= slot && one < end);
  }

  return {
    awake,
    isFree,
    take(at: Date): void {
      taken.push(at.getTime());
      const day = localDate(at, zone);
      onDay.set(day, (onDay.get(day) ?? 0) + 1);
    },
    /** The first free instant from `from` on, at a slot where there are any and `slots` asks for it. */
    next(from: Date, wish: { slots: boolean; id: number }): Date {
      if (schedule.slots.length === 0 || !wish.slots) {
        let at = from;
        for (let better = free(at); better > at && at < horizon; better = free(at)) at = better;
        return at;
      }
      for (let index = firstSlot, slot = slotAt(index); slot !== undefined; index += 1, slot = slotAt(index)) {
        if (slot < from && slot.getTime() < from.getTime() - MINUTE) continue;
        const late = after(slot, jitterMs * shareOf(wish.id));
        const at = jitterMs > 0 && isFree(late) ? late : slot;
        const begins = at < from ? from : at;
        if (isUsed(index) || !isFree(begins)) {
          if (index === firstSlot && from <= now) firstSlot += 1;
          continue;
        }
        return begins;
      }
      return horizon;
    },
  };
}

/** From 0 to 1, the same for the same delivery. */
function shareOf(id: number): number {
  return (Math.imul(id ^ 0x5bd1e995, 0x9e3779b1) >>> 0) / 2 ** 32;
}

/** `at`, or the end of the quiet hours that it lies in. */
function outOfQuiet({ quiet }: Schedule, zone: string, at: Date): Date {
  if (quiet === null || quiet.from === quiet.to) return at;
  const local = zoned(at, zone);
  const minute = local.hour * 60 + local.minute;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const within = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!within) return at;
  const endsToday = minute < to;
  return instant(endsToday ? local.toPlainDate() : local.toPlainDate().add({ days: 1 }), quiet.to, zone);
}

/** The slots' instants in order, each once; one that began less than a minute ago is not over yet. */
function* slotsBetween({ slots }: Schedule, zone: string, from: Date, to: Date): Generator<Date> {
  const began = from.getTime() - MINUTE;
  for (let day = zoned(from, zone).toPlainDate(); ; day = day.add({ days: 1 })) {
    const today = slots.filter((slot) => slot.days.includes(day.dayOfWeek));
    const times = new Set(today.map((slot) => instant(day, slot.time, zone).getTime()));
    for (const time of [...times].sort((left, right) => left - right)) {
      if (time >= to.getTime()) return;
      if (time >= began) yield new Date(time);
    }
    if (instant(day, '00:00', zone) >= to) return;
  }
}

function zoned(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}

/** The date in the zone, `2026-11-23`. */
export function localDate(at: Date, zone: string): string {
  return zoned(at, zone).toPlainDate().toString();
}

function nextMidnight(at: Date, zone: string): Date {
  return instant(zoned(at, zone).toPlainDate().add({ days: 1 }), '00:00', zone);
}

function instant(day: Temporal.PlainDate, time: LocalTime, zone: string): Date {
  const local = day.toPlainDateTime(Temporal.PlainTime.from(time));
  return new Date(local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
}

function minutesOf(time: LocalTime): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
