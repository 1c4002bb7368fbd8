import { OPENING_WORDS } from './opening-words.ts';
import { quotations } from './quotations.ts';

/** Demonstratives that also join clauses or announce them: "that", „tas, ka”, «то, что». */
const MAY_JOIN = /^(?:that|such|t[aāioīu]\p{L}{0,2}|see|seda|sel\p{L}*)$/u;
/** So many first words are looked at for a pronoun whose name stands in another sentence. */
const NEAR_BEGINNING = 6;

/** Whether `sentence` opens with a pronoun or connective that needs the sentence before it; no language but six is known. */
export function leans(sentence: string, language: string): boolean {
  const openings = read(language);
  if (openings === null) return false;
  const quoted = quotations(sentence);
  const startsQuoted = /^\s*["'„“”«»‘]/u.test(sentence);
  // What is quoted is somebody's own speech; who says it must be named: “…,” he said.
  let outside = sentence;
  if (startsQuoted && quoted.length > 0)
    for (const { span } of quoted) if (span.length > 3) outside = outside.replace(span, ' ');
  const words = outside.match(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}]+)*/gu)?.slice(0, NEAR_BEGINNING) ?? [];
  const lower = words.map((word) => word.toLowerCase().replace(/['’](?:s|re|ve|d|ll)$/u, ''));
  const [first = '', second = '', third = ''] = lower;
  if (openings.pointing.has(first) && openings.isTime(second, third)) return false;
  if (startsQuoted ? openings.person.has(first) : openings.first.has(first)) return true;
  const beginning = `${lower.join(' ')} `;
  if (openings.opening.some((opening) => beginning.startsWith(`${opening} `))) return !pointsAtTime(lower, openings);
  if (lower.slice(1, 5).some((word) => openings.inside.has(word))) return true;
  // "For that reason", «в этих условиях» – but not "in this year", nor "Officials said that".
  const points = lower.findIndex((word, at) => at > 0 && at < 4 && openings.pointing.has(word));
  const pointed = points === 1 || (points > 1 && !MAY_JOIN.test(lower[points] ?? ''));
  if (pointed && !openings.isTime(lower[points + 1] ?? '', lower[points + 2] ?? '')) return true;
  return pronounComesFirst(words, lower, openings) || clauseWithoutName(outside, openings);
}

interface Known {
  first: ReadonlySet<string>;
  opening: readonly string[];
  person: ReadonlySet<string>;
  pointing: ReadonlySet<string>;
  inside: ReadonlySet<string>;
  before: ReadonlySet<string>;
  joins: ReadonlySet<string>;
  isTime(word: string, next: string): boolean;
}

const known = new Map<string, Known>();
function read(language: string): Known | null {
  const table = Object.hasOwn(OPENING_WORDS, language) ? OPENING_WORDS[language] : undefined;
  if (table === undefined) return null;
  let openings = known.get(language);
  if (openings === undefined) {
    const list = (text: string) => text.split(/\s+/u).filter(Boolean);
    const times = list(table.time);
    const startsTime = (word: string) => times.some((time) => word.startsWith(time));
    openings = {
      first: new Set(list(table.first)),
      opening: table.opening.split('|').map((opening) => opening.trim()),
      person: new Set(list(table.person)),
      pointing: new Set(list(table.pointing)),
      inside: new Set(list(table.inside)),
      before: new Set(list(table.before)),
      joins: new Set(list(table.joins)),
      isTime: (word, next) =>
        startsTime(word) || (/^(?:past|last|coming|same|paš|сам)/u.test(word) && startsTime(next)),
    };
    known.set(language, openings);
  }
  return openings;
}

function pointsAtTime(words: readonly string[], openings: Known): boolean {
  const index = words.findIndex((word) => openings.pointing.has(word));
  return index >= 0 && openings.isTime(words[index + 1] ?? '', words[index + 2] ?? '');
}

/** A pronoun near the beginning with no name before it: "In January she did …", «По её словам …». */
function pronounComesFirst(words: readonly string[], lower: readonly string[], openings: Known): boolean {
  const index = lower.findIndex((word, at) => at > 0 && openings.person.has(word));
  const first = lower[0] ?? '';
  const place = openings.before.has(first);
  // Anything else at the beginning is somebody or something that the pronoun can mean: "The mill said it …".
  if (index < 0 || (index > 1 && !place && !openings.joins.has(first))) return false;
  const names = words.flatMap((word, at) =>
    at > 0 && at < index && /^\p{Lu}/u.test(word) && !openings.isTime(lower[at] ?? '', '') ? [at] : [],
  );
  // "In New York they …": the name is only where.
  return place ? names.every((at, order) => at === order + 1) : names.length === 0;
}

/** "Rebranded to look neutral, it posted …": whom the first clause is about stands in another sentence. */
function clauseWithoutName(outside: string, openings: Known): boolean {
  const clause = /^\P{L}*\p{L}+([^,.;:–—]{4,90}), (\p{L}+) /u.exec(outside.slice(0, 140));
  if (clause === null || !openings.person.has((clause[2] ?? '').toLowerCase())) return false;
  return !/\p{Lu}/u.test(clause[1] ?? '') && !/ (?:a|an|the) /u.test(clause[1] ?? '');
}

/** How many pronouns `sentence` has: each may point outside it. 0 in a language that isn't known. */
export function pronouns(sentence: string, language: string): number {
  const openings = read(language);
  if (openings === null) return 0;
  return (sentence.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => openings.person.has(word)).length;
}
