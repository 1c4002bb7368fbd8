import { InvalidArgumentError } from 'commander';

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

const LANGUAGE_NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** The primary tag of a BCP 47 language tag that stands for a known language, else null. */
export function primaryLanguage(input: string): string | null {
  try {
    const { language } = new Intl.Locale(input.trim());
    return language !== 'und' && LANGUAGE_NAMES.of(language) !== undefined ? language : null;
  } catch {
    return null;
  }
}

function wholeNumber(input: string, least: number, most: number, or: string): number {
  const number = /^\d{1,9}$/u.test(input) ? Number(input) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most} ${or}`.trim().concat('.'));
  }
  return number;
}
