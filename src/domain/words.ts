/**
 * Words as people name them for a filter, found in texts without a regular expression of theirs: the text is split into
 * words once, and every pattern is looked up where one of its first words stands. Time grows with the text, whatever the patterns.
 */

/** Letters that are written without spaces between words: each counts as a word, so that patterns are found inside. */
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*|[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]]+/gv;
/** Soft hyphens, zero-width characters: nobody sees them, so they never part a word. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/gu;
const DIACRITICS = /[\u0300-\u036f]/gu;

/** The most that one pattern may hold. */
const PATTERN_LIMIT = 100;
const PATTERN_WORDS = 10;

/** What is wrong with a pattern, for a person; null = it can be used. Words, with `*` at the end of one for any ending. */
export function patternFault(pattern: string): string | null {
  if (pattern.length > PATTERN_LIMIT) return `is longer than ${PATTERN_LIMIT} characters`;
  const parts = pattern.trim().split(/[\s\-–'’.,/&]+/u);
  const whole = parts.every((part) => /^[\p{L}\p{N}\p{M}]+\*?$/u.test(part));
  if (!whole) return 'is not words, with * only at the end of one (solar, wind*, stock market)';
  const count = pattern.match(WORD)?.length ?? 0;
  return count > PATTERN_WORDS ? `holds more than ${PATTERN_WORDS} words` : null;
}

/** The words of a text in lower case, without what nobody sees. */
export function wordsOf(text: string): string[] {
  return normalised(text).match(WORD) ?? [];
}

function normalised(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
}

interface Part {
  word: string;
  prefix: boolean;
}

/**
 * Finds the first of `patterns` in texts, as whole words in any case; gives the pattern as it was written, or null.
 * `ignoreDiacritics`: ā is a, ё is е, й is и.
 */
export function wordFinder(
  patterns: readonly string[],
  { ignoreDiacritics }: { ignoreDiacritics: boolean },
): (text: string) => string | null {
  const fold = (text: string) => {
    const folded = normalised(text);
    return ignoreDiacritics ? folded.normalize('NFD').replace(DIACRITICS, '').normalize('NFC') : folded;
  };
  const whole = new Map<string, [number, Part[]][]>();
  const prefixes = new Map<string, [number, Part[]][]>();
  for (const [index, pattern] of patterns.entries()) {
    const parts = partsOf(fold(pattern));
    const [first] = parts;
    if (first === undefined) continue;
    const map = first.prefix ? prefixes : whole;
    map.set(first.word, [...(map.get(first.word) ?? []), [index, parts]]);
  }
  const prefixLengths = [...new Set([...prefixes.keys()].map((word) => word.length))];

  return (text) => {
    const words = fold(text).match(WORD) ?? [];
    let best = patterns.length;
    for (const [place, word] of words.entries()) {
      const begun = [whole.get(word), ...prefixLengths.map((length) => prefixes.get(word.slice(0, length)))];
      for (const [index, parts] of begun.flatMap((one) => one ?? [])) {
        if (index < best && parts.every((part, offset) => fits(part, words[place + offset]))) best = index;
      }
    }
    return patterns[best] ?? null;
  };
}

function fits({ word, prefix }: Part, found: string | undefined): boolean {
  return found !== undefined && (prefix ? found.startsWith(word) : found === word);
}

/** `stock mar*` → the word stock and the beginning mar. */
function partsOf(pattern: string): Part[] {
  return [...pattern.matchAll(WORD)].map((match) => ({
    word: match[0],
    prefix: pattern.charAt(match.index + match[0].length) === '*',
  }));
}
