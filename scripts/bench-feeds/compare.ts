import { parseHTML } from 'linkedom';
import type { FeedEntry, PollAnswer } from '../../src/ports/feeds.ts';
import type { Expectation } from './expectations.ts';

type Changed = Extract<PollAnswer, { kind: 'changed' }>;

/** What came out where `expectation` looks; undefined when the entry isn't there at all. */
export function actualOf({ field, entry }: Expectation, answer: Changed): string | null | undefined {
  if (field === 'feed title') return answer.feed.title;
  if (field === 'feed link') return answer.feed.siteUrl;
  const found = answer.entries[entry ?? 0];
  return found && fieldOf(field, found);
}

function fieldOf(field: Expectation['field'], entry: FeedEntry): string | null {
  switch (field) {
    case 'id':
      return entry.guid;
    case 'link':
      return entry.url;
    case 'date':
      return entry.publishedAt?.toISOString() ?? null;
    case 'author':
      return entry.author;
    case 'content':
      return entry.text;
    default:
      return entry.title;
  }
}

/** Whether it is what the corpus says, in the product's form: plain words for markup, absolute links, names for authors. */
export function meets({ field, value }: Expectation, actual: string | null | undefined): boolean {
  if (actual === undefined || actual === null) return false;
  switch (field) {
    case 'id':
      return actual === value.trim();
    case 'date':
      return Math.abs(Date.parse(actual) - Date.parse(value)) < 1000;
    case 'author':
      return squash(actual) === squash(nameOf(value)) || squash(actual) === squash(value);
    case 'link':
    case 'feed link':
      return sameAddress(value.trim(), actual);
    default:
      return squash(actual) === squash(words(value)) || squash(actual) === squash(value);
  }
}

/** Relative links are expected as written, the product's are absolute. */
function sameAddress(expected: string, actual: string): boolean {
  if (URL.canParse(expected)) return new URL(expected).href === actual;
  return URL.parse(expected, actual)?.href === actual || actual.endsWith(`/${expected}`);
}

/** `a@example.org (Ann)` and `Ann <a@example.org>` → `Ann`. */
export function nameOf(author: string): string {
  return author
    .split(', ')
    .map((one) => /^\S+@\S+\s*\((.+)\)$/u.exec(one)?.[1] ?? /^(.+?)\s*[(<]\S+@\S+[)>]$/u.exec(one)?.[1] ?? one)
    .join(', ');
}

/** Markup as the words a reader sees; by the DOM's own textContent, not by the product's rules. */
export function words(markup: string): string {
  const { document } = parseHTML(`<!doctype html><html><head></head><body>${markup}</body></html>`);
  for (const hidden of document.querySelectorAll('script, style')) hidden.remove();
  return document.body.textContent ?? '';
}

/** Letters without the space between them: line breaks are the product's own affair. */
function squash(text: string): string {
  return text.normalize('NFC').replace(/[\s\p{Cc}\u200b\u2060\ufeff]+/gu, '');
}
