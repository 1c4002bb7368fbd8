import { isBoilerplate } from './boilerplate.ts';
import type { Sentence } from './sentences.ts';
import { leaningWords, stopWords } from './stop-words.ts';

/** A sentence that may stand in a post, its worth and the stems it is about. */
export interface Candidate extends Sentence {
  score: number;
  stems: ReadonlySet<string>;
}

/** A news text says what matters at its beginning; what comes after this many sentences never wins. */
const SENTENCES_READ = 120;
/** How much more the first sentence is worth: in news it is the lead. */
const LEAD = 1.2;
/** Letters of a word that stand for all its inflected forms. */
const STEM_LENGTH = 6;
const BEST_LENGTH = { from: 60, to: 260 };

/**
 * The sentences worth posting with their scores: how much of what the article keeps talking about is in one
 * (a word counts by the sentences that hold it, a title word double), less for one late in the text, too short,
 * too long, a question, or leaning on the one before. Headings, pieces, boilerplate and the title itself are out.
 */
export function rank(all: readonly Sentence[], title: string, language: string): Candidate[] {
  const stop = stopWords(language);
  const titleStems = stemsOf(title, stop);
  const read = all.slice(0, SENTENCES_READ).map((sentence, position) => ({
    sentence,
    position,
    stems: stemsOf(sentence.text, stop),
  }));
  const holders = new Map<string, number>();
  for (const { stems } of read) for (const stem of stems) holders.set(stem, (holders.get(stem) ?? 0) + 1);
  const usable = read.filter(
    ({ sentence, stems }) => !isBoilerplate(sentence.text) && !sameAs(stems, titleStems) && stems.size > 0,
  );
  const complete = usable.filter(({ sentence, stems }) => sentence.complete && stems.size >= 3);
  // A text without full stops (Thai, a list, a single line) still has something to say.
  const chosen = complete.length > 0 ? complete : usable.filter(({ sentence }) => sentence.complete);
  return (chosen.length > 0 ? chosen : usable).map(({ sentence, position, stems }) => {
    let weight = 0;
    for (const stem of stems) weight += Math.log2(1 + (holders.get(stem) ?? 0)) * (titleStems.has(stem) ? 2 : 1);
    const density = weight / (stems.size + 4);
    const place = position === 0 ? LEAD : 1 / (1 + 0.12 * position);
    return { ...sentence, stems, score: density * place * form(sentence.text, language) };
  });
}

/** Stems of the words that carry meaning. */
function stemsOf(text: string, stop: ReadonlySet<string>): Set<string> {
  const stems = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word)) {
      // Without spaces between words, pairs of letters stand for them.
      for (let index = 0; index + 2 <= word.length; index += 1) stems.add(word.slice(index, index + 2));
    } else if (!stop.has(word) && (word.length > 2 || /\p{N}/u.test(word))) stems.add(word.slice(0, STEM_LENGTH));
  }
  return stems;
}

function form(text: string, language: string): number {
  let factor = 1;
  if (text.length < BEST_LENGTH.from) factor *= Math.max(0.3, text.length / BEST_LENGTH.from);
  if (text.length > BEST_LENGTH.to) factor *= Math.max(0.4, BEST_LENGTH.to / text.length);
  if (/[?？؟]["'”“’»)]*$/u.test(text)) factor *= 0.3;
  const firstWord = /^\P{L}*(\p{L}+)/u.exec(text.slice(0, 80))?.[1] ?? '';
  if (leaningWords(language).has(firstWord.toLowerCase())) factor *= 0.5;
  if (/^["'„“”«»]/u.test(text)) factor *= 0.7;
  return factor;
}

/** Whether two sets of stems say the same: most of the smaller and much of the larger are shared. */
export function sameAs(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  if (left.size === 0 || right.size === 0) return false;
  let shared = 0;
  for (const stem of left) if (right.has(stem)) shared += 1;
  return shared / Math.min(left.size, right.size) >= 0.8 && shared / Math.max(left.size, right.size) >= 0.6;
}
