import { Temporal } from 'temporal-polyfill';
import { UsageError } from '../lib/errors.ts';

/** `2026-11-23 21:05` on the brand's clock; a dash for none. */
export function localTime(instant: Date | null, timeZone: string): string {
  if (instant === null) return '-';
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(instant);
}

/** `14:30` (the next one), `2026-12-01 09:00` on the brand's clock, or ISO 8601 with its offset. Throws UsageError. */
export function parseTime(input: string, timeZone: string, now: Date): Date {
  const text = input.trim();
  try {
    if (/^\d{1,2}:\d{2}$/u.test(text)) {
      const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
      const today = local.withPlainTime(text.padStart(5, '0'));
      const next = today.epochMilliseconds > now.getTime() ? today : today.add({ days: 1 });
      return new Date(next.epochMilliseconds);
    }
    if (/(?:[zZ]|[+-]\d{2}:?\d{2})$/u.test(text)) return new Date(Temporal.Instant.from(text).epochMilliseconds);
    const local = Temporal.PlainDateTime.from(text.replace(' ', 'T'));
    return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
  } catch (cause) {
    throw new UsageError(`"${input}" is not a time.`, {
      cure: 'Write 14:30, "2026-12-01 09:00" or 2026-12-01T09:00:00+02:00.',
      cause,
    });
  }
}
