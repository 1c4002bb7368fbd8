import type { Sentence } from './sentences.ts';
import { stopWords } from './stop-words.ts';

const LEAST_TIMES = 3;
/** Nouns of every news text. */
const NO_TOPIC = new Set(
  `year years month months week weeks day days night time times way ways thing things people person man men woman women number
  numbers percent cent part lot number company companies group firm world country countries state city town place news report
  reports story article post photo photos statement case end beginning start name first last second third deal plan plans move
  show game games today need needs know want things reason question answer fact result results idea list review look official
  officials expert experts source sources member members home house role line head side point matter issue set use using long`.split(
    /\s+/u,
  ),
);

/**
 * What an English title is about in common nouns that the text keeps using, most used first. A noun is known by the
 * article before it and a small word or the sentence's mark after it: "the bakery would", "a discount." Other
 * languages inflect their nouns, or (German) show them by their capitals.
 */
export function topics(title: string, all: readonly Sentence[]): string[] {
  const stop = stopWords('en');
  const text = all.map((one) => one.text.toLowerCase()).join(' ');
  const counts = new Map<string, { times: number; noun: boolean }>();
  const words = [...text.matchAll(/\p{L}+(?:['’]\p{L}+)?|[.,;:!?]/gu)].map((match) => match[0]);
  for (const [index, word] of words.entries()) {
    const entry = counts.get(word) ?? { times: 0, noun: false };
    entry.times += 1;
    const [before = '', after = ''] = [words[index - 1], words[index + 1]];
    if (/^(?:the|an?)$/u.test(before) && (!/\p{L}/u.test(after) || stop.has(after))) entry.noun = true;
    counts.set(word, entry);
  }
  return [...new Set(title.toLowerCase().match(/\p{L}{4,}/gu) ?? [])]
    .filter((word) => !stop.has(word) && !NO_TOPIC.has(word) && !/(?:ing|ed|ly|est)$/u.test(word))
    .filter((word) => counts.get(word)?.noun && (counts.get(word)?.times ?? 0) >= LEAST_TIMES)
    .sort((left, right) => (counts.get(right)?.times ?? 0) - (counts.get(left)?.times ?? 0));
}
