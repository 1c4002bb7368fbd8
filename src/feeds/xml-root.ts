import { FetchError } from '../lib/errors.ts';

/** What a document is, by its first element: its name in lower case without prefix, `json`, or null for neither. */
export function rootOf(text: string): string | null {
  let at = 0;
  for (;;) {
    const next = /\S/u.exec(text.slice(at, at + 65_536));
    if (!next) return null;
    at += next.index;
    if (text[at] === '{') return 'json';
    if (text[at] !== '<') {
      // What comes before the markup is a server's stray output.
      at = text.indexOf('<', at);
      if (at < 0) return null;
    }
    let end: number;
    if (text.startsWith('<!--', at)) end = endOf(text, '-->', at);
    else if (text.startsWith('<?', at)) end = endOf(text, '?>', at);
    else if (text.startsWith('<!', at)) end = at + (doctypeOf(text.slice(at))?.length ?? 2);
    else {
      const name = /^<(?:[\w.-]+:)?([\w.-]+)/u.exec(text.slice(at, at + 200))?.[1];
      if (name) return name.toLowerCase();
      end = at + 1;
    }
    at = end;
  }
}

/**
 * The document without its DOCTYPE, so that no parser meets what is declared in there. Throws FetchError `unreadable`
 * when entities are declared through each other, which only bombs do.
 */
export function withoutDoctype(text: string): string {
  const at = text.slice(0, 4096).search(/<!doctype/iu);
  const doctype = at < 0 ? null : doctypeOf(text.slice(at));
  if (doctype === null) return text;
  if (NESTED_ENTITY.test(doctype))
    throw new FetchError('unreadable', 'The feed defines entities that unfold into each other, as an attack does.', {
      cure: 'Check who publishes this feed.',
    });
  return text.slice(0, at) + text.slice(at + doctype.length);
}

function doctypeOf(text: string): string | null {
  return /^<!doctype[^[>]*(?:\[(?:[^\]"']|"[^"]*"|'[^']*')*\]\s*)?>/iu.exec(text)?.[0] ?? null;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** An entity whose value names another one, XML's own five aside. */
const NESTED_ENTITY =
  /<!entity\s+[^%\s][^>"']*(?:"[^"]*&(?!amp;|lt;|gt;|quot;|apos;)\w[^"]*"|'[^']*&(?!amp;|lt;|gt;|quot;|apos;)\w[^']*')/iu;
