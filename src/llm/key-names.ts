import { countries } from './countries.ts';
import type { Sentence } from './sentences.ts';
import { stopWords } from './stop-words.ts';

/** Languages whose names keep one form, so that what stands in the text can stand alone. */
const UNINFLECTED = new Set(['en', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'no', 'de']);
/** Every noun has a capital in German: what recurs is only a name after a small word, and these never are. */
const LEAST_TIMES = 2;
/** A name that the title doesn't have must recur more. */
const TIMES_OUTSIDE_TITLE = 3;
const LONGEST_NAME_WORDS = 3;
/** Capitals that name a currency, a unit, a part of speech of the clock or a form of company. */
const NO_TOPIC =
  /^(?:EUR|USD|GBP|AM|PM|GMT|UTC|CET|EST|PST|BST|EDT|PDT|TV|OK|GW|MW|KW|GB|TB|HP|KM|HTTP|URL|FAQ|PDF|CEO|CFO|CTO|SIA|UAB|OÜ|OAO|ООО|ОАО|ЗАО|ПАО|МСК|АО|AS|GmbH|AG|LLC|INC|LTD|PLC|PTI|AFP|AP|DPA|BNS|ID|USD|II|III|IV|VI|VII|VIII|IX|XI|XX|XXI|MR|MRS|DR)$/u;
const ABBREVIATION =
  /(?<![\p{L}\p{N}\p{M}.&-]|\p{Lu}{2} |\p{Ll}, (?=\p{Lu}{2}(?!\p{L})))\p{Lu}{2,6}(?![\p{L}\p{N}\p{M}&-]|\.\p{L}| \p{Lu}{2})/gu;
/** "Chinese", "Americans": the country says it better. */
const DEMONYM = /^\p{L}+(?:ians?|eans?|ese|ish|icans?|ghans?)$/u;
/** What a capital says nothing about: titles, days, months, and words that begin sentences in capitals. */
const NO_NAME =
  /^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Prof|President|Minister|January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|Juni|Juli|Oktober|Dezember|Jahr|Jahre|Jahren|Prozent|Euro|Uhr|Million|Millionen|Milliarden|Mensch|Menschen|Tag|Tage|Tagen|Woche|Wochen|Monat|Monate|Monaten|Ende|Anfang|Zeit|Teil|English|Latest|Under|Reuters|Bloomberg|Twitter|Facebook|Instagram|YouTube|Getty|University|Black|I|I’m|I'm)$/u;

/**
 * What the article is about, by name, most telling first, in a form that can stand alone: names that recur, names in
 * quotation marks, abbreviations, countries. Where names are inflected only those forms that are surely the first case.
 */
export function keyNames(title: string, all: readonly Sentence[], language: string): string[] {
  const found = new Map<string, { name: string; worth: number }>();
  const add = (name: string, worth: number) => {
    const key = name.toLowerCase();
    const before = found.get(key);
    found.set(key, { name: before?.name ?? name, worth: Math.max(before?.worth ?? 0, worth) });
  };
  const text = [title, ...all.map((one) => one.text)].join('\n');
  for (const [name, times] of countries(text, language)) if (times >= LEAST_TIMES) add(name, times);
  for (const [name, times] of abbreviations(text)) if (times >= LEAST_TIMES) add(name, times);
  if (language === 'de') for (const [name, times] of nouns(all)) add(name, times / 2);
  else if (UNINFLECTED.has(language)) for (const [name, times] of runs(title, all, language)) add(name, times);
  else for (const [name, times] of [...quotedNames(text), ...genitives(title, all, language)]) add(name, times);
  const lowerTitle = title.toLowerCase();
  const worthOf = ({ name, worth }: { name: string; worth: number }) =>
    lowerTitle.includes(name.toLowerCase()) ? worth * 3 : worth >= TIMES_OUTSIDE_TITLE ? worth : 0;
  const names = [...found.values()]
    .filter((one) => worthOf(one) > 0)
    .sort((left, right) => worthOf(right) - worthOf(left))
    .map(({ name }) => name);
  // "Trump" beside "Donald Trump" says nothing more.
  return names.filter((name) => !names.some((other) => other !== name && ` ${other} `.includes(` ${name} `)));
}

/** Runs of capitalised words that don't begin a sentence, with how often they recur. */
function runs(title: string, all: readonly Sentence[], language: string): Map<string, number> {
  const counts = new Map<string, number>();
  const stop = stopWords(language);
  for (const { text } of all) {
    for (const match of text.matchAll(
      /(?<=[\p{Ll}\p{N},;’'”)] )\p{Lu}[\p{L}\p{M}\p{N}’'-]*(?: \p{Lu}[\p{L}\p{M}\p{N}’'-]*)*/gu,
    )) {
      const words = match[0]
        .replace(/['’]s$/u, '')
        .split(' ')
        .filter((word) => !NO_NAME.test(word));
      while (words[0] !== undefined && words[0] !== 'New' && stop.has(words[0].toLowerCase())) words.shift();
      const name = words.join(' ');
      if (words.length === 0 || words.length > LONGEST_NAME_WORDS || name.length < 4 || NO_TOPIC.test(name)) continue;
      if (words.some((word) => /['’]/u.test(word)) || /^(?:[\p{Lu}\d ]+|\p{Lu}\d+\p{Ll}?)$/u.test(name)) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const small = new Set(all.flatMap(({ text }) => text.match(/(?<![\p{L}\p{M}])\p{Ll}[\p{L}\p{M}]{3,}/gu) ?? []));
  for (const [name, times] of counts)
    if (
      (times < LEAST_TIMES && !` ${title} `.includes(` ${name} `)) ||
      DEMONYM.test(name) ||
      small.has(name.toLowerCase())
    )
      counts.delete(name);
  return counts;
}

/** German nouns that recur, in the form that recurs most. */
function nouns(all: readonly Sentence[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of all)
    for (const [word] of text.matchAll(/(?<=\p{Ll} )\p{Lu}\p{Ll}{4,23}(?![\p{L}-])/gu))
      if (!NO_NAME.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const [word, times] of counts) if (times < LEAST_TIMES + 1) counts.delete(word);
  return counts;
}

/** Words in capitals that are neither shouted words, nor a part of a shouted line, nor an American state behind its town. */
function abbreviations(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const small = new Set(text.match(/(?<![\p{L}\p{M}])\p{Ll}{2,6}(?![\p{L}\p{M}])/gu));
  for (const [word] of text.matchAll(ABBREVIATION)) {
    const isWord = word !== 'US' && small.has(word.toLowerCase());
    if (!isWord && !NO_TOPIC.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** Names of firms and works stand in the first case between quotation marks. */
function quotedNames(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const match of text.matchAll(
    /(?<=[\p{Ll}\p{Lu}] )[„“«"](\p{Lu}[\p{L}\p{M}\p{N}-]+(?: [\p{L}\p{M}\p{N}-]+){0,2})[”“»"]/gu,
  )) {
    const name = match[1] ?? '';
    if (name.length >= 3 && name.length <= 30) counts.set(name, (counts.get(name) ?? 0) + TIMES_OUTSIDE_TITLE);
  }
  return counts;
}

/** Feminine names tell their first case by their genitive: lv „Kuldīgas” → Kuldīga, lt „Klaipėdos” → Klaipėda. */
const GENITIVES: Record<string, [string, string][]> = {
  lv: [
    ['as', 'a'],
    ['es', 'e'],
  ],
  lt: [
    ['os', 'a'],
    ['ės', 'ė'],
  ],
};

const INSIDE_NAME = /(?<=\p{Ll} )\p{Lu}[\p{Ll}\p{M}]{4,20}(?![\p{L}-])/gu;
const beginning = (name: string) => name.slice(0, 5);

function genitives(title: string, all: readonly Sentence[], language: string): Map<string, number> {
  const found = new Map<string, number>();
  const endings = GENITIVES[language];
  if (endings === undefined) return found;
  const lowerTitle = title.toLowerCase();
  const texts = [title, ...all.map((one) => one.text)];
  // A capital at a sentence's beginning says nothing, unless the name stands in the middle of another one too.
  const named = new Set(texts.flatMap((text) => text.match(INSIDE_NAME) ?? []).map(beginning));
  const byStem = new Map<string, { times: number; first: Set<string> }>();
  for (const text of texts)
    for (const [word] of text.matchAll(
      /(?<![\p{L}-]|\p{Lu}\p{Ll}{0,20} )\p{Lu}[\p{Ll}\p{M}]{4,20}(?![\p{L}-])(?! \p{Lu})/gu,
    )) {
      if (!named.has(beginning(word))) continue;
      const entry = byStem.get(beginning(word)) ?? { times: 0, first: new Set() };
      entry.times += 1;
      const ending = endings.find(([genitive]) => word.endsWith(genitive));
      if (ending !== undefined) entry.first.add(word.slice(0, -ending[0].length) + ending[1]);
      byStem.set(beginning(word), entry);
    }
  for (const { times, first } of byStem.values())
    if (first.size === 1)
      for (const name of first)
        if (times >= LEAST_TIMES || lowerTitle.includes(name.toLowerCase()))
          found.set(name, Math.max(times, TIMES_OUTSIDE_TITLE));
  return found;
}
