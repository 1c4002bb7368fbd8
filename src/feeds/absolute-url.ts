/** `href` as an absolute http(s) address, resolved against `bases` from the innermost to the outermost; null otherwise. */
export function absoluteUrl(href: string | null | undefined, ...bases: (string | null | undefined)[]): string | null {
  const trimmed = href?.trim();
  if (!trimmed) return null;
  let base: string | undefined;
  for (const outer of bases.toReversed()) {
    const next = outer ? URL.parse(outer, base) : null;
    if (next) base = next.href;
  }
  const url = URL.parse(trimmed, base);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null;
}
