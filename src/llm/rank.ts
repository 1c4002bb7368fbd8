import { isCredit } from './boilerplate.ts';
import { pronouns } from './openings.ts';
import type { Sentence } from './sentences.ts';
import { type Standing, standingOf } from './standing.ts';
import { repeats, shared, stemsOf } from './stems.ts';

/** A sentence that may stand in a post, where it comes in the article, its worth and the stems it is about. */
export interface Candidate extends Sentence {
  position: number;
  standing: Exclude<Standing, 'out'>;
  score: number;
  stems: ReadonlySet<string>;
  /** Says little that the title has not said. */
  repeatsTitle: boolean;
  /** The first sentence that stands alone. */
  leads: boolean;
  /** Can stand for the title: the first sentence, or one that says half of it. */
  tellsTitle: boolean;
}

/** A news text says what matters at its beginning; what comes after this many sentences never wins. */
const SENTENCES_READ = 120;
/** How much more the first sentence is worth: in news it is the lead. */
const LEAD = 1.6;
const BEST_LENGTH = { from: 70, to: 240 };
const DAMPING = 0.85;
const ROUNDS = 20;

/**
 * The sentences that may stand in a post, in the article's order, scored by TextRank (Mihalcea and Tarau 2004: a
 * sentence is worth what the sentences that share words with it are worth), by place, shared title words and form.
 */
export function rank(all: readonly Sentence[], title: string, language: string): Candidate[] {
  const titleStems = stemsOf(title, language);
  const captions = new Set(all.filter(({ text }) => isCredit(text)).map(({ paragraph }) => paragraph));
  const read = all
    .slice(0, SENTENCES_READ)
    .map((sentence, position) => ({ sentence, position, standing: standingOf(sentence, language) }))
    .flatMap(({ sentence, position, standing }) =>
      standing === 'out' || captions.has(sentence.paragraph)
        ? []
        : [{ sentence, position, standing, stems: stemsOf(sentence.text, language) }],
    )
    .filter(({ stems }) => stems.size > 0);
  const central = textRank(read.map(({ stems }) => stems));
  const firstPlace = read.find(({ standing }) => standing === 'sound')?.position ?? 0;
  return read.map(({ sentence, position, standing, stems }, index) => {
    const place = position <= firstPlace ? LEAD : 1 / (1 + 0.1 * (position - firstPlace));
    const named = titleStems.size === 0 ? 0 : shared(stems, titleStems) / Math.min(titleStems.size, 6);
    return {
      ...sentence,
      position,
      standing,
      stems,
      score: (central[index] ?? 0) * place * (1 + Math.min(1, named)) * form(sentence.text, language),
      repeatsTitle: repeats(stems, titleStems),
      leads: position === firstPlace && standing === 'sound',
      tellsTitle:
        (position <= firstPlace && !/^The /u.test(sentence.text)) || shared(stems, titleStems) >= titleStems.size / 2,
    };
  });
}

/** Each set's share of a random walk over the sets that share stems, times their number: 1 is the middle. */
function textRank(sets: readonly ReadonlySet<string>[]): number[] {
  const count = sets.length;
  const weights = sets.map(() => new Float64Array(count));
  const sums = new Float64Array(count);
  for (const [row, left] of sets.entries()) {
    for (let column = row + 1; column < count; column += 1) {
      const right = sets[column] as ReadonlySet<string>;
      const weight = shared(left, right) / (Math.log2(left.size + 1) + Math.log2(right.size + 1));
      (weights[row] as Float64Array)[column] = weight;
      (weights[column] as Float64Array)[row] = weight;
      sums[row] = (sums[row] ?? 0) + weight;
      sums[column] = (sums[column] ?? 0) + weight;
    }
  }
  let scores = sets.map(() => 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    scores = scores.map((_, row) => {
      let sum = 0;
      for (let column = 0; column < count; column += 1) {
        const weight = weights[column]?.[row] ?? 0;
        if (weight > 0) sum += (weight / (sums[column] ?? 1)) * (scores[column] ?? 0);
      }
      return 1 - DAMPING + DAMPING * sum;
    });
  }
  return scores;
}

function form(text: string, language: string): number {
  let factor = 1 / (1 + 0.15 * pronouns(text, language));
  if (text.length < BEST_LENGTH.from) factor *= Math.max(0.35, text.length / BEST_LENGTH.from);
  if (text.length > BEST_LENGTH.to) factor *= Math.max(0.35, BEST_LENGTH.to / text.length);
  if (/^["'„“”«»‘]/u.test(text)) factor *= 0.7;
  return factor;
}
