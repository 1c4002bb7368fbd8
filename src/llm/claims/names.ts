import { likelyLanguage } from '../likely-language.ts';
import type { Span } from '../spans.ts';
import { stopWords } from '../stop-words.ts';
import { romanValue } from './amounts.ts';
import { monthOf, relativeDay, weekdayOf } from './date-words.ts';
import { distance, latin, skeletons, stems } from './name-keys.ts';
import { type Token, tokens } from './name-tokens.ts';
import { isDealing, isGivenName, isInstitutionWord, isManyPeople, isReporting, isRole, TITLES } from './name-words.ts';
import { namedNumbers } from './number-words.ts';
import { placesAt, sameAcronyms } from './places.ts';
import { isCurrency, unitAfter } from './units.ts';

/** The names and words of an article, ready to be looked up. */
export interface Names {
  language: string | null;
  /** The languages whose case endings its names may have. */
  languages: readonly string[];
  words: ReadonlySet<string>;
  /** Stems of its words with a capital letter, and of the longer ones without. */
  stems: ReadonlySet<string>;
  /** What its words sound like, to those words in Latin letters. Made at the first call. */
  sounds(): ReadonlyMap<string, readonly string[]>;
  places: ReadonlySet<string>;
  /** The first letters of its words one after the other, and its acronyms. */
  initials: string;
  acronyms: ReadonlySet<string>;
  /** Words one after the other (see `followers`), to the name that stands before them. */
  before: ReadonlyMap<string, string>;
}

/** Words that Crier's own labels bring, and what no article has to have said. */
const ALWAYS = new Set(
  'ai mi ии ki di ti i ok tv тв www faq pdf rss ceo cfo cto pr hr it eur usd gbp co2 id sms usb sia as ooo gmbh ag uab ou'.split(
    ' ',
  ),
);
/** An article in such a language that names no country is about its own. */
const COUNTRY_OF: Readonly<Record<string, string>> = { lv: 'LV', lt: 'LT', et: 'EE' };
/** The languages whose endings a name in quotation marks may have. */
const SPELT = ['lv', 'lt', 'ru', 'et'];
const SHORTEST_PLAIN_STEM = 4;
const MOST_ALIKE = 8;
/** Letters that may differ between two words that sound alike: the fewer consonants, the fewer. */
const NEAR = 0.5;
const NEAR_LONG = 0.67;
const ROMAN = /^(?=[IVX]{2,})X{0,3}(?:IX|IV|V?I{0,3})$/u;

/** Reads an article's names; linear in its length. */
export function readNames(text: string): Names {
  const language = likelyLanguage(text);
  const languages = endingsOf(text, language);
  const all = tokens(text);
  const folds = all.map((token) => token.folded);
  const words = new Set<string>();
  const found = new Set<string>();
  const sounding: string[] = [];
  let sounds: Map<string, string[]> | null = null;
  const places = new Set<string>([COUNTRY_OF[language ?? ''] ?? '']);
  const acronyms = new Set<string>();
  const before = new Map<string, string>();
  const known = new Set<string>();
  const named = new Set<string>();
  for (const [index, token] of all.entries()) {
    const word = token.folded;
    for (const { id } of placesAt(folds, index)) places.add(id);
    if (token.acronym) acronyms.add(word);
    const seen = `${token.capital ? 'A' : 'a'}${word}`;
    if (token.capital) {
      before.set(followers(folds, index), word);
      if (!token.start) named.add(word);
    }
    if (known.has(seen)) continue;
    known.add(seen);
    words.add(word);
    if (isCalendarWord(token.span)) continue;
    for (const stem of new Set(languages.flatMap((one) => stems(word, one)))) {
      if (token.capital || stem.length >= SHORTEST_PLAIN_STEM) found.add(stem);
      if (token.capital || word.length >= 6) sounding.push(stem);
    }
  }
  const letters = all
    .filter(({ span }) => span.length > 3 || /^\p{Lu}/u.test(span))
    .map((token) => token.folded.charAt(0));
  return {
    language,
    languages,
    words,
    stems: found,
    sounds: () => (sounds ??= soundsOf(sounding)),
    places,
    initials: letters.join(''),
    acronyms,
    before: new Map([...before].filter(([after, word]) => after !== '' && named.has(word))),
  };
}

/** Latvian and Lithuanian names have their own endings in English too. */
function endingsOf(text: string, language: string | null): string[] {
  const own = language ?? 'en';
  return [
    own,
    ...(own !== 'lv' && /[āēīģķļņ]/iu.test(text) ? ['lv'] : []),
    ...(own !== 'lt' && /[ąęėįų]/iu.test(text) ? ['lt'] : []),
  ];
}

/** The names in `text` that the article doesn't have, words of one name together. `values` are the article's numbers. */
export function foreignNames(text: string, source: Names, hasValue: (value: number) => boolean): Span[] {
  const all = tokens(text);
  const language = likelyLanguage(text) ?? source.language ?? 'en';
  const languages = [...new Set([...endingsOf(text, language), ...source.languages])];
  const context = contextOf(all, language, languages, source);
  const failing: Token[] = [];
  for (const [index, token] of all.entries()) {
    if (!mayBeName(token, language) || context.covered.has(index)) continue;
    // US dollars, ASV dolāri: the currency is checked with its amount.
    if (isCurrency(unitAfter(text, token.index)?.unit ?? '')) continue;
    if (ROMAN.test(token.span) && (source.words.has(token.folded) || hasValue(romanValue(token.span)))) continue;
    if (isKnown(token, index, context)) continue;
    if (!isEvident(token, index, context)) continue;
    failing.push(token);
  }
  return merged(failing, text);
}

/** Whether every word of a short name in quotation marks is the article's. */
export function isNameOf(name: string, source: Names): boolean {
  const all = tokens(name);
  const language = likelyLanguage(name) ?? source.language ?? 'en';
  const across = language !== source.language;
  const context = contextOf(all, language, [...new Set([...SPELT, ...source.languages])], source);
  return (
    all.length > 0 &&
    all.some(({ capital }) => capital) &&
    all.every((token, index) => isKnown(token, index, { ...context, across }) || context.covered.has(index))
  );
}

interface Context {
  all: readonly Token[];
  folds: readonly string[];
  language: string;
  languages: readonly string[];
  source: Names;
  /** Whether text and article are in different languages, as far as that can be told. */
  across: boolean;
  /** Tokens that belong to a place the article has. */
  covered: ReadonlySet<number>;
  /** Tokens that name a place, whichever. */
  placed: ReadonlySet<number>;
  /** Folded words that the text has in small letters, and with a capital letter inside a sentence. */
  small: ReadonlySet<string>;
  named: ReadonlySet<string>;
}

function contextOf(all: readonly Token[], language: string, languages: readonly string[], source: Names): Context {
  const folds = all.map((token) => token.folded);
  const covered = new Set<number>();
  const placed = new Set<number>();
  for (const [index, token] of all.entries()) {
    if (!token.capital) continue;
    for (const { id, length, exact } of placesAt(folds, index)) {
      for (let at = index; at < index + length; at += 1) {
        if (exact) placed.add(at);
        if (source.places.has(id)) covered.add(at);
      }
    }
  }
  const small = new Set(all.filter(({ capital }) => !capital).map((token) => token.folded));
  const named = new Set(all.filter(({ capital, start }) => capital && !start).map((token) => token.folded));
  const across = source.language !== null && source.language !== language;
  return { all, folds, language, languages, source, across, covered, placed, small, named };
}

function mayBeName(token: Token, language: string): boolean {
  const { span } = token;
  if (!(token.capital || token.mixed) || span.length < 2 || ALWAYS.has(token.folded)) return false;
  // Q1, G20: what matters is the number, and that is checked.
  if (/^\p{L}\d+$/u.test(span)) return false;
  if (isCalendarWord(span) || TITLES.has(token.folded)) return false;
  if (!token.acronym && (stopWords(language).has(span.toLowerCase()) || stopWords('en').has(span.toLowerCase())))
    return false;
  if (unitAfter(span, 0)?.end === span.length) return false;
  return namedNumbers(span, true).length === 0;
}

/** Whether the article has the name, in whatever case ending, alphabet or abbreviation. */
function isKnown(token: Token, index: number, { all, languages, source, across }: Context): boolean {
  const word = token.folded;
  if (source.words.has(word)) return true;
  const own = languages.flatMap((one) => stems(word, one));
  if (own.some((stem) => source.stems.has(stem))) return true;
  const cyrillic = /^[а-яґєії]/u.test(word);
  if (token.acronym && word.length >= 3 && !cyrillic === (source.language !== 'ru') && source.initials.includes(word))
    return true;
  if (token.acronym && sameAcronyms(word).some((one) => one.length >= 3 && source.initials.includes(one))) return true;
  if (isSpelledOut(all, index, source)) return true;
  if (!across && cyrillic === (source.language === 'ru')) return false;
  if (across && isInstitutionWord(word)) return true;
  return own.some((stem) => soundsAlike(stem, source));
}

/** "European Central Bank" where the article says ECB. */
function isSpelledOut(all: readonly Token[], index: number, { acronyms }: Names): boolean {
  if (acronyms.size === 0) return false;
  let first = index;
  while (first > 0 && index - first < 4 && all[first]?.follows && all[first - 1]?.capital) first -= 1;
  for (; first <= index; first += 1) {
    let initials = '';
    for (let at = first; at < all.length && at < first + 6; at += 1) {
      const token = all[at];
      if (token === undefined || (at > first && !token.follows)) break;
      initials += token.folded.charAt(0);
      if (at >= index && initials.length >= 2 && acronyms.has(initials)) return true;
    }
  }
  return false;
}

function soundsAlike(stem: string, { sounds }: Names): boolean {
  const word = latin(stem);
  const known = sounds();
  return skeletons(stem).some((sound) =>
    [sound, ...(sound.length >= 4 ? [sound.slice(0, -1)] : [])].some((key) =>
      known.get(key)?.some((one) => distance(one, word) <= (key.length <= 2 ? NEAR : NEAR_LONG)),
    ),
  );
}

function soundsOf(words: readonly string[]): Map<string, string[]> {
  const sounds = new Map<string, string[]>();
  for (const stem of new Set(words)) {
    const word = latin(stem);
    for (const sound of skeletons(stem)) {
      for (const key of sound.length >= 4 ? [sound, sound.slice(0, -1)] : [sound]) {
        const alike = sounds.get(key);
        if (alike === undefined) sounds.set(key, [word]);
        else if (alike.length < MOST_ALIKE && !alike.includes(word)) alike.push(word);
      }
    }
  }
  return sounds;
}

/** Whether the word is a name, and not an ordinary word with a capital letter. */
function isEvident(token: Token, index: number, context: Context): boolean {
  const { all, folds, language, source, across, small, named, placed } = context;
  const german = language === 'de';
  if (token.acronym || token.mixed) return !ROMAN.test(token.span) || !token.start;
  if (!token.start && !token.hashtag && !german) return true;
  if (placed.has(index)) return true;
  const next = all[index + 1];
  const before = all[index - 1];
  const given = isGivenName(stems(token.folded, language));
  if (given && (!german || next?.capital === true || token.start)) return !small.has(token.folded);
  if (token.hashtag || small.has(token.folded)) return false;
  const replaced = source.before.get(followers(folds, index));
  if (!across && replaced !== undefined && (token.start || german) && !isRole(token.folded)) return true;
  if (
    token.follows &&
    before !== undefined &&
    (TITLES.has(before.folded) || isGivenName(stems(before.folded, language)))
  )
    return true;
  if (german) return false;
  if (named.has(token.folded)) return true;
  if (next === undefined || !next.follows) return false;
  return (
    (isReporting(next.folded) || (language === 'en' && isDealing(next.folded))) &&
    !isRole(token.folded) &&
    !isManyPeople(token.folded, language)
  );
}

/** The two words after a name, the three where two would be too common; '' at the end of a text. */
function followers(folds: readonly string[], index: number): string {
  const two = folds.slice(index + 1, index + 3);
  const all = two.some((word) => word.length >= 5) ? two : folds.slice(index + 1, index + 4);
  return all.length < 2 ? '' : all.join(' ');
}

function merged(failing: readonly Token[], text: string): Span[] {
  const found: Span[] = [];
  for (const token of failing) {
    const last = found.at(-1);
    const between = last === undefined ? '' : text.slice(last.index + last.span.length, token.index);
    if (last !== undefined && token.follows && /^[\p{Zs}\-‑]$/u.test(between))
      last.span = text.slice(last.index, token.index + token.span.length);
    else found.push({ span: token.span, index: token.index });
  }
  return found;
}

function isCalendarWord(span: string): boolean {
  const word = span.toLowerCase();
  return monthOf(word) !== undefined || weekdayOf(word) !== undefined || relativeDay(word) !== undefined;
}
