import { generateOpml, type Opml, parseOpml } from 'feedsmith';
import { FetchError } from '../lib/errors.ts';
import { plainLine } from '../lib/text.ts';
import type { Outline, Outlines } from '../ports/outlines.ts';
import { decodeText } from './charset.ts';
import type { RawDocument } from './parse-feed.ts';
import { rootOf, withoutDoctype } from './xml-root.ts';

const CURE = 'Export the list as OPML in the program that made it, and give that file.';

/** Reads an OPML list. Throws FetchError `unreadable`. Foreign XML: worker only. */
export function parseOutlines({ body, contentType }: RawDocument): Outline[] {
  const text = decodeText(body, contentType).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '');
  const root = rootOf(text);
  if (root !== 'opml')
    throw new FetchError('unreadable', `This is not an OPML list${root ? ` but <${root.slice(0, 40)}>` : ''}.`, {
      cure: CURE,
    });
  let document: Opml.Document<string>;
  try {
    document = parseOpml<string>(withoutDoctype(text));
  } catch (cause) {
    if (cause instanceof FetchError) throw cause;
    // A list without a single outline is as good as broken to the library; to a person it is empty.
    if (!/<outline[\s/>]/iu.test(text)) return [];
    throw new FetchError('unreadable', "This looks like an OPML list, but its XML is broken and can't be parsed.", {
      cure: CURE,
      cause,
    });
  }
  return flat(document.body?.outlines ?? []);
}

type Item = Opml.Outline<string>;

/** Every feed with the folders above it. What is neither a feed nor a folder is kept: it is to be answered too. */
function flat(items: readonly Item[]): Outline[] {
  const found: Outline[] = [];
  const open: { item: Item; tags: readonly string[] }[] = [];
  const enter = (below: readonly Item[], tags: readonly string[]) => {
    for (const item of [...below].reverse()) open.push({ item, tags });
  };
  enter(items, []);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { item, tags } = next;
    if (item.isComment) continue;
    const title = plainLine(item.title ?? item.text ?? '') || null;
    const below = item.outlines ?? [];
    const url = item.xmlUrl?.trim() || (/^(?:rss|atom)$/iu.test(item.type ?? '') && item.url?.trim()) || null;
    if (url !== null || below.length === 0) found.push({ url, title, tags });
    enter(below, url === null && title !== null ? [...tags, title] : tags);
  }
  return found;
}

/** OPML 2.0 in UTF-8. */
export const writeOutlines: Outlines['write'] = (outlines, { title, createdAt }) => {
  const folders = new Map<string, Item[]>();
  const loose: Item[] = [];
  for (const { url, title: name, tags } of outlines) {
    if (url === null) continue;
    const text = plainLine(name ?? '') || url;
    const item: Item = { text, title: text, type: 'rss', xmlUrl: url };
    if (tags.length === 0) loose.push(item);
    for (const tag of tags) folders.set(tag, [...(folders.get(tag) ?? []), item]);
  }
  const sorted = [...folders].sort(([left], [right]) => left.localeCompare(right));
  return generateOpml({
    head: { title, dateCreated: createdAt },
    body: {
      // A list without outlines is not valid OPML; this one says why it is empty.
      outlines:
        outlines.length === 0
          ? [{ text: 'There are no sources yet.', isComment: true }]
          : [...sorted.map(([tag, items]) => ({ text: tag, title: tag, outlines: items })), ...loose],
    },
  });
};
