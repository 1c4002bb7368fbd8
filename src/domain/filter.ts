import { DAY, HOUR, MINUTE } from '../lib/clock.ts';
import type { Article } from './article.ts';
import { wordFinder } from './words.ts';

/** Which articles a brand or a source wants; each empty part wants all. */
export interface Filter {
  /** At least one of these must be in the title or the text. Patterns as in words.ts. */
  requireWords: string[];
  /** None of these may be. */
  excludeWords: string[];
  /** Whether ā counts as a in words and categories. */
  ignoreDiacritics: boolean;
  /** BCP 47 primary tags. */
  languages: string[];
  /** Counted from publication, or from when the article was seen where it has no date. */
  maxAgeMs: number | null;
  /** Characters of the text. */
  minLength: number | null;
  /** At least one of the article's categories must hold one of these words. */
  requireCategories: string[];
  excludeCategories: string[];
  /** What an article must be about, in a person's words; the model is asked once all else is passed. Null = anything. */
  about: string | null;
}

/** The most characters of `about`. */
export const ABOUT_LIMIT = 200;

/** The filter that lets everything through. */
export const OPEN_FILTER: Filter = {
  requireWords: [],
  excludeWords: [],
  ignoreDiacritics: false,
  languages: [],
  maxAgeMs: null,
  minLength: null,
  requireCategories: [],
  excludeCategories: [],
  about: null,
};

/** Whether it lets everything through that the model doesn't have to judge. */
function isOpen(filter: Filter): boolean {
  return (
    filter.languages.length === 0 &&
    filter.maxAgeMs === null &&
    filter.minLength === null &&
    [filter.requireWords, filter.excludeWords, filter.requireCategories, filter.excludeCategories].every(
      (words) => words.length === 0,
    )
  );
}

export type Filterable = Pick<Article, 'title' | 'text' | 'language' | 'publishedAt' | 'seenAt' | 'categories'>;

/** The rule that keeps the article out, but for `about`, with what a person reads: `filter exclude-words: “casino” in the title`. Null = it may pass. */
export function filteredBy(filter: Filter, article: Filterable, now: Date): string | null {
  if (isOpen(filter)) return null;
  const { title, text, language } = article;
  const { languages, maxAgeMs, minLength } = filter;
  if (languages.length > 0 && !languages.includes(language))
    return language === 'und'
      ? `filter language: it could not be told, only ${listed(languages, 'and')} ${languages.length > 1 ? 'are' : 'is'} wanted`
      : `filter language: ${language} is not ${listed(languages, 'or')}`;
  if (minLength !== null && text.length < minLength)
    return `filter min-length: ${text.length} characters, ${minLength} are wanted`;
  const ageMs = now.getTime() - (article.publishedAt ?? article.seenAt).getTime();
  if (maxAgeMs !== null && ageMs > maxAgeMs)
    return `filter max-age: ${ageWords(ageMs)} old, at most ${ageWords(maxAgeMs)} is wanted`;
  return categoriesFault(filter, article.categories ?? []) ?? wordsFault(filter, title, text);
}

function wordsFault(filter: Filter, title: string, text: string): string | null {
  const { requireWords, excludeWords } = filter;
  const excluded = wordFinder(excludeWords, filter);
  const inTitle = excluded(title);
  if (inTitle !== null) return `filter exclude-words: “${inTitle}” in the title`;
  const inText = excluded(text);
  if (inText !== null) return `filter exclude-words: “${inText}” in the text`;
  const required = wordFinder(requireWords, filter);
  if (requireWords.length > 0 && required(title) === null && required(text) === null)
    return `filter require-words: no ${quoted(requireWords)} in title or text`;
  return null;
}

function categoriesFault(filter: Filter, categories: readonly string[]): string | null {
  const { requireCategories, excludeCategories } = filter;
  const excluded = wordFinder(excludeCategories, filter);
  const unwanted = categories.find((category) => excluded(category) !== null);
  if (unwanted !== undefined) return `filter exclude-categories: it is in “${unwanted}”`;
  const required = wordFinder(requireCategories, filter);
  if (requireCategories.length > 0 && !categories.some((category) => required(category) !== null))
    return `filter require-categories: it is not in ${quoted(requireCategories)}`;
  return null;
}

/** `2 days`, `90 minutes`: the largest unit that loses nothing a person would miss. */
function ageWords(ms: number): string {
  const [unit, name] = ms >= 3 * DAY ? [DAY, 'day'] : ms >= 3 * HOUR ? [HOUR, 'hour'] : [MINUTE, 'minute'];
  const count = Math.floor(ms / Number(unit));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

function quoted(words: readonly string[]): string {
  const shown = words.slice(0, 5).map((word) => `“${word}”`);
  return words.length > shown.length ? `${shown.join(', ')} or ${words.length - 5} others` : listed(shown, 'or');
}

function listed(words: readonly string[], join: 'and' | 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${join} ${words.at(-1)}`;
}
