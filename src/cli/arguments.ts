import { InvalidArgumentError } from 'commander';
import { primaryLanguage } from '../lib/language.ts';

/** What is typed on the command line → what is meant. Each throws commander's InvalidArgumentError with the reason. */

/** `--limit`: a whole number from 1, or `all`. */
export function parseCount(input: string): number {
  if (input === 'all') return Number.MAX_SAFE_INTEGER;
  return wholeNumber(input, 1, 1_000_000, 'or "all"');
}

/** `--first`: a whole number from 0, or `all`; as the database keeps it. */
export function parseFirst(input: string): number {
  if (input === 'all') return 1_000_000;
  return wholeNumber(input, 0, 1_000_000, 'or "all"');
}

/** `--days`. */
export function parseDays(input: string): number {
  return wholeNumber(input, 1, 3660, '');
}

/** A language tag → its primary tag: `lv-LV` is `lv`. */
export function parseLanguage(input: string): string {
  const language = primaryLanguage(input);
  if (language === null) throw new InvalidArgumentError('Give a language code like lv, en or ru.');
  return language;
}

function wholeNumber(input: string, least: number, most: number, or: string): number {
  const number = /^\d{1,9}$/u.test(input) ? Number(input) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most} ${or}`.trim().concat('.'));
  }
  return number;
}
