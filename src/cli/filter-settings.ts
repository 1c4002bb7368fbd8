import { ABOUT_LIMIT, type Filter } from '../domain/filter.ts';
import { patternFault } from '../domain/words.ts';
import { DAY, HOUR, MINUTE } from '../lib/clock.ts';
import { UsageError } from '../lib/errors.ts';
import { plainLine } from '../lib/text.ts';
import { primaryLanguage } from './arguments.ts';

/** One part of a filter as `source filter --KEY VALUE` and `brand set filter-KEY=VALUE` take it. */
export interface FilterSetting {
  key: string;
  /** Stands for the value in the help. */
  value: string;
  meaning: string;
  /** As it is typed; empty = this part wants all. */
  read(filter: Filter): string;
  /** The filter with it; throws UsageError. An empty value clears it. */
  change(filter: Filter, value: string): Filter;
}

/** The most words of one list. */
const WORDS_LIMIT = 200;
const LANGUAGES_LIMIT = 50;

/** Every part, in the order in which it is shown. */
export const FILTER_SETTINGS: readonly FilterSetting[] = [
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
    read: ({ maxAgeMs }) => (maxAgeMs === null ? '' : timeWords(maxAgeMs)),
    change: (filter, value) => ({ ...filter, maxAgeMs: timeOf(value) }),
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

/** The parts that aren't empty, `require solar, wind*`. */
export function filterLines(filter: Filter): string[] {
  return FILTER_SETTINGS.filter(({ read }) => read(filter) !== '').map(({ key, read }) => `${key} ${read(filter)}`);
}

function wordsSetting(
  key: string,
  field: 'requireWords' | 'excludeWords' | 'requireCategories' | 'excludeCategories',
  meaning: string,
): FilterSetting {
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

const UNITS: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

function timeOf(value: string): number | null {
  if (value.trim() === '') return null;
  const [, count, unit] = /^(\d{1,5})\s*([mhdw])$/u.exec(value.trim().toLowerCase()) ?? [];
  const ms = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0)) throw new UsageError(`max-age: "${value}" is not a time like 90m, 48h, 7d or 2w.`);
  return ms;
}

function timeWords(ms: number): string {
  const [unit, size] = ms % DAY === 0 ? ['d', DAY] : ms % HOUR === 0 ? ['h', HOUR] : ['m', MINUTE];
  return `${ms / Number(size)}${unit}`;
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
