import type { PollWishes } from '../domain/polling.ts';

/** A feed says what it wants of pollers before its first item, within this many bytes. */
const HEAD_BYTES = 64 * 1024;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PERIOD_MS: Record<string, number> = {
  hourly: HOUR_MS,
  daily: 24 * HOUR_MS,
  weekly: 7 * 24 * HOUR_MS,
  monthly: 30 * 24 * HOUR_MS,
  yearly: 365 * 24 * HOUR_MS,
};
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * What an RSS or RDF document asks of pollers: ttl (minutes), skipHours (0–23 GMT, 24 for midnight in old feeds) and
 * skipDays (RSS 2.0), sy:updatePeriod and sy:updateFrequency (RSS 1.0 syndication module). All of it is ASCII and
 * stands in the head, so this needs no parser: one look at each tag of the first 64 KB.
 */
export function wishesOf(body: Uint8Array): PollWishes {
  const text = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, HEAD_BYTES)).toString('latin1');
  const firstItem = text.search(/<(?:\w{1,20}:)?(?:item|entry)[\s>]/u);
  const head = withoutComments(firstItem < 0 ? text : text.slice(0, firstItem));
  const ttlMs = Number(content(head, 'ttl') ?? 0) * MINUTE_MS;
  const period = PERIOD_MS[(content(head, 'updatePeriod') ?? '').toLowerCase()] ?? 0;
  const times = Math.max(1, Number(content(head, 'updateFrequency') ?? 1) || 1);
  const pauseMs = Math.max(Number.isFinite(ttlMs) ? ttlMs : 0, period / times);
  return {
    pauseMs: pauseMs > 0 ? Math.round(Math.min(pauseMs, PERIOD_MS.weekly as number)) : null,
    skipHours: numbers(list(head, 'skipHours', 'hour'), (hour) => (/^\d{1,2}$/u.test(hour) ? Number(hour) % 24 : -1)),
    skipDays: numbers(list(head, 'skipDays', 'day'), (day) => DAYS.indexOf(day.toLowerCase())),
  };
}

/** In one pass: a regular expression would take squared time on comments that don't end. */
function withoutComments(text: string): string {
  const [first = '', ...rest] = text.split('<!--');
  return first + rest.map((part) => (part.includes('-->') ? part.slice(part.indexOf('-->') + 3) : '')).join('');
}

function content(head: string, tag: string): string | undefined {
  return new RegExp(`<(?:\\w{1,20}:)?${tag}(?:\\s[^<>]{0,200})?>\\s{0,100}([\\w.]{1,20})\\s{0,100}<`, 'u').exec(
    head,
  )?.[1];
}

function list(head: string, outer: string, inner: string): string[] {
  const from = head.indexOf(`<${outer}>`);
  const to = head.indexOf(`</${outer}>`, from);
  if (from < 0 || to < 0) return [];
  const found = head.slice(from, to).matchAll(new RegExp(`<${inner}>\\s{0,100}(\\w{1,20})\\s{0,100}<`, 'gu'));
  return [...found].map((match) => match[1] as string);
}

function numbers(words: string[], meaning: (word: string) => number): number[] {
  return [...new Set(words.map(meaning))].filter((number) => number >= 0);
}
