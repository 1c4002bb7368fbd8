import { stopWords } from './stop-words.ts';

/** Fewer letters than this and names alone decide what a detector says. */
const ENOUGH_LETTERS = 60;
/** A detector this sure of another language is believed, unless the small words speak against it. */
const SURE = 0.3;
/** So many small words of a language, and such a share of all words, outweigh a detector that names led astray. */
const ENOUGH_STOP_WORDS = 2;
const ENOUGH_SHARE = 0.15;

const CYRILLIC = /\p{Script=Cyrillic}/gu;
const LATIN = /\p{Script=Latin}/gu;
/** The script of most letters of a text in that language. */
const SCRIPTS = new Map([
  ...['ru', 'uk', 'be', 'bg', 'mk'].map((language): [string, RegExp] => [language, CYRILLIC]),
  ...['en', 'lv', 'de', 'lt', 'et', 'fr', 'es', 'it', 'pt', 'pl', 'nl', 'sv', 'fi', 'da', 'nb', 'no', 'cs'].map(
    (language): [string, RegExp] => [language, LATIN],
  ),
]);

/**
 * The language that `text` is in where that is surely not `expected`; null when it is, or when nobody can tell:
 * too short, or a language the detector doesn't know. The detector is loaded at first use.
 */
export async function otherLanguage(text: string, expected: string): Promise<string | null> {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < ENOUGH_LETTERS) return null;
  const script = SCRIPTS.get(expected);
  if (script !== undefined && (text.match(script)?.length ?? 0) < letters / 2) return 'another script';
  const { detectAll, supportedLanguages, toISO2 } = await import('tinyld');
  if (!supportedLanguages.some((language) => toISO2(language) === expected)) return null;
  const [first, ...others] = detectAll(text);
  if (first === undefined || first.lang === expected) return null;
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const smallWords = (language: string) => words.filter((word) => stopWords(language).has(word)).length;
  const ours = smallWords(expected);
  const theirs = smallWords(first.lang);
  const enough = (count: number) => count >= ENOUGH_STOP_WORDS && count >= ENOUGH_SHARE * words.length;
  if (enough(ours) && ours > theirs) return null;
  if (enough(theirs) && theirs > 2 * ours) return first.lang;
  const accuracy = others.find((one) => one.lang === expected)?.accuracy ?? 0;
  return first.accuracy < SURE || accuracy * 3 > first.accuracy ? null : first.lang;
}

/** Languages whose texts of some length always have letters with diacritics, how long that is, and those letters. */
const DIACRITICS = new Map<string, { letters: number; marked: RegExp }>([
  ['lv', { letters: 60, marked: /[āčēģīķļņšūž]/iu }],
  ['lt', { letters: 60, marked: /[ąčęėįšųūž]/iu }],
  ['et', { letters: 120, marked: /[äõöüšž]/iu }],
  ['pl', { letters: 80, marked: /[ąćęłńóśźż]/iu }],
  ['cs', { letters: 60, marked: /[áčďéěíňóřšťúůýž]/iu }],
  ['de', { letters: 400, marked: /[äöüß]/iu }],
]);
/** German written without them says so by itself, in the shortest text. */
const TRANSCRIBED =
  /(?<!\p{L})(?:fuer|ueber|koennen|koennte|waere|wuerde|muessen|moeglich|naechste|groesste|spaeter)/iu;

/** Whether a text in `language` has lost its diacritics: it is long enough to have some and has none. */
export function lacksDiacritics(text: string, language: string): boolean {
  const known = DIACRITICS.get(language);
  if (known === undefined || known.marked.test(text)) return false;
  if (language === 'de' && TRANSCRIBED.test(text)) return true;
  return (text.match(/\p{L}/gu)?.length ?? 0) >= known.letters;
}
