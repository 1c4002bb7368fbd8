import { stopWords } from './stop-words.ts';

const KNOWN = ['en', 'lv', 'de', 'lt', 'et'] as const;
const LETTERS: readonly (readonly [string, RegExp])[] = [
  ['lv', /[āēīģķļņ]/gu],
  ['lt', /[ąęėįų]/gu],
  ['de', /[ßäöü]/gu],
  ['et', /[õäöü]/gu],
];
/** Fewer small words than this share, and the text may be in any language, or a list of names. */
const ENOUGH = 0.08;
const LONGEST_READ = 4000;

/** Which of the six languages `text` is most likely in, at once and without the detector; null = nobody can tell. */
export function likelyLanguage(text: string): string | null {
  const sample = text.slice(0, LONGEST_READ).toLowerCase();
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if ((sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0) > letters / 2) return 'ru';
  const words = sample.match(/[\p{L}\p{M}]+/gu) ?? [];
  const scores = new Map<string, number>();
  for (const language of KNOWN) {
    const known = stopWords(language);
    scores.set(
      language,
      words.reduce((sum, word) => sum + (known.has(word) ? 1 : 0), 0),
    );
  }
  for (const [language, pattern] of LETTERS)
    scores.set(language, (scores.get(language) ?? 0) + (sample.match(pattern)?.length ?? 0) / 3);
  const [best] = [...scores].sort((left, right) => right[1] - left[1]);
  return best === undefined || best[1] < ENOUGH * words.length ? null : best[0];
}
