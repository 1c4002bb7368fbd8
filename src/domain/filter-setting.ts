import { durationWords, parseDuration } from '../lib/duration.ts';
import { UsageError } from '../lib/errors.ts';
import { primaryLanguage } from '../lib/language.ts';
import { plainLine } from '../lib/text.ts';
import { ABOUT_LIMIT, type Filter } from './filter.ts';
import type { Setting } from './setting.ts';
import { patternFault } from './words.ts';

/** The most words of one list. */
const WORDS_LIMIT = 200;
const LANGUAGES_LIMIT = 50;

/** Every part of a filter, in the order in which it is shown. */
export const FILTER_SETTINGS: readonly Setting<Filter>[] = [
  wordsSetting('require', 'requireWords', 'only articles with at least one of these words; * stands for any ending'),
  wordsSetting('exclude', 'excludeWords', 'no article with one of these words'),
  {
    key: 'language',
    value: '<codes>',
    meaning: 'only articles in these languages, such as lv,en',
    read: ({ languages }) => languages.join(', '),
    change: (filter, value) => ({ ...filter, languages: listOf(value, 'language', LANGUAGES_LIMIT, languageOf) }),
  },
  {
    key: 'max-age',
    value: '<time>',
    meaning: 'no article older than this, such as 48h or 7d',
    read: ({ maxAgeMs }) => (maxAgeMs === null ? '' : durationWords(maxAgeMs)),
    change: (filter, value) => ({ ...filter, maxAgeMs: parseDuration('max-age', value) }),
  },
  {
    key: 'min-length',
    value: '<characters>',
    meaning: 'no article whose text is shorter',
    read: ({ minLength }) => (minLength === null ? '' : String(minLength)),
    change: (filter, value) => ({ ...filter, minLength: lengthOf(value) }),
  },
  wordsSetting('category', 'requireCategories', 'only articles that their feed files under one of these'),
  wordsSetting('exclude-category', 'excludeCategories', 'no article that its feed files under one of these'),
  {
    key: 'ignore-diacritics',
    value: '<yes|no>',
    meaning: 'whether ā counts as a, and ё as е, in words and categories',
    read: ({ ignoreDiacritics }) => (ignoreDiacritics ? 'yes' : ''),
    change: (filter, value) => ({ ...filter, ignoreDiacritics: yesOrNo(value) }),
  },
  {
    key: 'about',
    value: '<subject>',
    meaning: 'only articles about this, in your own words; the model is asked, at a price',
    read: ({ about }) => about ?? '',
    change: (filter, value) => ({ ...filter, about: subjectOf(value) }),
  },
];

function wordsSetting(
  key: string,
  field: 'requireWords' | 'excludeWords' | 'requireCategories' | 'excludeCategories',
  meaning: string,
): Setting<Filter> {
  return {
    key,
    value: '<words>',
    meaning,
    read: (filter) => filter[field].join(', '),
    change: (filter, value) => ({
      ...filter,
      [field]: listOf(value, key, WORDS_LIMIT, (word) => patternOf(key, word)),
    }),
  };
}

function listOf(value: string, key: string, limit: number, parse: (one: string) => string): string[] {
  const parts = value.split(/[,\n]/u).map((part) => part.trim());
  const list = [...new Set(parts.filter((part) => part !== '').map(parse))];
  if (list.length > limit) throw new UsageError(`${key} takes at most ${limit}, not ${list.length}.`);
  return list;
}

function patternOf(key: string, word: string): string {
  const fault = patternFault(word);
  if (fault !== null) throw new UsageError(`${key}: "${word}" ${fault}.`);
  return word;
}

function languageOf(code: string): string {
  const language = primaryLanguage(code);
  if (language === null) throw new UsageError(`language: "${code}" is not a language code like lv, en or ru.`);
  return language;
}

function lengthOf(value: string): number | null {
  if (value.trim() === '') return null;
  if (!/^\d{1,6}$/u.test(value.trim())) throw new UsageError(`min-length: "${value}" is not a number of characters.`);
  return Number(value);
}

function subjectOf(value: string): string | null {
  const subject = plainLine(value);
  if (subject.length > ABOUT_LIMIT)
    throw new UsageError(`about takes at most ${ABOUT_LIMIT} characters, not ${subject.length}.`);
  return subject || null;
}

function yesOrNo(value: string): boolean {
  const word = value.trim().toLowerCase();
  if (!['yes', 'no', ''].includes(word)) throw new UsageError(`ignore-diacritics is yes or no, not "${value}".`);
  return word === 'yes';
}
