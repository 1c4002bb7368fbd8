import { endOf } from '../abbreviations.ts';
import type { Span } from '../spans.ts';
import { stopWords } from '../stop-words.ts';
import { folded } from './name-keys.ts';

/** A word of a text as names are looked for in it. */
export interface Token extends Span {
  folded: string;
  capital: boolean;
  /** Two letters and more, all of them capitals: NATO, ES. */
  acronym: boolean;
  /** A capital letter or digit inside: iPhone, GPT4. */
  mixed: boolean;
  /** Whether any word would have a capital letter here: the beginning of a sentence, a title in capitals. */
  start: boolean;
  /** Whether only a space or hyphen parts it from the token before. */
  follows: boolean;
  hashtag: boolean;
}

const WORD = /\p{L}[\p{L}\p{M}\p{N}]*(?:['’]\p{L}[\p{L}\p{M}]*)?/gu;
const SENTENCE_END = /[.!?…:•·|\n\r\u2028\u2029"“”„«»‘‹›\p{Extended_Pictographic}\ufffc]/u;
/** In a title every word that says something has a capital letter, but for a slip. */
const TITLE_SHARE = 0.8;

/** The words of `text`, left to right; digits may follow a word's first letter. One pass. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let end = 0;
  let last: Token | null = null;
  for (const match of text.matchAll(WORD)) {
    const index = match.index;
    const gap = text.slice(end, index);
    const span = match[0].replace(/['’]s$/u, '');
    const bare = span.replace(/['’]/gu, '');
    const capital = /^[\p{Lu}\p{Lt}]/u.test(bare);
    const token: Token = {
      span,
      index,
      folded: folded(bare),
      capital,
      acronym: bare.length > 1 && /^[\p{Lu}\p{N}]+$/u.test(bare),
      mixed: /^.+[\p{Lu}\p{Nd}]/u.test(bare) && !/^[\p{Lu}\p{N}]+$/u.test(bare),
      start: last === null || startsAfter(gap, last.span),
      follows: last !== null && /^[\p{Zs}\-‑]$/u.test(gap),
      hashtag: gap.endsWith('#'),
    };
    found.push(token);
    last = token;
    end = index + match[0].length;
  }
  markTitles(found, text);
  return found;
}

function startsAfter(gap: string, before: string): boolean {
  if (!SENTENCE_END.test(gap)) return false;
  if (!/^\.[\p{Zs}]?$/u.test(gap)) return true;
  const kind = endOf(before);
  return kind === 'end' || kind === 'maybe';
}

/** In "A Title With Capitals" and "ALL CAPITALS" a capital letter says nothing. */
function markTitles(all: readonly Token[], text: string): void {
  let line: Token[] = [];
  const close = () => {
    const long = line.filter(({ span }) => span.length > 3 && !stopWords('en').has(span.toLowerCase()));
    const capitals = long.filter(({ capital }) => capital).length;
    const allCapitals = long.length >= 3 && long.every(({ acronym }) => acronym);
    if (long.length >= 4 && capitals >= TITLE_SHARE * long.length) for (const token of line) token.start = true;
    if (allCapitals) for (const token of line) token.acronym = token.mixed = false;
    line = [];
  };
  for (const [index, token] of all.entries()) {
    const before = all[index - 1];
    if (before !== undefined && /[\n.!?]/u.test(text.slice(before.index + before.span.length, token.index))) close();
    line.push(token);
  }
  close();
}
