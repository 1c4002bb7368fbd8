import { isBoilerplate } from './boilerplate.ts';
import { leans } from './openings.ts';
import { quotations } from './quotations.ts';
import type { Sentence } from './sentences.ts';
import { stopWordLanguages, stopWords } from './stop-words.ts';

/**
 * Whether a sentence may stand in a post: `sound` alone; `leaning` only after the sentence before it; `weak` where
 * nothing better is left (a question, somebody's "we", a bare quotation); `piece` where the whole text has no sentence
 * (a heading, a line without a full stop, half a quotation); `out` never.
 */
export type Standing = 'sound' | 'leaning' | 'weak' | 'piece' | 'out';

/** I and we, also in their case forms; "US" is a country. */
const FIRST_PERSON: Record<string, RegExp> = {
  en: words('I|[Ww]e|[Mm]y|[Oo]ur|us|me|ours|mine|myself|ourselves'),
  lv: words('[Ee]s(?= |,)|[Mm]ēs|[Mm]an|[Mm]ums|[Mm]ūsu|[Mm]anā?|[Mm]ans|[Mm]ani|[Mm]ūs'),
  ru: words(
    '[Яя]|[Мм]ы|[Мм]не|[Нн]ам|[Нн]ас|[Нн]ами|[Мм]ой|[Мм]оя|[Мм]оё|[Мм]ои|[Нн]аш(?:а|е|и|их|ей|ему|его|им|ими|у)?',
  ),
  de: words('[Ii]ch|[Ww]ir|[Uu]ns|[Uu]nser(?:e[nrsm]?)?|[Mm]ein(?:e[nrsm]?)?|[Mm]ir|[Mm]ich'),
  lt: words('[Aa]š|[Mm]es|[Mm]an|[Mm]ums|[Mm]ūsų|[Mm]ano|[Mm]us|[Mm]umis'),
  et: words('[Mm]a|[Mm]ina|[Mm]e|[Mm]eie|[Mm]inu|[Mm]u|[Mm]eil|[Mm]eid|[Mm]ul'),
};
/** Who speaks, or what a list is about, before the sentence itself: "A: Being …", "Summary: The …". */
const LABELLED = /^[\p{L}\p{M}.]+(?: [\p{L}\p{M}.\d()-]+){0,3}: ?[\p{Lu}\d"“„«]/u;
const LEAST_WORDS = 5;
/** Beyond this many characters nobody reads to the end. */
const LONGEST = 420;
/** Longer is a text without full stops. */
const LONGEST_READ = 2000;
const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** How `sentence` may stand in a post of `language`. */
export function standingOf(sentence: Sentence, language: string): Standing {
  const { text } = sentence;
  if (text.length > LONGEST_READ) return 'piece';
  if (isBoilerplate(text) || isForeign(text, language)) return 'out';
  const outside = withoutQuotations(text);
  const said = outside.match(/[\p{L}\p{M}]+/gu) ?? [];
  const spoken = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  const spaced = !NO_SPACES.test(text);
  if (spoken.length === 0 || (spaced && spoken.length < 3) || isShouted(text)) return 'out';
  if (!sentence.complete) return 'piece';
  if (leans(text, language)) return 'leaning';
  if (spaced && (spoken.length < LEAST_WORDS || text.length > LONGEST || beginsSmall(text))) return 'weak';
  if (/[?？؟]["'”“’»)]*$/u.test(text) || /(?:…|\.{3})["'”“’»)]*$/u.test(text)) return 'weak';
  if (LABELLED.test(text)) return 'weak';
  if (said.length < 2 || FIRST_PERSON[language]?.test(outside)) return 'weak';
  return isTabular(text, spoken.length) ? 'weak' : 'sound';
}

function words(list: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])(?:${list})(?![\p{L}\p{M}\p{N}])`, 'u');
}

function withoutQuotations(text: string): string {
  let outside = text;
  for (const { span } of quotations(text)) if (span.trim() !== '') outside = outside.replace(span, '');
  return outside.replace(/(?<=^|[\s(])‘[^‘’]*(?:’(?=\p{L})[^‘’]*)*’/gu, '');
}

/** Written in another of the languages whose small words are known: an English menu on a Latvian page. */
function isForeign(text: string, language: string): boolean {
  const own = stopWords(language);
  if (own.size === 0) return false;
  const said = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const ours = said.filter((word) => own.has(word)).length;
  return (
    said.length >= LEAST_WORDS &&
    stopWordLanguages.some((other) => {
      const theirs = said.filter((word) => stopWords(other).has(word)).length;
      return theirs >= 2 && theirs > 2 * ours;
    })
  );
}

/** In capitals for the most part: a heading or a shout. */
function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters >= 8 && (text.match(/\p{Lu}/gu)?.length ?? 0) > 0.6 * letters;
}

function beginsSmall(text: string): boolean {
  const first = /\p{L}\p{L}?/u.exec(text.slice(0, 40))?.[0] ?? '';
  return /^\p{Ll}(?!\p{Lu})/u.test(first) && !/^\P{L}*\d/u.test(text);
}

/** Results, prices, schedules: numbers and separators rather than a sentence. */
function isTabular(text: string, wordCount: number): boolean {
  const figures = text.match(/\d+(?:[.,:–-]\d+)*/gu)?.length ?? 0;
  return (figures > 6 && figures > 0.4 * wordCount) || (figures >= 2 && figures > 0.25 * (wordCount + figures));
}
