const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * `text` cut to at most `limit` as `measure` counts it (UTF-16 units by default), at a word's end where there is one,
 * never inside a grapheme, a link or a hashtag; an ellipsis marks the cut and counts too.
 */
export function truncate(
  text: string,
  limit: number,
  measure: (text: string) => number = (part) => part.length,
): string {
  if (measure(text) <= limit) return text;
  const ends: number[] = [];
  for (const { index, segment } of graphemes.segment(text)) ends.push(index + segment.length);
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${text.slice(0, ends[middle - 1])}…`) <= limit) low = middle;
    else high = middle - 1;
  }
  if (low === 0) return measure('…') <= limit ? '…' : '';
  const cut = text.slice(0, ends[low - 1]);
  const lastSpace = cut.search(/\s\S*$/u);
  const insideWord = /\S/u.test(text.charAt(cut.length));
  // Half a link or hashtag leads elsewhere: it goes whole, however much that takes.
  const word = insideWord ? (/\S*$/u.exec(cut)?.[0] ?? '') + (/^\S*/u.exec(text.slice(cut.length))?.[0] ?? '') : '';
  const atWord =
    insideWord && (lastSpace > cut.length * 0.6 || LIVE.test(word)) ? cut.slice(0, Math.max(0, lastSpace)) : cut;
  return `${atWord.replace(/[\s,;:–—-]+$/u, '')}…`;
}

/** A word that leads somewhere: a web address, with its scheme or without, a hashtag, a cashtag, a name. */
const LIVE = /:\/\/|^\W*[#＃$@＠]|[\p{L}\p{N}]\.[\p{L}]{2,}/u;

/** White space of every kind folded to single spaces, control and zero-width characters removed. */
export function plainLine(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The five characters that mean something in HTML, escaped. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => HTML_ENTITIES[character] as string);
}
const HTML_ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The words of a text with one space between them, composed (NFC): equal for texts that differ only in white space. */
export function collapse(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
