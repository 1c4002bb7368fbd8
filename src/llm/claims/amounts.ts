import type { Span } from '../spans.ts';
import { type NumberSpan, numbers, valueKey } from './numbers.ts';
import { isCurrency } from './units.ts';

/** The numbers that an article says, with what they count. */
export interface Amounts {
  /** By value as `NumberSpan` spells it, to its units; null among them where it stands without one. */
  values: ReadonlyMap<string, ReadonlySet<string | null>>;
  /** The same values as numbers, ascending. */
  sorted: readonly number[];
  /** The currencies of the article. */
  currencies: ReadonlySet<string>;
}

/** Words that say a number is rounded, and which way, right before it. */
const ABOUT =
  /(?:[~≈]|(?:^|[^\p{L}])(?:about|around|roughly|approximately|some|circa|ca|aptuveni|apmēram|ap|около|примерно|порядка|rund|etwa|ungefähr|apie|maždaug|umbes|ligikaudu|gandrīz|teju|nearly|almost|почти|beveik|fast|knapp|ligi|peaaegu|pea|close to))\.?\p{Zs}?[$€£₽]?$/iu;
const OVER =
  /(?:^|[^\p{L}])(?:over|more than|above|vairāk nekā|vairāk kā|virs|pāri par|pāri|более чем|более|больше|свыше|über|mehr als|gut|daugiau nei|daugiau kaip|virš|per|üle|rohkem kui|enam kui)\p{Zs}?[$€£₽]?$/iu;
/** A rounded number is never further off than this share of itself. */
const FARTHEST = 0.1;
const FARTHEST_OVER = 0.25;

/** Words that say a number of times or a part; the article's own "half" supports 0.5 and 50 %. */
const PARTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /(?<!\p{L})(?:half|halves|pus[ei]\p{L}*|половин\p{L}*|hälfte|halb\p{L}*|pus[ėę]\p{L}*|pool\p{L}*)(?!\p{L})/iu,
    ['0.5', '50'],
  ],
  [
    /(?<!\p{L})(?:quarters?|ceturtdaļ\p{L}*|четверт\p{L}*|viertel|ketvirtadal\p{L}*|veerand\p{L}*)(?!\p{L})/iu,
    ['0.25', '25', '4'],
  ],
  [
    /(?<!\p{L})(?:twice|double\p{L}*|doubling|both|pair|couple|divreiz|dubult\p{L}*|divkārš\p{L}*|ab(?:i|as|u|iem|ām|us|ās|os)|вдвое|дважды|двойн\p{L}*|удво\p{L}*|оба|обе|обоих|doppel\p{L}*|verdoppel\p{L}*|zweimal|beide\p{L}*|dukart|dvigub\p{L}*|ab[iu]|kahekord\p{L}*|mõlema\p{L}*)(?!\p{L})/iu,
    ['2'],
  ],
  [
    /(?<!\p{L})(?:triple\p{L}*|tripling|thrice|trīsreiz|trīskārš\p{L}*|трижды|втрое|утро\p{L}*|dreifach\p{L}*|dreimal|verdreifach\p{L}*|trigub\p{L}*|kolmekord\p{L}*)(?!\p{L})/iu,
    ['3'],
  ],
  [
    /(?<!\p{L})(?:thirds?|trešdaļ\p{L}*|трет[ьи]|drittel|trečdal\p{L}*|kolmandik\p{L}*)(?!\p{L})/iu,
    ['0.333', '3', '33'],
  ],
];
const ROMAN = /(?<![\p{L}\p{N}])(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?![\p{L}\p{N}'’])/gu;
const ROMAN_DIGITS: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };

/** Reads the numbers of an article given as several readings of one text. */
export function readAmounts(texts: readonly string[]): Amounts {
  const values = new Map<string, Set<string | null>>();
  const add = (value: string, unit: string | null) => {
    const units = values.get(value);
    if (units === undefined) values.set(value, new Set([unit]));
    else units.add(unit);
  };
  for (const text of texts) {
    for (const number of numbers(text, true)) {
      for (const value of number.values) add(value, number.unit);
      for (const piece of number.pieces) add(piece, number.unit);
      if (number.unit === 'CENT') for (const value of number.values) add(hundredth(value), null);
    }
    for (const [pattern, parts] of PARTS) {
      if (pattern.test(text)) for (const part of parts) add(valueKey(Number(part)), null);
    }
    for (const match of text.matchAll(ROMAN)) if (match[0] !== '') add(valueKey(romanValue(match[0])), null);
  }
  const units = new Set([...values.values()].flatMap((one) => [...one]));
  return {
    values,
    sorted: [...values.keys()].map(Number).sort((left, right) => left - right),
    currencies: new Set([...units].filter((unit): unit is string => unit !== null && isCurrency(unit))),
  };
}

/** What is wrong with a number of a text: the article doesn't have it, or has it as something else; null = nothing. */
export function amountFault(
  number: NumberSpan,
  text: string,
  source: Amounts,
): 'number' | 'percent' | 'money' | 'unit' | null {
  const { values, pieces, unit } = number;
  const said = values.filter((value) => source.values.has(value));
  const inPieces =
    pieces.length > 0 &&
    pieces.every((piece) => source.values.has(piece)) &&
    agrees(unit, source.values.get(pieces.at(-1) ?? '') ?? new Set(), source);
  if (said.length === 0) {
    if (unit === 'CENT' && values.some((value) => source.values.has(hundredth(value)))) return null;
    return inPieces || isRounded(number, text, source) ? null : 'number';
  }
  if (inPieces || said.some((value) => agrees(unit, source.values.get(value) ?? new Set(), source))) return null;
  if (unit === 'percent' || unit === 'points') return 'percent';
  if (unit === null) return 'percent';
  return isCurrency(unit) ? 'money' : 'unit';
}

function agrees(unit: string | null, units: ReadonlySet<string | null>, { currencies }: Amounts): boolean {
  if (units.has(unit)) return true;
  if (unit === null) return [...units].some((one) => one !== 'percent' && one !== 'points');
  if (unit === 'percent' || unit === 'points') return false;
  // A bare number may be money in a text whose article names that currency elsewhere: in a heading, in a table.
  if (isCurrency(unit)) return units.has(null) && (currencies.has(unit) || currencies.size === 0);
  return units.has(null);
}

/** Whether the text rounds a number of the article, and says so: "about 2.4 million" for 2,381,000. */
function isRounded({ values, index, unit }: NumberSpan, text: string, { sorted, values: known }: Amounts): boolean {
  const before = text.slice(Math.max(0, index - 24), index);
  const about = ABOUT.test(before);
  const over = !about && OVER.test(before);
  if (!about && !over) return false;
  return values.some((value) => {
    const rounded = Number(value);
    const step = 10 ** Number(value.split('e')[1] ?? 0);
    const reach = Math.min(about ? step / 2 : step, rounded * (about ? FARTHEST : FARTHEST_OVER));
    for (let at = lowerBound(sorted, about ? rounded - reach : rounded); at < sorted.length; at += 1) {
      const one = sorted[at] ?? 0;
      if (one > rounded + reach) return false;
      const units = known.get(valueKey(one));
      if (units === undefined || agreesRounded(unit, units)) return true;
    }
    return false;
  });
}

function agreesRounded(unit: string | null, units: ReadonlySet<string | null>): boolean {
  return units.has(unit) || ((unit === 'percent') === units.has('percent') && units.has(null));
}

function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hundredth(value: string): string {
  return valueKey(Number(value) / 100);
}

/** What a Roman numeral below 40 is worth. */
export function romanValue(numeral: string): number {
  return [...numeral].reduce((sum, letter, index) => {
    const value = ROMAN_DIGITS[letter] ?? 0;
    return sum + (value < (ROMAN_DIGITS[numeral[index + 1] ?? ''] ?? 0) ? -value : value);
  }, 0);
}

/** The numbers that only count the lines of a list: 1. 2. 3. at the beginnings of lines. */
export function listMarks(text: string): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(/(?:^|\n)\p{Zs}{0,4}(\d{1,2})[.)]\p{Zs}/gu)) {
    const span = match[1] ?? '';
    if (Number(span) === found.length + 1) found.push({ span, index: match.index + match[0].indexOf(span) });
  }
  return found.length > 1 ? found : [];
}
