import { plainLine } from '../lib/text.ts';
import { type DomElement, type DomNode, firstImage, isElement, isText, parseDocument } from './dom.ts';

/** No article is longer; what is, is cut. */
const MAX_LENGTH = 200_000;

const BLOCKS = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const DROPPED = new Set(
  'script style noscript template iframe object embed svg canvas audio video button select textarea input head title'.split(
    ' ',
  ),
);

/** The words below `root`: paragraphs separated by an empty line, line breaks kept, no markup, no control characters. */
export function textOf(root: DomNode): string {
  const pieces: string[] = [];
  // By hand and not by recursion: foreign pages nest as deep as they like.
  let node: DomNode | null = root;
  let length = 0;
  while (node && length < MAX_LENGTH * 2) {
    let child: DomNode | null = null;
    if (isText(node)) {
      const text = (node.textContent ?? '').replace(/\s+/gu, ' ');
      pieces.push(text);
      length += text.length;
    } else if (isElement(node) && !DROPPED.has(node.localName)) {
      if (node.localName === 'br') pieces.push('\n');
      else if (BLOCKS.has(node.localName)) pieces.push('\n\n');
      child = node.firstChild;
    } else if (!isElement(node)) {
      child = node.firstChild;
    }
    if (child) {
      node = child;
      continue;
    }
    while (node && node !== root && !node.nextSibling) {
      node = node.parentNode;
      if (node && isElement(node) && BLOCKS.has(node.localName)) pieces.push('\n\n');
    }
    if (!node || node === root) break;
    node = node.nextSibling;
  }
  return plainParagraphs(pieces.join(''));
}

/** Text without markup in the same form: paragraphs at empty lines, everything else folded. */
export function plainParagraphs(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .split(/\n\s*\n\s*/u)
    .map((paragraph) => paragraph.split('\n').map(plainLine).filter(Boolean).join('\n'))
    .filter(Boolean)
    .join('\n\n')
    .slice(0, MAX_LENGTH)
    .toWellFormed();
}

/** Text that calls itself plain and yet has entities in it, as many feeds' does, with those decoded; tags stay as they are. */
export function decodeEntities(text: string): string {
  const known = new Map<string, string>();
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});/giu, (entity) => {
    const decoded =
      known.get(entity) ?? parseDocument(`<html><body>${entity}</body></html>`).body.textContent ?? entity;
    known.set(entity, decoded);
    return decoded;
  });
}

/** A piece of HTML as plain text, with its first picture. Text without a tag or entity is taken as it is. */
export function readFragment(html: string): { text: string; imageUrl: string | null } {
  if (!/<[a-z!/]|&#?\w+;/iu.test(html)) return { text: plainParagraphs(html), imageUrl: null };
  const closed = withoutUnclosed(html);
  const body: DomElement = parseDocument(`<!doctype html><html><head></head><body>${closed}</body></html>`).body;
  return { text: textOf(body), imageUrl: firstImage(body) };
}

/** An embedded thing that nobody closes would swallow the words after it. */
function withoutUnclosed(html: string): string {
  const closed = new Map<string, boolean>();
  return html.replace(/<(iframe|object|applet|embed|video|audio)\b[^>]*>/giu, (tag, name: string) => {
    const kind = name.toLowerCase();
    // Looked for once for each kind: thousands of them would otherwise be looked for through the whole text.
    if (!closed.has(kind)) closed.set(kind, new RegExp(`</${kind}\\s*>`, 'iu').test(html));
    return closed.get(kind) ? tag : '';
  });
}

/** One line of HTML or plain text, e.g. a title. */
export function readLine(line: string): string {
  // A bare `<b>` in a title is more often meant as text than as a tag; closed tags and entities are markup.
  return /<\/[a-z][\w-]*\s*>|<(?:br|img|embed|object|iframe)\b|&#?\w+;/iu.test(line)
    ? plainLine(readFragment(line).text)
    : plainLine(line);
}
