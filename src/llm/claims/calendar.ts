import { type DateSpan, dates, dayWords, times } from './dates.ts';

const DAY_MS = 86_400_000;

/** The days that an article speaks of, ready to be compared with. */
export interface Calendar {
  /** Whether the article says this date, as far as both say it. */
  hasDate(date: DateSpan): boolean;
  hasWeekday(weekday: number): boolean;
  hasRelative(offset: number): boolean;
  hasTime(minutes: readonly number[]): boolean;
}

/** Reads an article's dates and times; its date of publication resolves "on Monday" and "yesterday". */
export function readCalendar(texts: readonly string[], publishedAt: Date | null): Calendar {
  const known: { year: number | null; month: number; day: number | null }[] = [];
  const weekdays = new Set<number>();
  const relative = new Set<number>();
  const minutes = new Set<number>();
  for (const text of texts) {
    for (const { other, ...date } of dates(text, true))
      known.push(date, ...(other === null ? [] : [{ ...date, ...other }]));
    for (const { kind, value } of dayWords(text)) (kind === 'weekday' ? weekdays : relative).add(value);
    for (const time of times(text)) {
      for (const minute of time.minutes) minutes.add(minute);
      // "at 5:30" in the evening is 17:30.
      if (!/[ap]\.?m/iu.test(time.span)) for (const minute of time.minutes) if (minute < 720) minutes.add(minute + 720);
    }
    for (const match of text.matchAll(/(?<!\d)([01]?\d|2[0-3])[.:]([0-5]\d)(?!\d)/gu))
      minutes.add(Number(match[1]) * 60 + Number(match[2]));
    for (const match of text.matchAll(/(?<![\d.,])(\d{1,2})[./](\d{1,2})(?![\d/]|[.,]\d)/gu)) {
      const [day, month] = [Number(match[1]), Number(match[2])];
      if (month >= 1 && month <= 12 && day >= 1 && day <= 31) known.push({ year: null, month, day });
    }
  }
  if (publishedAt !== null) {
    const published = (days: number) => {
      const at = new Date(publishedAt.getTime() + days * DAY_MS);
      return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
    };
    known.push(published(0));
    relative.add(0);
    for (const offset of [...relative]) known.push(published(offset));
    const today = publishedAt.getUTCDay();
    for (const weekday of weekdays)
      known.push(published((weekday - today + 7) % 7), published(-((today - weekday + 7) % 7)));
    for (const offset of [-1, 1]) {
      const { month, day } = published(offset);
      if (weekdays.has((today + offset + 7) % 7) || known.some((date) => date.month === month && date.day === day))
        relative.add(offset);
    }
  }
  const publishedYear = publishedAt?.getUTCFullYear() ?? null;
  const days = new Map<string, Set<number | null>>();
  for (const { year, month, day } of known) {
    for (const key of [`${month}`, ...(day === null ? [] : [`${month}-${day}`])]) {
      const years = days.get(key) ?? new Set();
      days.set(key, years.add(year));
    }
    const inYear = year ?? publishedYear;
    if (day !== null && inYear !== null) weekdays.add(new Date(Date.UTC(inYear, month - 1, day)).getUTCDay());
  }
  return {
    hasDate: ({ year, month, day, other }) =>
      [{ month, day }, ...(other === null ? [] : [other])].some((reading) => {
        const years = days.get(reading.day === null ? `${reading.month}` : `${reading.month}-${reading.day}`);
        return years !== undefined && (year === null || years.has(year) || years.has(null));
      }),
    hasWeekday: (weekday) => weekdays.has(weekday),
    hasRelative: (offset) => relative.has(offset),
    hasTime: (readings) => readings.some((minute) => minutes.has(minute)),
  };
}
