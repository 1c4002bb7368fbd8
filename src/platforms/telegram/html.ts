import { byteOffset, isSpace, Refused, readCharacterReference, readStartTag, TAGS, type Tag } from './html-tag.ts';

/** A stretch of formatted text; offset and length in UTF-16 units, as Telegram counts. */
export interface Entity {
  type: EntityType;
  offset: number;
  length: number;
  /** The address of a link, the language of code, the id of an emoji. */
  argument?: string;
}

/** What a stretch of text is. */
export type EntityType = (typeof TAGS)[Tag] | 'pre-code' | 'expandable-blockquote';

/** What the server makes of a text, or the words in which it refuses it. */
export type Parsed = { ok: true; text: string; entities: Entity[] } | { ok: false; error: string };

/** Which of two entities over the same text is the outer one: the order of Telegram's own library. */
const RANK: Record<EntityType, number> = {
  blockquote: 0,
  'expandable-blockquote': 0,
  'pre-code': 10,
  pre: 11,
  code: 20,
  link: 49,
  time: 50,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  'custom-emoji': 99,
};

interface Open {
  tag: Tag;
  argument: string;
  start: number;
}

/** Reads a text as Telegram's server reads parse_mode HTML (tdlib, MessageEntity.cpp: same results, same errors). Pure. */
export function parseHtml(source: string): Parsed {
  if (!source.isWellFormed()) return { ok: false, error: 'Strings must be encoded in UTF-8' };
  const entities: Entity[] = [];
  const open: Open[] = [];
  let text = '';
  let at = 0;
  try {
    while (at < source.length) {
      const character = source.charAt(at);
      const entity = character === '&' ? readCharacterReference(source, at) : null;
      if (entity) {
        text += entity.text;
        at = entity.end;
      } else if (character !== '<') {
        text += character;
        at += 1;
      } else if (source.charAt(at + 1) === '/') {
        at = readEndTag(source, at, open, text, entities);
      } else {
        const tag = readStartTag(source, at);
        open.push({ tag: tag.name, argument: tag.argument, start: text.length });
        at = tag.end;
      }
    }
    const last = open.at(-1);
    if (last) throw new Refused(`Can't find end tag corresponding to start tag "${last.tag}"`);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.message };
    throw error;
  }
  if (!text.isWellFormed())
    return {
      ok: false,
      error:
        'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    };
  for (const entity of entities) if (entity.type === 'code') delete entity.argument;
  entities.sort(
    (left, right) => left.offset - right.offset || right.length - left.length || RANK[left.type] - RANK[right.type],
  );
  return { ok: true, text, entities };
}

function readEndTag(source: string, begin: number, open: Open[], text: string, entities: Entity[]): number {
  const last = open.pop();
  if (!last) throw new Refused(`Unexpected end tag at byte offset ${byteOffset(source, begin)}`);
  let at = begin + 2;
  while (at < source.length && !isSpace(source, at) && source.charAt(at) !== '>') at += 1;
  const name = source.slice(begin + 2, at);
  while (at < source.length && isSpace(source, at)) at += 1;
  const offset = byteOffset(source, begin);
  if (source.charAt(at) !== '>') throw new Refused(`Unclosed end tag at byte offset ${offset}`);
  if (name !== '' && name !== last.tag)
    throw new Refused(`Unmatched end tag at byte offset ${offset}, expected "</${last.tag}>", found "</${name}>"`);
  if (text.length > last.start) addEntity(last, text, entities);
  return at + 1;
}

function addEntity({ tag, argument, start }: Open, text: string, entities: Entity[]): void {
  const place = { offset: start, length: text.length - start };
  const inner = entities.at(-1);
  const around = inner && inner.offset === place.offset && inner.length === place.length ? inner : null;
  if (tag === 'a') {
    const url = checkedLink(argument || text.slice(start));
    if (url) entities.push({ type: 'link', ...place, argument: url });
  } else if (tag === 'pre' && around?.type === 'code' && around.argument) {
    around.type = 'pre-code';
  } else if (tag === 'code' && around?.type === 'pre' && argument) {
    around.type = 'pre-code';
    around.argument = argument;
  } else if (tag === 'blockquote' && argument) {
    entities.push({ type: 'expandable-blockquote', ...place });
  } else {
    const keeps = argument && (tag === 'code' || tag === 'tg-emoji');
    entities.push({ type: TAGS[tag], ...place, ...(keeps ? { argument } : {}) });
  }
}

/** The address as the server keeps it, or null where it makes no link of it. */
function checkedLink(address: string): string | null {
  if (/\s/u.test(address)) return null;
  if (/^(?:tg|ton|tonsite):/iu.test(address)) return address;
  const absolute = /^[a-z][a-z\d+.-]*:\/\//iu.test(address) ? address : `http://${address}`;
  if (!/^https?:/iu.test(absolute) || !URL.canParse(absolute)) return null;
  const { hostname } = new URL(absolute);
  if (!hostname.includes('.') && !hostname.startsWith('[')) return null;
  return absolute.replace(/^(https?:\/\/[^/?#]+)(?=[?#]|$)/iu, '$1/');
}
