/**
 * How long a server calls its answer fresh, in milliseconds: Cache-Control max-age, else Expires (RFC 9111 5.2, 5.3),
 * less the Age the answer has in a cache on the way. 0 where it says nothing, or that it is stale at once.
 */
export function freshnessOf(header: (name: string) => string | null, now: Date): number {
  const directives = (header('cache-control') ?? '').toLowerCase();
  if (/(?:^|,)\s*no-(?:cache|store)\b/u.test(directives)) return 0;
  const maxAge = /(?:^|[,\s])max-age\s*=\s*"?(\d{1,10})/u.exec(directives)?.[1];
  const ageMs = seconds(header('age'));
  if (maxAge !== undefined) return Math.max(0, seconds(maxAge) - ageMs);
  const expires = Date.parse(header('expires') ?? '');
  // By the server's own clock where it tells it.
  const from = Date.parse(header('date') ?? '') || now.getTime();
  return Number.isFinite(expires) ? Math.max(0, expires - from - ageMs) : 0;
}

function seconds(text: string | null): number {
  return text !== null && /^\d{1,10}$/u.test(text.trim()) ? Number(text) * 1000 : 0;
}
