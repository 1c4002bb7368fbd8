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

const WORD = /(?<![\p{L}\p{M}\p{N}])\p{L}[\p{L}\p{M}\p{N}]*(?:['’]\p{L}[\p{L}\p{M}]*)?/gu;
const TAG_PART = /\p{Lu}+(?!\p{Ll})|\p{L}[^\p{Lu}]*/gu;
const SHORT_QUOTED = /^\p{Lu}[^\s"“”„«»]*(?:\p{Zs}[^\s"“”„«»]+){0,2}["“”»]/u;
const SENTENCE_END = /[.!?…:•·|\n\r\u2028\u2029"“”„«»‘‹›\p{Extended_Pictographic}\ufffc]/u;
/** In a title every word that says something has a capital letter, but for a slip. */
const TITLE_SHARE = 0.8;

/** The words of `text`, left to right; digits may follow a word's first letter. One pass. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let end = 0;
  let last: Token | null = null;
  for (const { span: word, index, tag } of wordsIn(text)) {
    const gap = text.slice(end, index);
    const span = word.replace(/['’]s$/u, '');
    const bare = span.replace(/['’]/gu, '');
    const capital = /^[\p{Lu}\p{Lt}]/u.test(bare);
    const token: Token = {
      span,
      index,
      folded: folded(bare),
      capital,
      acronym: bare.length > 1 && /^[\p{Lu}\p{N}]+$/u.test(bare),
      mixed: /^.+[\p{Lu}\p{Nd}]/u.test(bare) && !/^[\p{Lu}\p{N}]+$/u.test(bare),
      start: last === null || (startsAfter(gap, last.span) && !opensName(gap, text, index)),
      follows: last !== null && (/^[\p{Zs}\-‑]$/u.test(gap) || (tag && gap === '')),
      hashtag: tag,
    };
    found.push(token);
    last = token;
    end = index + word.length;
  }
  markTitles(found, text);
  return found;
}

/** The words of a text, hashtags in their parts: #RyeAndCo is Rye, And, Co. */
function* wordsIn(text: string): Generator<Span & { tag: boolean }> {
  for (const { 0: span, index } of text.matchAll(WORD)) {
    const tag = text.charAt(index - 1) === '#';
    if (!tag) yield { span, index, tag };
    else for (const part of span.matchAll(TAG_PART)) yield { span: part[0], index: index + part.index, tag };
  }
}

/** Whether a short name in quotation marks begins at `index`, inside a sentence: the company „Latvenergo”. */
function opensName(gap: string, text: string, index: number): boolean {
  return /^\p{Zs}["“„«]$/u.test(gap) && SHORT_QUOTED.test(text.slice(index, index + 64));
}

function startsAfter(gap: string, before: string): boolean {
  if (!SENTENCE_END.test(gap)) return false;
  if (!/^\.[\p{Zs}]?$/u.test(gap)) return true;
  const kind = endOf(before);
  return kind === 'end' || kind === 'maybe';
}

/** In "A Title With Capitals", which has no full stop, and in "ALL CAPITALS" a capital letter says nothing. */
function markTitles(all: readonly Token[], text: string): void {
  let line: Token[] = [];
  const close = (stopped: boolean) => {
    const long = line.filter(({ span }) => span.length > 3 && !stopWords('en').has(span.toLowerCase()));
    const capitals = long.filter(({ capital }) => capital).length;
    const allCapitals = long.length >= 2 && line.every(({ acronym, span }) => acronym || span.length === 1);
    if (!stopped && long.length >= 4 && capitals >= TITLE_SHARE * long.length)
      for (const token of line) token.start = true;
    if (allCapitals) for (const token of line) Object.assign(token, { acronym: false, mixed: false, start: true });
    line = [];
  };
  let end = 0;
  for (const token of all) {
    const gap = text.slice(end, token.index);
    if (line.length > 0 && /[\n.!?]/u.test(gap)) close(gap.startsWith('.'));
    line.push(token);
    end = token.index + token.span.length;
  }
  close(text.charAt(end) === '.');
}
