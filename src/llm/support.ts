/** An article's words in order, for asking whether a sentence stands in it. */
export type Wording = string;

/** Less than this says nothing about where it comes from. */
const FEWEST_WORDS = 3;

/** The words of `text` without case, punctuation and kinds of white space. */
export function wordingOf(text: string): Wording {
  return ` ${(
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ')} `;
}

/** Whether `sentence` stands in the article word for word. */
export function standsIn(article: Wording, sentence: string): boolean {
  const words = wordingOf(sentence);
  return words.trim().split(' ').length >= FEWEST_WORDS && article.includes(words);
}
