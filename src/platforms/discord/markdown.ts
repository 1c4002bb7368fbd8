import { MENTION_BREAK } from './escape.ts';

/** One line of a message as Discord reads it. */
export interface Line {
  kind: 'text' | 'subtext' | 'heading' | 'quote' | 'item';
  parts: Inline[];
}

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; parts: Inline[] }
  | { kind: Emphasis; parts: Inline[] };

type Emphasis = 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler';

const LINE_STARTS: [Line['kind'], RegExp][] = [
  ['subtext', /^-# +(?=\S)/u],
  ['heading', /^#{1,3} +(?=\S)/u],
  ['quote', /^>(?:>>)? /u],
  ['item', /^\s*[-*+] +(?=\S)/u],
];

/** What stands between two marks: anything, where a backslash takes the next letter with it. */
const INSIDE = String.raw`((?:\\[\s\S]|[^\\])+?)`;
const EMPHASES: [Emphasis, RegExp][] = [
  ['bold', new RegExp(String.raw`\*\*${INSIDE}\*\*(?!\*)`, 'uy')],
  ['underline', new RegExp(`__${INSIDE}__(?!_)`, 'uy')],
  ['strike', new RegExp(`~~${INSIDE}~~`, 'uy')],
  ['spoiler', new RegExp(String.raw`\|\|${INSIDE}\|\|`, 'uy')],
  ['italic', new RegExp(String.raw`\*(?=\S)${INSIDE}\*(?!\*)`, 'uy')],
  ['italic', new RegExp(String.raw`_${INSIDE}_(?![\p{L}\p{N}_])`, 'uy')],
];
const CODE = /(`+)([^`][\s\S]*?)\1(?!`)/uy;
const MASKED_LINK = /\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s<>)]+)>?\)/uy;
const ANGLE_LINK = /<(https?:\/\/[^\s<>]+)>/uy;
const BARE_LINK = /https?:\/\/[^\s<]*[^\s<.,:;"'\])]/uy;
const ESCAPE = /\\([^\p{L}\p{N}\s])/uy;
/** Letters without a meaning; after `@` the break that escaping puts there. */
const PLAIN = /[^\\*_~|`[<h@]+|@\u200b?/uy;

/** Deeper nesting is shown as it is written. */
const MOST_NESTED = 8;

/** Discord's markdown as far as posts use it: emphasis, code, links, headings, subtext, quotes, lists. Never throws. */
export function parseMarkdown(text: string): Line[] {
  return text.split('\n').map((line) => {
    for (const [kind, start] of LINE_STARTS) {
      const match = start.exec(line);
      if (match) return { kind, parts: parseInline(line.slice(match[0].length), 0) };
    }
    return { kind: 'text', parts: parseInline(line, 0) };
  });
}

function parseInline(text: string, depth: number): Inline[] {
  const parts: Inline[] = [];
  const addText = (more: string): void => {
    const last = parts.at(-1);
    if (last?.kind === 'text') last.text += more;
    else parts.push({ kind: 'text', text: more });
  };
  let at = 0;
  while (at < text.length) {
    const taken = depth < MOST_NESTED ? takeMarkup(text, at, depth) : null;
    if (taken !== null) {
      parts.push(taken.part);
      at = taken.end;
      continue;
    }
    const escaped = matchAt(ESCAPE, text, at);
    const plain = escaped === null ? matchAt(PLAIN, text, at) : null;
    const raw = escaped?.[0] ?? plain?.[0] ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
    addText(escaped?.[1] ?? raw.replace(MENTION_BREAK, ''));
    at += raw.length;
  }
  return parts;
}

function takeMarkup(text: string, at: number, depth: number): { part: Inline; end: number } | null {
  const inner = (source: string): Inline[] => parseInline(source, depth + 1);
  const masked = matchAt(MASKED_LINK, text, at);
  if (masked) {
    // No markup inside: a link in a link is none.
    const parts = parseInline(masked[1] as string, MOST_NESTED);
    return { part: { kind: 'link', url: masked[2] as string, parts }, end: at + masked[0].length };
  }
  const address = matchAt(ANGLE_LINK, text, at) ?? matchAt(BARE_LINK, text, at);
  if (address) {
    const url = address[1] ?? address[0];
    return { part: { kind: 'link', url, parts: [{ kind: 'text', text: url }] }, end: at + address[0].length };
  }
  const code = matchAt(CODE, text, at);
  if (code) return { part: { kind: 'code', text: (code[2] as string).trim() }, end: at + code[0].length };
  for (const [kind, pattern] of EMPHASES) {
    const match = matchAt(pattern, text, at);
    if (match) return { part: { kind, parts: inner(match[1] as string) }, end: at + match[0].length };
  }
  return null;
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
