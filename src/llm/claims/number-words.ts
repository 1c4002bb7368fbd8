import type { Span } from '../spans.ts';
import { NUMBER_TABLES, SCALE_LETTER, SCALE_PREFIXES, SCALE_SHORT, SCALE_STEMS } from './number-tables.ts';

/** A number written in words. */
export interface NamedNumber extends Span {
  value: number;
  /** Third, trešais: the article's 3 says it too. */
  ordinal: boolean;
}

interface Atom {
  value: number;
  ordinal: boolean;
}
interface Token {
  word: string;
  start: number;
  end: number;
}

/** "and a half" after a number, in the six languages. */
const AND_A_HALF = /^ (?:and a half|un pus[ei]|с половиной|und ein(?:e|en)? halb\p{L}*|su puse|ja pool)(?!\p{L})/u;
const HALF_OF =
  /(?<!\p{L})(?:half (?:of )?(?:an? )?|pus[ei] |половин[ауы] |ein(?:e|er)? halbe[nr]? |pus[ėę] |pool )$/iu;
const QUARTER_OF =
  /(?<!\p{L})(?:quarter (?:of )?(?:an? )?|ceturtda[ļl]\p{L}{1,2} |четверт(?:ь|и|ью) |viertel |ketvirt(?:is|į|adal\p{L}{1,3}) |veerand )$/iu;
/** Forms that name a number and something else as well; they support a claim, and make none. */
const AMBIGUOUS = new Set(
  'viis kuus acht sechs elf null zero ноль нуль hundreds сотни сотня сотню сотней sada hundert hunderte dutzend'.split(
    ' ',
  ),
);

/** The powers of ten that `word` (lower case) may multiply by; 0 among them where it may mean something else; null = none. */
export function scaleOf(word: string): readonly number[] | null {
  const short = SCALE_SHORT[word];
  if (short !== undefined) return [short];
  const letter = SCALE_LETTER[word];
  if (letter !== undefined) return [0, letter];
  return SCALE_STEMS.find(([stem]) => word.startsWith(stem))?.[1] ?? null;
}

/**
 * The numbers that words name in the six languages, compounds as one: twenty-three, divdesmit trīs, dreiundzwanzig,
 * полтора миллиона, two and a half million. Words that may mean something else only with `all`. One pass.
 */
export function namedNumbers(text: string, all: boolean): NamedNumber[] {
  const tokens = [...text.matchAll(/[\p{L}\p{M}]+/gu)].map(
    (match): Token => ({
      word: match[0].toLowerCase(),
      start: match.index,
      end: match.index + match[0].length,
    }),
  );
  const found: NamedNumber[] = [];
  for (let index = 0; index < tokens.length; ) {
    const read = numberAt(tokens, index, text);
    if (read === null) {
      index += 1;
      continue;
    }
    const { start, word } = tokens[index] as Token;
    index = read.next;
    const small = read.value < 2 && read.value % 1 === 0;
    const alone = read.words === 1 && (AMBIGUOUS.has(word) || (read.ordinal && read.value <= 2));
    if (all || !(small || alone)) {
      found.push({ span: text.slice(start, read.end), index: start, value: read.value, ordinal: read.ordinal });
    }
  }
  return found;
}

/** One number in words, from the token at `first` on. */
function numberAt(tokens: readonly Token[], first: number, text: string) {
  let total = 0;
  let current: number | null = null;
  let smallest = Number.POSITIVE_INFINITY;
  let lastScale = Number.POSITIVE_INFINITY;
  let ordinal = false;
  let end = 0;
  let next = first;
  let words = 0;
  for (let index = first; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    if (words > 0) {
      const gap = text.slice(end, token.start);
      if (gap.length > 1 || !/^[\p{Zs}-]$/u.test(gap)) break;
      if (token.word === 'and' && (current ?? total) >= 100 && text.charAt(token.end) === ' ') {
        end = token.end;
        continue;
      }
    }
    const scale = token.word.length > 2 ? scaleOf(token.word) : null;
    if (scale !== null) {
      const factor = 10 ** (scale[0] ?? 0);
      if (factor >= lastScale || (words > 0 && current === null)) break;
      total += (current ?? (words === 0 ? shareBefore(text, token.start) : 1)) * factor;
      [current, lastScale, smallest] = [null, factor, factor];
    } else {
      const atoms = atomsOf(token.word);
      if (atoms === null) break;
      const grown = added(current, smallest, atoms);
      if (grown === null) break;
      [current, smallest] = grown;
      ordinal = atoms.at(-1)?.ordinal ?? false;
    }
    words += 1;
    end = token.end;
    next = index + 1;
    if (ordinal) break;
    const half = current === null || current >= 20 ? null : AND_A_HALF.exec(text.slice(end, end + 24));
    if (half !== null) {
      current = (current ?? 0) + 0.5;
      end += half[0].length;
      while ((tokens[next]?.start ?? Number.POSITIVE_INFINITY) < end) next += 1;
      index = next - 1;
    }
  }
  const last = tokens[next - 1];
  return words === 0 || last === undefined
    ? null
    : { value: total + (current ?? 0), ordinal, words, next, end: Math.max(last.end, Math.min(end, last.end)) };
}

/** Half a million, четверть миллиона: the part of a power of ten that stands before it; 1 = none. */
function shareBefore(text: string, index: number): number {
  const head = text.slice(Math.max(0, index - 24), index);
  return HALF_OF.test(head) ? 0.5 : QUARTER_OF.test(head) ? 0.25 : 1;
}

/** What `current` is with the atoms after it, and the smallest place filled; null where they don't follow on. */
function added(current: number | null, smallest: number, atoms: readonly Atom[]): [number, number] | null {
  let value = current;
  let place = value === null ? Number.POSITIVE_INFINITY : smallest;
  for (const atom of atoms) {
    if (value === null) value = atom.value;
    else if (atom.value === 100 && value < 10 && value >= 1) value *= 100;
    else if (atom.value < place && (place === 100 || (place === 10 && atom.value < 10))) value += atom.value;
    else return null;
    place = value % 1 !== 0 ? 0 : value >= 100 && value % 100 === 0 ? 100 : value >= 20 && value % 10 === 0 ? 10 : 1;
  }
  return value === null ? null : [value, place];
}

let table: Map<string, Atom> | null = null;

/** Every form of every number word. Built at first use. */
function forms(): Map<string, Atom> {
  if (table !== null) return table;
  table = new Map();
  for (const { endings, cardinals, ordinals } of Object.values(NUMBER_TABLES)) {
    for (const [entries, ordinal] of [[ordinals, true] as const, [cardinals, false] as const]) {
      for (const entry of entries.split(/\s+/u)) {
        const [value = '', form = ''] = entry.split('=');
        const [stem = '', list] = form.split('/');
        const tails = list === undefined ? ['-'] : (endings[list]?.split(' ') ?? list.split(','));
        for (const tail of tails) table.set(stem + (tail === '-' ? '' : tail), { value: Number(value), ordinal });
      }
    }
  }
  return table;
}

/** The numbers that one word is made of: one, or several where the language writes them together; null = none. */
function atomsOf(word: string): readonly Atom[] | null {
  const atom = forms().get(word);
  if (atom !== undefined) return [atom];
  if (word.length > 60) return null;
  return german(word) ?? estonian(word) ?? scaledTogether(word);
}

/** dreiundzwanzig, zweihundertfünf, dreizehn, zwanzigste; below a thousand, or with "tausend" in it. */
function german(word: string): readonly Atom[] | null {
  const value = germanValue(
    /(?:zig|hundert|zehn|ßig|ssig)ste[nmrs]?$/u.test(word) ? word.replace(/ste[nmrs]?$/u, '') : word,
  );
  return value === null ? null : [{ value, ordinal: /ste[nmrs]?$/u.test(word) }];
}

function germanValue(word: string): number | null {
  const plain = forms().get(word);
  if (plain !== undefined && !plain.ordinal) return plain.value;
  const thousand = word.indexOf('tausend');
  if (thousand > 0) return joined(germanValue(word.slice(0, thousand)), 1000, word.slice(thousand + 7));
  const hundred = word.indexOf('hundert');
  if (hundred > 0) return joined(germanValue(word.slice(0, hundred)), 100, word.slice(hundred + 7));
  const teen = /^(drei|vier|fünf|acht|neun)zehn$/u.exec(word);
  if (teen !== null) return 10 + (forms().get(teen[1] ?? '')?.value ?? 0);
  const tens = /^(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(\p{L}+(?:zig|ßig|ssig))$/u.exec(word);
  const ten = tens === null ? undefined : forms().get(tens[2] ?? '')?.value;
  return tens === null || ten === undefined ? null : ten + (forms().get(tens[1] ?? '')?.value ?? 0);
}

function joined(factor: number | null, scale: number, rest: string): number | null {
  const more = rest === '' ? 0 : germanValue(rest.replace(/^und/u, ''));
  return factor === null || more === null ? null : factor * scale + more;
}

/** kaheksateist, kakskümmend, kahekümne, kolmsada. */
function estonian(word: string): readonly Atom[] | null {
  const parts =
    /^(\p{L}{3,9}?)(teist|teistkümmend|teistkümne\p{L}{0,2}|kümmend|kümne\p{L}{0,2}|sada|saja\p{L}{0,2})$/u.exec(word);
  const unit = forms().get(parts?.[1] ?? '');
  if (parts === null || unit === undefined || unit.value > 9) return null;
  const tail = parts[2] ?? '';
  const value = tail.startsWith('teist') ? 10 + unit.value : unit.value * (tail.startsWith('k') ? 10 : 100);
  return [{ value, ordinal: false }];
}

/** pusmiljons, полмиллиона, divtūkstoš. */
function scaledTogether(word: string): readonly Atom[] | null {
  const prefix = SCALE_PREFIXES.find(([beginning]) => word.startsWith(beginning));
  const scale =
    prefix === undefined ? null : (SCALE_STEMS.find(([stem]) => word.startsWith(stem, prefix[0].length))?.[1] ?? null);
  return prefix === undefined || scale === null ? null : [{ value: prefix[1] * 10 ** (scale[0] ?? 0), ordinal: false }];
}
