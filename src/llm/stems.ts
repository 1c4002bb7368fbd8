import { stopWords } from './stop-words.ts';

/** Letters of a word that stand for all its inflected forms. */
const STEM_LENGTH = 6;

/** Stems of the words in `text` that carry meaning, in `language`. */
export function stemsOf(text: string, language: string): Set<string> {
  const stop = stopWords(language);
  const stems = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word)) {
      // Without spaces between words, pairs of letters stand for them.
      for (let index = 0; index + 2 <= word.length; index += 1) stems.add(word.slice(index, index + 2));
    } else if (!stop.has(word) && (word.length > 2 || /\p{N}/u.test(word))) stems.add(stem(word));
  }
  return stems;
}

/** Two letters of ending go, so that короткие слова and short words meet their forms too. */
function stem(word: string): string {
  return word.slice(0, Math.max(3, Math.min(STEM_LENGTH, word.length - (word.length > 4 ? 1 : 0))));
}

/** How many of `left` are in `right`. */
export function shared(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let count = 0;
  for (const one of left) if (right.has(one)) count += 1;
  return count;
}

/** Whether two sets of stems say the same: most of the smaller and much of the larger are shared. */
export function sameAs(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  if (left.size === 0 || right.size === 0) return false;
  const both = shared(left, right);
  return both / Math.min(left.size, right.size) >= 0.8 && both / Math.max(left.size, right.size) >= 0.6;
}

/** Whether a sentence says little that the title has not said: most of its words, or the whole title and not twice as much more. */
export function repeats(sentence: ReadonlySet<string>, title: ReadonlySet<string>): boolean {
  if (title.size === 0 || sentence.size === 0) return false;
  const both = shared(sentence, title);
  return both / sentence.size >= 0.65 || (both / title.size >= 0.75 && both / sentence.size >= 0.35);
}
