import { escapeHtml } from '../lib/text.ts';

/**
 * `text` with every place where one of `spans` stands as whole words put between `open` and `close`; the longest span
 * first where several begin together. Linear in the text for a given list.
 */
export function markSpans(text: string, spans: readonly string[], open: string, close: string): string {
  const any = anyOf(spans);
  return any === null ? text : text.replace(new RegExp(any, 'gu'), (span) => `${open}${span}${close}`);
}

/**
 * Safe HTML with the same places in `<mark>`, as safe as before: nothing inside a tag or a character reference changes.
 * A span that a tag cuts stays unmarked.
 */
export function markHtml(html: string, spans: readonly string[]): string {
  const any = anyOf(spans.map(escapeHtml));
  if (any === null) return html;
  return html.replace(new RegExp(`<[^>]*>|(${any})|&#?\\w+;`, 'gu'), (match, span?: string) =>
    span === undefined ? match : `<mark>${span}</mark>`,
  );
}

function anyOf(spans: readonly string[]): string | null {
  const wanted = [...new Set(spans)]
    .filter((span) => span.trim() !== '')
    .sort((left, right) => right.length - left.length);
  if (wanted.length === 0) return null;
  const any = wanted.map((span) => span.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&')).join('|');
  return `(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`;
}
