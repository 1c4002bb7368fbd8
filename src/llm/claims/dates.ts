import type { Span } from '../spans.ts';
import { isPlainMonth, monthOf, relativeDay, weekdayOf } from './date-words.ts';

/** A calendar day or month as written; what isn't said is null. */
export interface DateSpan extends Span {
  year: number | null;
  month: number;
  day: number | null;
  /** The other reading of 03/04/2026. */
  other: { month: number; day: number } | null;
}
/** A weekday (Sunday = 0), or a day as seen from today. */
export interface DayWord extends Span {
  kind: 'weekday' | 'relative';
  value: number;
}
/** A time of day in minutes after midnight; two where the text doesn't say whether before or after noon. */
export interface TimeSpan extends Span {
  minutes: number[];
}

const YEAR_BEFORE = /(?<!\d)((?:1[5-9]|2[01])\d\d)\.?\p{Zs}?(?:gada|g\.|m\.|metų|aasta|aastal|a\.)?,?\p{Zs}?$/u;
const DAYS_BEFORE =
  /(?<![\d.,])(?:(\d{1,2})(?:st|nd|rd|th|\.)?\p{Zs}?(?:[-–—]|to|and|un|līdz|и|по|bis|und|ir|iki|ja|kuni)\p{Zs}?)?(\d{1,2})(?:st|nd|rd|th|-?го|-?е|\.)?\p{Zs}{0,2}(?:of\p{Zs})?$/u;
const DAY_AFTER =
  /^\.?\p{Zs}(?:the\p{Zs})?(\d{1,2})(?:st|nd|rd|th|-(?:oji|ąją|osios|ąjai)|\p{Zs}d\.)?(?![\d%:]|[.,]\d{1,3}(?!\d)|\p{Zs}?(?:%|percent))/u;
const YEAR_AFTER = /^\.?,?\p{Zs}{0,2}(?:of\p{Zs})?((?:1[5-9]|2[01])\d\d)(?!\d)/u;
const NUMERIC =
  /(?<![\d.,/:-])(?:(\d{4})([-./])(\d{1,2})\2(\d{1,2})|(\d{1,2})([./-])\p{Zs}?(\d{1,2})\6\p{Zs}?((?:1[5-9]|2[01])\d\d|\d\d))(?![\d/:-]|[.,]\d)/gu;

/** Every date with a month, left to right; with `all` also lone words that may be a month or something else. */
export function dates(text: string, all = false): DateSpan[] {
  const found: DateSpan[] = numericDates(text);
  for (const match of text.matchAll(/\p{L}+/gu)) {
    const month = monthOf(match[0].toLowerCase());
    if (month === undefined) continue;
    found.push(...namedDates(text, match[0], match.index, month, all));
  }
  return found.sort((left, right) => left.index - right.index);
}

/** Weekdays, and words like "yesterday". */
export function dayWords(text: string): DayWord[] {
  const found: DayWord[] = [];
  for (const match of text.matchAll(/\p{L}+/gu)) {
    const word = match[0].toLowerCase();
    const weekday = weekdayOf(word);
    const relative = weekday === undefined ? relativeDay(word) : undefined;
    if (weekday !== undefined) found.push({ kind: 'weekday', value: weekday, span: match[0], index: match.index });
    else if (relative !== undefined)
      found.push({ kind: 'relative', value: relative, span: match[0], index: match.index });
  }
  return found;
}

const CLOCK =
  /(?<![\d.,:])([01]?\d|2[0-4])(?:([:.])([0-5]\d))?(?![\d:])\p{Zs}?([ap]\.?m\b\.?|(?:uhr|часов|часа|час|val\.?)(?!\p{L}))?/giu;
const CLOCK_CUE = /(?:plkst\.?|pulksten|um|kell|kl\.|at|\bв|с|до|no|līdz|nuo|iki|ab|von|bis)\p{Zs}$/iu;
const CLOCK_WORD = /(?:plkst\.?|pulksten|kell|kl\.)\p{Zs}?$/iu;

/** Times of day: 10:30, 5 p.m., plkst. 17, 17 Uhr; with a point only where a word says that it is a time. */
export function times(text: string): TimeSpan[] {
  const found: TimeSpan[] = [];
  for (const match of text.matchAll(CLOCK)) {
    const [whole, hours = '', mark, minutes, half] = match;
    const before = text.slice(Math.max(0, match.index - 12), match.index);
    const cued = CLOCK_CUE.test(before);
    const isTime = mark === ':' || half !== undefined || (mark === '.' ? cued : CLOCK_WORD.test(before));
    if (!isTime || Number(hours) > 24 || /^(?:\p{L}|\p{Zs}?%)/u.test(text.slice(match.index + whole.trimEnd().length)))
      continue;
    if (half !== undefined && /^(?:часа?|часов|val)/iu.test(half) && !cued) continue;
    const span = whole.trimEnd();
    const noon = /^([ap])/iu.exec(half ?? '')?.[1]?.toLowerCase();
    const hour = Number(hours);
    const base = hour * 60 + Number(minutes ?? 0);
    const twelve = (hour % 12) * 60 + Number(minutes ?? 0);
    const readings = noon === 'p' ? [twelve + 720] : noon === 'a' ? [twelve] : [base % 1440];
    found.push({ span, index: match.index, minutes: readings });
  }
  return found;
}

function numericDates(text: string): DateSpan[] {
  const found: DateSpan[] = [];
  for (const match of text.matchAll(NUMERIC)) {
    const iso = match[1] !== undefined;
    const year = Number(match[1] ?? match[8]);
    const full = match[8]?.length === 2 ? 2000 + year : year;
    const [one, two] = iso ? [Number(match[4]), Number(match[3])] : [Number(match[5]), Number(match[7])];
    const dayFirst = isDay(one, two);
    const monthFirst = !iso && match[6] === '/' && isDay(two, one);
    if (!dayFirst && !monthFirst) continue;
    const [day, month] = dayFirst ? [one, two] : [two, one];
    const other = dayFirst && monthFirst && one !== two ? { month: one, day: two } : null;
    found.push({ span: match[0], index: match.index, year: full, month, day, other });
  }
  return found;
}

function namedDates(text: string, word: string, index: number, month: number, all: boolean): DateSpan[] {
  const end = index + word.length;
  const tail = text.slice(end, end + 28);
  let head = text.slice(Math.max(0, index - 40), index);
  let start = index;
  let stop = end;
  const before = DAYS_BEFORE.exec(head);
  let days: number[] = [];
  if (before !== null && isDay(Number(before[2]), month)) {
    days = [before[1], before[2]].filter((day) => day !== undefined).map(Number);
    start -= before[0].length;
    head = head.slice(0, before.index);
  } else {
    const after = DAY_AFTER.exec(tail);
    if (after !== null && isDay(Number(after[1]), month)) {
      days = [Number(after[1])];
      stop = end + after[0].length;
    }
  }
  let year = null;
  const yearBefore = YEAR_BEFORE.exec(head);
  const yearAfter = YEAR_AFTER.exec(text.slice(stop, stop + 12));
  if (yearAfter !== null) {
    year = Number(yearAfter[1]);
    stop += yearAfter[0].length;
  } else if (yearBefore !== null) {
    year = Number(yearBefore[1]);
    start -= yearBefore[0].length;
  }
  if (days.length === 0 && year === null && !all && !isPlainMonth(word)) return [];
  const span = text.slice(start, stop);
  const place = { span, index: start, year, month, other: null };
  return days.length === 0 ? [{ ...place, day: null }] : days.map((day) => ({ ...place, day }));
}

function isDay(day: number, month: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
