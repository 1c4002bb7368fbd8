/** No server takes a longer address. */
const MOST_LENGTH = 8_000;

/** `href` as an absolute http(s) address, resolved against `bases` from the innermost to the outermost; null otherwise, and when it is longer than any. */
export function absoluteUrl(href: string | null | undefined, ...bases: (string | null | undefined)[]): string | null {
  const trimmed = href?.trim();
  if (!trimmed || trimmed.length > MOST_LENGTH) return null;
  let base: string | undefined;
  for (const outer of bases.toReversed()) {
    const next = outer ? URL.parse(outer, base) : null;
    if (next) base = next.href;
  }
  const url = URL.parse(trimmed, base);
  return url && /^https?:$/u.test(url.protocol) && url.href.length <= MOST_LENGTH ? url.href : null;
}
