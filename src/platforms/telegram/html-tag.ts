/** The tags that Telegram reads, with what each makes of the text inside. */
export const TAGS = {
  a: 'link',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
  'tg-emoji': 'custom-emoji',
  'tg-time': 'time',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
} as const;

/** A tag's name. */
export type Tag = keyof typeof TAGS;

/** A text that Telegram would refuse; the message is Telegram's own. Thrown and caught in this folder's parser only. */
export class Refused extends Error {}

/** `&lt;`, `&#60;`, `&#x3c;`, with or without semicolon; null for everything else, which then stays as it is. */
export function readCharacterReference(source: string, at: number): { text: string; end: number } | null {
  const match = /&(?:#x(?<hex>[\da-fA-F]*)|#(?<decimal>\d*)|(?<name>[a-zA-Z]*))/uy;
  match.lastIndex = at;
  const found = match.exec(source);
  if (!found) return null;
  const end = at + found[0].length;
  const after = source.charAt(end) === ';' ? end + 1 : end;
  const { hex, decimal, name } = found.groups as Record<string, string | undefined>;
  if (name !== undefined) {
    const named = NAMED.get(name);
    return named ? { text: named, end: after } : null;
  }
  const code = hex !== undefined ? Number.parseInt(hex || '0', 16) : Number.parseInt(decimal || '0', 10);
  if (code === 0 || code >= 0x10ffff || found[0].length >= 10) return null;
  return { text: String.fromCodePoint(code), end: after };
}
const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

/** The start tag at `begin`: its name, the one argument that counts, and where the text goes on. Throws Refused. */
export function readStartTag(source: string, begin: number): { name: Tag; argument: string; end: number } {
  const offset = (): number => byteOffset(source, begin);
  let at = begin + 1;
  while (at < source.length && !isSpace(source, at) && source.charAt(at) !== '>') at += 1;
  if (at >= source.length) throw new Refused(`Unclosed start tag at byte offset ${offset()}`);
  const name = source.slice(begin + 1, at).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (!isTag(name)) throw new Refused(`Unsupported start tag "${name}" at byte offset ${offset()}`);

  let argument = '';
  const skipSpace = (): void => {
    while (at < source.length && isSpace(source, at)) at += 1;
  };
  const unclosed = (): Refused => new Refused(`Unclosed start tag "${name}" at byte offset ${offset()}`);
  for (;;) {
    skipSpace();
    if (source.charAt(at) === '>') break;
    const attributeBegin = at;
    while (at < source.length && !isSpace(source, at) && !'=>'.includes(source.charAt(at))) at += 1;
    const attribute = source.slice(attributeBegin, at);
    if (attribute === '')
      throw at >= source.length
        ? unclosed()
        : new Refused(`Empty attribute name in the tag "${name}" at byte offset ${offset()}`);
    skipSpace();
    if (name === 'blockquote' && attribute === 'expandable') argument = 'expandable';
    if (source.charAt(at) !== '=') {
      if (at >= source.length) throw unclosed();
      continue;
    }
    at += 1;
    skipSpace();
    if (at >= source.length) throw unclosed();
    const value = readAttributeValue(source, at);
    at = value.end;
    if (at >= source.length) throw new Refused(`Unclosed start tag at byte offset ${offset()}`);
    argument = argumentOf(name, attribute, value.text) ?? argument;
  }
  if (name === 'span' && argument !== 'spoiler')
    throw new Refused(`Tag "span" must have class "tg-spoiler" at byte offset ${offset()}`);
  return { name, argument, end: at + 1 };
}

function readAttributeValue(source: string, begin: number): { text: string; end: number } {
  const quote = source.charAt(begin);
  let at = begin;
  if (quote !== '"' && quote !== "'") {
    while (/[a-z\d.-]/iu.test(source.charAt(at))) at += 1;
    if (!isSpace(source, at) && source.charAt(at) !== '>')
      throw new Refused(`Unexpected end of name token at byte offset ${byteOffset(source, begin)}`);
    return { text: source.slice(begin, at).toLowerCase(), end: at };
  }
  let text = '';
  at += 1;
  while (at < source.length && source.charAt(at) !== quote) {
    const entity = source.charAt(at) === '&' ? readCharacterReference(source, at) : null;
    text += entity ? entity.text : source.charAt(at);
    at = entity ? entity.end : at + 1;
  }
  return { text, end: Math.min(at + 1, source.length) };
}

function argumentOf(tag: string, attribute: string, value: string): string | undefined {
  if (tag === 'a' && attribute === 'href') return value;
  if (tag === 'code' && attribute === 'class' && value.startsWith('language-')) return value.slice(9);
  if (tag === 'span' && attribute === 'class' && value.startsWith('tg-')) return value.slice(3);
  if (tag === 'tg-emoji' && attribute === 'emoji-id') return value;
  if (tag === 'tg-time' && attribute === 'format' && !/^(?:r|[tTdDwW]*)$/u.test(value))
    throw new Refused('Invalid date format used');
  return undefined;
}

function isTag(name: string): name is Tag {
  return Object.hasOwn(TAGS, name);
}

/** White space as the server sees it; the end of the text counts too. */
export function isSpace(source: string, at: number): boolean {
  return at >= source.length || ' \t\r\n\v\0'.includes(source.charAt(at));
}

/** The place as the server's messages count it. */
export function byteOffset(source: string, at: number): number {
  return Buffer.byteLength(source.slice(0, at));
}
