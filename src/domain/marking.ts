/**
 * `text` with every place where one of `spans` stands as whole words put between `open` and `close`; the longest span
 * first where several begin together. Linear in the text for a given list.
 */
export function markSpans(text: string, spans: readonly string[], open: string, close: string): string {
  const wanted = [...new Set(spans)]
    .filter((span) => span.trim() !== '')
    .sort((left, right) => right.length - left.length);
  if (wanted.length === 0) return text;
  const any = wanted.map((span) => span.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&')).join('|');
  return text.replace(
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'gu'),
    (match) => `${open}${match}${close}`,
  );
}
