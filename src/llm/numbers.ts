import { isPercent, namedNumber, scaleOf } from './number-words.ts';
import type { Span } from './spans.ts';

/** A number as written, and what it may mean. */
export interface NumberSpan extends Span {
  /** Its values in one spelling, so that 2.5 million, 2,5 milj. and 2 500 000 are equal; one is enough to agree. */
  values: string[];
  /** The values of its pieces, for what may also be several numbers: `15.02`, `25 400`; all must agree. */
  pieces: string[];
  percent: boolean;
}

const GROUP_MARK = /^[.,'’٬]$/u;
const GROUP_SPACE = /^\p{Zs}$/u;
/** Between two numbers that share what follows the second: "2–3 million", "10, 12 and 15 %". */
const SHARING = /^\s*(?:[-–—]|,?\s?(?:and|or|to|un|vai|līdz|и|или|до|bis|und|oder|ir|iki|ja|kuni)\s|,\s)\s*[$€£₽]?$/u;
const ZEROS = ['\u0660', '\u06f0', '\u0966', '\u09e6', '\u0e50', '\uff10'].map((zero) => zero.charCodeAt(0));

/** Every number written with digits, left to right; one pass. */
export function numbers(input: string): NumberSpan[] {
  const text = asciiDigits(input);
  const runs = [...text.matchAll(/\d+/gu)].map((match) => ({ digits: match[0], start: match.index }));
  const found: (NumberSpan & { suffix: Suffix | null; mantissas: Mantissa[] })[] = [];
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
    const suffix = suffixAfter(text, end);
    const mantissas = readings(group, text);
    found.push({
      span: input.slice(start, suffix?.end ?? end),
      index: start,
      suffix,
      mantissas,
      values: scaled(mantissas, suffix),
      pieces: group.length > 1 ? piecesOf(group, text, suffix) : [],
      percent: suffix?.percent ?? false,
    });
  }
  shareSuffixes(found, text);
  return found.map(({ span, index, values, pieces, percent }) => ({ span, index, values, pieces, percent }));
}

/** The values that the words of `text` name: "three", "divi", "миллион"; "twenty-five" as 25 too. */
export function namedValues(text: string): string[] {
  const values: string[] = [];
  let tens = 0;
  let last: number | null = null;
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}]+/gu)) {
    const scale = scaleOf(word);
    if (scale !== null && word.length > 1) {
      for (const power of scale) values.push(spell({ digits: String(last ?? 1), power: 0 }, power));
      if (last !== null) values.push(spell({ digits: '1', power: 0 }, scale[0] ?? 0));
      last = null;
      continue;
    }
    const value = namedNumber(word);
    if (value !== null) {
      values.push(spell({ digits: String(value), power: 0 }, 0));
      if (tens > 0 && value < 10) values.push(spell({ digits: String(tens + value), power: 0 }, 0));
    }
    last = value !== null && tens > 0 && value < 10 ? tens + value : value;
    tens = value !== null && value >= 20 && value < 100 ? value : 0;
  }
  return values;
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
  scales: number[];
  percent: boolean;
  end: number;
}

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
  if (GROUP_SPACE.test(between)) {
    const first = group[0] as Run;
    const grouped = group.length === 1 || last.digits.length === 3;
    return run.digits.length === 3 && first.digits.length <= 3 && !first.digits.startsWith('0') && grouped;
  }
  return GROUP_MARK.test(between);
}

function readings(group: readonly Run[], text: string): Mantissa[] {
  const [first, ...rest] = group as [Run, ...Run[]];
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
function suffixAfter(text: string, from: number): Suffix | null {
  const tail = /^[\p{Zs}-]?(?:%|％|‰|(\p{L}{1,16})(?:\p{Zs}(cent))?)/u.exec(text.slice(from, from + 32));
  if (tail === null) return null;
  const end = from + tail[0].length;
  const word = tail[1]?.toLowerCase();
  if (word === undefined) return { scales: [0], percent: true, end };
  if (isPercent(word) || (word === 'per' && tail[2] !== undefined)) return { scales: [0], percent: true, end };
  const wordEnd = tail[2] === undefined ? end : end - tail[2].length - 1;
  const scales = scaleOf(word);
  return scales === null ? null : { scales, percent: false, end: wordEnd };
}

/** "2–3 million": the 2 may be two millions as well. */
function shareSuffixes(found: (NumberSpan & { suffix: Suffix | null; mantissas: Mantissa[] })[], text: string): void {
  for (let index = found.length - 2; index >= 0; index -= 1) {
    const left = found[index];
    const right = found[index + 1];
    if (left === undefined || right?.suffix == null || left.suffix !== null) continue;
    const between = text.slice(left.index + left.span.length, right.index);
    if (between.length > 12 || !SHARING.test(between)) continue;
    left.suffix = { ...right.suffix, end: left.index + left.span.length };
    left.values.push(...scaled(left.mantissas, right.suffix));
    left.percent = right.percent;
  }
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
