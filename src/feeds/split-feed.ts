/** A document taken apart into its entries, as they stand in it. */
export interface SplitFeed {
  entries: string[];
  /** The document with only those of its entries, in their order. */
  only(places: readonly number[]): string;
}

const ENTRY_NAMES: Record<string, string> = { __proto__: null as never, rss: 'item', rdf: 'item', feed: 'entry' };

/**
 * Finds the entries of a feed without parsing it, so that only new ones need be parsed. `root` as rootOf names it. Null
 * where that can't be done safely: other formats, prefixed or nested or cut-off entries.
 */
export function splitFeed(text: string, root: string): SplitFeed | null {
  if (root === 'json') return splitJson(text);
  const name = ENTRY_NAMES[root];
  const spans = name === undefined ? null : spansOf(text, name);
  if (spans === null || spans.length === 0) return null;
  return {
    entries: spans.map(({ from, to }) => text.slice(from, to)),
    only(places) {
      const wanted = new Set(places);
      let kept = '';
      let done = 0;
      for (const [place, { from, to }] of spans.entries()) {
        if (wanted.has(place)) continue;
        kept += text.slice(done, from);
        done = to;
      }
      return kept + text.slice(done);
    },
  };
}

interface Span {
  from: number;
  to: number;
}

function spansOf(text: string, name: string): Span[] | null {
  const marks = new RegExp(`<!\\[CDATA\\[|<!--|<${name}(?=[\\s>/])|</${name}\\s*>`, 'gu');
  const spans: Span[] = [];
  let from = -1;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '<!--' || mark[0] === '<![CDATA[') {
      const end = text.indexOf(mark[0] === '<!--' ? '-->' : ']]>', marks.lastIndex);
      if (end < 0) return null;
      marks.lastIndex = end + 3;
    } else if (mark[0].startsWith('</')) {
      if (from < 0) return null;
      spans.push({ from, to: marks.lastIndex });
      from = -1;
    } else {
      if (from >= 0 || text[text.indexOf('>', mark.index) - 1] === '/') return null;
      from = mark.index;
    }
  }
  return from < 0 ? spans : null;
}

function splitJson(text: string): SplitFeed | null {
  let document: { items?: unknown };
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const { items } = document;
  if (!Array.isArray(items) || items.length === 0) return null;
  return {
    entries: items.map((item) => JSON.stringify(item)),
    only: (places) => JSON.stringify({ ...document, items: places.map((place) => items[place]) }),
  };
}
