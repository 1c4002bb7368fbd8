import { blank, type Span } from '../spans.ts';
import { namedNumbers, scaleOf } from './number-words.ts';
import { currencyBefore, isCurrency, unitAfter } from './units.ts';

/** A number as written, and what it may mean. */
export interface NumberSpan extends Span {
  /** Its values in one spelling, so that 2.5 million, 2,5 milj. and 2 500 000 are equal; one is enough to agree. */
  values: string[];
  /** The values of its pieces, for what may also be several numbers: `15.02`, `25 400`; all must agree. */
  pieces: string[];
  /** What it counts, where that is a currency, a percentage or a measure; null = unknown. */
  unit: string | null;
  /** The number with its unit. */
  whole: string;
}

interface Found extends NumberSpan {
  suffix: Suffix | null;
  mantissas: Mantissa[];
}

const GROUP_MARK = /^[.,'’٬]$/u;
const GROUP_SPACE = /^\p{Zs}$/u;
/** Between two numbers that share what follows the second: "2–3 million", "10, 12 and 15 %". */
const SHARING = /^\s*(?:[-–—]|,?\s?(?:and|or|to|un|vai|līdz|и|или|до|bis|und|oder|ir|iki|ja|kuni)\s|,\s)\s*[$€£₽]?$/u;
const ZEROS = ['\u0660', '\u06f0', '\u0966', '\u09e6', '\u0e50', '\uff10'].map((zero) => zero.charCodeAt(0));

/** Every number, in digits and in words (of those that may mean something else, all with `all`), left to right; one pass. */
export function numbers(text: string, all = false): NumberSpan[] {
  const digits = digitNumbers(text);
  const rest = blank(
    text,
    digits.map(({ index, span }) => ({ index, span })),
  );
  const words = namedNumbers(rest, all).map(({ span, index, value }): Found => {
    const unit = unitAfter(text, index + span.length);
    return {
      span,
      index,
      values: [valueKey(value)],
      pieces: [],
      unit: unit?.unit ?? null,
      whole: text.slice(index, unit?.end ?? index + span.length),
      suffix: null,
      mantissas: [],
    };
  });
  const found = [...digits, ...words].sort((left, right) => left.index - right.index);
  shareSuffixes(found, text);
  return found.map(({ suffix: _, mantissas: __, ...number }) => number);
}

/** One spelling of a number's value, as `NumberSpan` has it. */
export function valueKey(value: number): string {
  const [whole = '0', fraction = ''] = String(value).split('.');
  return /^\d+$/u.test(whole + fraction)
    ? spell({ digits: whole + fraction, power: -fraction.length }, 0)
    : String(value);
}

function digitNumbers(input: string): Found[] {
  const text = asciiDigits(input);
  const runs = [...text.matchAll(/\d+|[½¼¾⅓⅔]/gu)].map((match) => ({ digits: match[0], start: match.index }));
  const found: Found[] = [];
  for (let first = 0; first < runs.length; ) {
    const group = [runs[first] as Run];
    let next = first + 1;
    for (let run = runs[next]; run !== undefined && joins(group, run, text); run = runs[next]) {
      group.push(run);
      next += 1;
    }
    first = next;
    const start = (group[0] as Run).start;
    const last = group[group.length - 1] as Run;
    const end = last.start + last.digits.length;
    // An emoji keycap is a picture.
    if (/^\ufe0f?\u20e3/u.test(text.slice(end, end + 2))) continue;
    const before = currencyBefore(text, start);
    const suffix = suffixAfter(text, end, before !== null);
    const after = unitAfter(text, suffix?.unitFrom ?? end);
    const mantissas = readings(group, text);
    found.push({
      span: input.slice(start, suffix?.end ?? end),
      index: start,
      suffix,
      mantissas,
      values: scaled(mantissas, suffix),
      pieces: group.length > 1 ? piecesOf(group, text, suffix) : [],
      unit: before?.unit ?? after?.unit ?? null,
      whole: input.slice(
        before?.start ?? start,
        before === null ? (after?.end ?? suffix?.end ?? end) : (suffix?.end ?? end),
      ),
    });
  }
  return found;
}

interface Run {
  digits: string;
  start: number;
}
/** `digits` × 10^`power`. */
interface Mantissa {
  digits: string;
  power: number;
}
interface Suffix {
  scales: readonly number[];
  /** Where the number with its scale or percent sign ends, and from where its unit is looked for. */
  end: number;
  unitFrom: number;
}

const FRACTIONS: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75, '⅓': 0.333, '⅔': 0.667 };

function asciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹०-९০-৯๐-๙０-９]/gu, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (ZEROS.find((zero) => code >= zero && code <= zero + 9) ?? code));
  });
}

/** Whether `run` may belong to the number that `group` began. */
function joins(group: readonly Run[], run: Run, text: string): boolean {
  const last = group[group.length - 1] as Run;
  const between = text.slice(last.start + last.digits.length, run.start);
  if (FRACTIONS[run.digits] !== undefined) return group.length === 1 && /^\p{Zs}?$/u.test(between);
  if (FRACTIONS[last.digits] !== undefined) return false;
  if (GROUP_SPACE.test(between)) {
    const first = group[0] as Run;
    const grouped = group.length === 1 || last.digits.length === 3;
    return run.digits.length === 3 && first.digits.length <= 3 && !first.digits.startsWith('0') && grouped;
  }
  return GROUP_MARK.test(between);
}

function readings(group: readonly Run[], text: string): Mantissa[] {
  const [first, ...rest] = group as [Run, ...Run[]];
  const fraction = FRACTIONS[group.at(-1)?.digits ?? ''];
  if (fraction !== undefined) {
    const whole = rest.length === 0 ? '0' : first.digits;
    return [{ digits: whole + String(fraction).slice(2), power: 2 - String(fraction).length }];
  }
  if (rest.length === 0) return [{ digits: first.digits, power: 0 }];
  const marks = rest.map((run, index) => {
    const before = group[index] as Run;
    return text.slice(before.start + before.digits.length, run.start);
  });
  const kinds = marks.map((mark) => (GROUP_SPACE.test(mark) ? ' ' : mark === '’' ? "'" : mark));
  const last = rest[rest.length - 1] as Run;
  const all = group.map((run) => run.digits).join('');
  const found: Mantissa[] = [];
  const thousands = (runs: readonly Run[]) =>
    first.digits.length <= 3 && !first.digits.startsWith('0') && runs.every((run) => run.digits.length === 3);
  if (thousands(rest) && kinds.every((kind) => kind === kinds[0])) found.push({ digits: all, power: 0 });
  const decimal = kinds[kinds.length - 1];
  const before = kinds.slice(0, -1);
  const isDecimal =
    (decimal === '.' || decimal === ',') && before.every((kind) => kind === before[0] && kind !== decimal);
  if (isDecimal && thousands(rest.slice(0, -1))) found.push({ digits: all, power: -last.digits.length });
  else if (isDecimal && rest.length === 1) found.push({ digits: all, power: -last.digits.length });
  return found;
}

/** What the runs mean one by one, where that is likely: a date, a time, a version, or a list without spaces. */
function piecesOf(group: readonly Run[], text: string, suffix: Suffix | null): string[] {
  const [first, second] = group as [Run, Run];
  const between = text.slice(first.start + first.digits.length, second.start);
  const two = group.length === 2;
  const dateOrTime =
    two && between === '.' && second.digits.length === 2 && Number(first.digits) <= 31 && Number(second.digits) <= 59;
  const spaced = GROUP_SPACE.test(between);
  if (two && !dateOrTime && !spaced) return [];
  return group.flatMap((run, index) =>
    scaled([{ digits: run.digits, power: 0 }], index === group.length - 1 ? suffix : null).slice(0, 1),
  );
}

/** The word or sign right after a number, where it multiplies it or makes it a percentage. */
function suffixAfter(text: string, from: number, money: boolean): Suffix | null {
  const unit = unitAfter(text, from);
  if (unit?.unit === 'percent') return { scales: [0], end: unit.end, unitFrom: from };
  const tail = /^[\p{Zs}-]?(\p{L}{1,16})/u.exec(text.slice(from, from + 32));
  const word = tail?.[1]?.toLowerCase();
  if (tail === null || word === undefined) return null;
  const scales = scaleOf(word);
  if (scales === null) return null;
  const end = from + tail[0].length;
  // "5 milj. eiro": the dot belongs to the short form. "€5m" can't be metres.
  const unitFrom = text.charAt(end) === '.' && unitAfter(text, end + 1) !== null ? end + 1 : end;
  return { scales: money && scales.length === 2 && scales[0] === 0 ? scales.slice(1) : scales, end, unitFrom };
}

/** "2–3 million": the 2 may be two millions as well; "10, 12 and 15 %", "€2 to 3 million": the unit is of all of them. */
function shareSuffixes(found: Found[], text: string): void {
  let shared = false;
  for (let index = found.length - 2; index >= 0; index -= 1) {
    const [left, right] = [found[index], found[index + 1]];
    const joint = left === undefined || right === undefined ? null : jointOf(left, right, text);
    // A comma alone joins only what an "and" goes on with: "in 2026, 15 %" are two things.
    shared = joint === 'and' || (joint === 'comma' && shared);
    if (left === undefined || right === undefined || !shared || left.suffix !== null) continue;
    left.unit ??= right.unit;
    if (right.suffix === null) continue;
    left.suffix = { ...right.suffix, end: left.index + left.span.length };
    left.values.push(...scaled(left.mantissas, right.suffix));
  }
  for (const [index, right] of found.entries()) {
    const left = found[index - 1];
    if (right.unit !== null || left?.unit == null || !isCurrency(left.unit)) continue;
    if (jointOf(left, right, text) === 'and') right.unit = left.unit;
  }
}

function jointOf(left: Found, right: Found, text: string): 'and' | 'comma' | null {
  const between = text.slice(left.index + left.span.length, right.index);
  const inWords = left.mantissas.length === 0;
  if (between.length > 12 || inWords !== (right.mantissas.length === 0) || !SHARING.test(between)) return null;
  return between.trim() === ',' ? 'comma' : 'and';
}

function scaled(mantissas: readonly Mantissa[], suffix: Suffix | null): string[] {
  return mantissas.flatMap((mantissa) => (suffix?.scales ?? [0]).map((scale) => spell(mantissa, scale)));
}

/** One spelling per value: digits without zeros at either end, and the power of ten. Exact, whatever the length. */
function spell({ digits, power }: Mantissa, scale: number): string {
  let start = 0;
  while (start < digits.length - 1 && digits.charAt(start) === '0') start += 1;
  let end = digits.length;
  while (end > start + 1 && digits.charAt(end - 1) === '0') end -= 1;
  const kept = digits.slice(start, end);
  return kept === '0' ? '0' : `${kept}e${power + scale + digits.length - end}`;
}
