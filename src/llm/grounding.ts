import type { Grounding, GroundingFailure } from '../domain/post.ts';
import { amountFault, listMarks } from './claims/amounts.ts';
import { type DateSpan, dates, dayWords, times } from './claims/dates.ts';
import { isInvitation } from './claims/invitations.ts';
import { foreignNames, isNameOf } from './claims/names.ts';
import { type NumberSpan, numbers, valueKey } from './claims/numbers.ts';
import { stripHidden } from './hidden.ts';
import { quotations, quotedParts } from './quotations.ts';
import {
  addressKey,
  type GroundingArticle,
  lastSeven,
  mentionKey,
  phoneKey,
  readSource,
  type Source,
} from './source.ts';
import { blank, links, mentions, phones } from './spans.ts';

/** Mentions that call everybody; never allowed, not even when the article has them. */
const CALLS_ALL = new Set(['@everyone', '@here', '@channel', '@all']);

/** Each is looked for in the whole article; no post has this many, and the rest fail. */
const MOST_QUOTATIONS = 200;
/** Up to this many words are a name or a term, whose ending may change: „Latvijas Gāzei”. */
const NAME_WORDS = 3;
const LONGEST_ENDING = 3;
const SHORTEST_STEM = 3;

/**
 * What `text` (plain) claims beyond the article: numbers by value, addresses, quotations word for word, mentions,
 * phone numbers, characters that can't be seen. `allowedUrls` are the brand's own links; one that ends in a slash
 * allows everything below it. Pure, linear in both lengths.
 */
export function ground(article: GroundingArticle, text: string, allowedUrls: readonly string[]): Grounding {
  const source = readSource(article);
  const { text: visible, hidden } = stripHidden(text);
  const addresses = links(visible);
  const noAddresses = blank(visible, addresses);
  const called = mentions(noAddresses);
  const numbered = phones(noAddresses);
  const failures: GroundingFailure[] = [
    ...hiddenFailures(hidden),
    ...addresses
      .filter(({ span }) => !isAllowed(span, source, allowedUrls))
      .map(({ span }) => failure('url', span, 'this address is neither in the article nor the brand’s own')),
    ...called.flatMap(({ span }) => mentionFailure(span, source) ?? []),
    ...numbered.flatMap(({ span }) => phoneFailure(span, source) ?? []),
    ...dateAndNumberFailures(blank(noAddresses, [...called, ...numbered]), source),
    ...quotations(visible)
      .filter(({ span }, index) => index >= MOST_QUOTATIONS || !isQuoted(span, source))
      .map(({ span }) => failure('quote', span, 'these words do not stand in the article as they are quoted')),
  ];
  const quoted = failures.filter(({ kind }) => kind === 'quote').map(({ span }) => span);
  const names = foreignNames(blank(noAddresses, called), source.names, (value) =>
    source.amounts.values.has(valueKey(value)),
  );
  for (const { span } of names) {
    if (!quoted.includes(span)) failures.push(failure('name', span, 'the article does not have this name'));
  }
  return { ok: failures.length === 0, failures };
}

function dateAndNumberFailures(text: string, source: Source): GroundingFailure[] {
  const calendar = dates(text);
  const withoutDates = blank(text, calendar);
  const clock = times(withoutDates);
  const rest = blank(withoutDates, [...clock, ...listMarks(withoutDates)]);
  return [
    ...calendar
      .filter((date) => !isOfArticle(date, source))
      .map(({ span }) => failure('date', span, 'the article gives no such date')),
    ...clock
      .filter(({ minutes }) => !source.calendar.hasTime(minutes))
      .map(({ span }) => failure('date', span, 'the article gives no such time of day')),
    ...dayWords(rest)
      .filter(({ kind, value, index }) =>
        kind === 'weekday'
          ? !source.calendar.hasWeekday(value)
          : !source.calendar.hasRelative(value) && !(value === 0 && isInvitation(text, index)),
      )
      .map(({ span }) => failure('date', span, 'the article does not say that it was this day')),
    ...numbers(rest).flatMap((number) => numberFailure(number, rest, source) ?? []),
  ];
}

function isOfArticle(date: DateSpan, { calendar, amounts }: Source): boolean {
  return calendar.hasDate(date) && (date.year === null || amounts.values.has(valueKey(date.year)));
}

function numberFailure(number: NumberSpan, text: string, source: Source): GroundingFailure | null {
  switch (amountFault(number, text, source.amounts)) {
    case 'number':
      return failure(
        'number',
        number.span,
        number.unit === 'percent' ? 'the article gives no such percentage' : 'the article gives no such number',
      );
    case 'percent':
      return failure('number', number.whole, 'the article has this number, but not as such a share');
    case 'money':
      return failure('money', number.whole, 'the article gives this amount in another currency or not as money');
    case 'unit':
      return failure('number', number.whole, 'the article gives this number in another unit');
    case null:
      return null;
  }
}

/** What was taken out as invisible, as one failure; none when nothing was. */
export function hiddenFailures(hidden: readonly string[]): GroundingFailure[] {
  if (hidden.length === 0) return [];
  const shown = [...new Set(hidden)].slice(0, 8).join(' ');
  return [
    failure('hidden', shown, `${hidden.length === 1 ? 'a character' : `${hidden.length} characters`} nobody can see`),
  ];
}

/** The failure of a mention, or null when the article has it and it does not call everybody. */
export function mentionFailure(span: string, source: Source): GroundingFailure | null {
  const key = mentionKey(span);
  if (CALLS_ALL.has(key)) return failure('mention', span, 'this calls everybody');
  return source.mentions.has(key) ? null : failure('mention', span, 'the article mentions no such account');
}

/** The failure of a phone number, or null when the article has it. */
export function phoneFailure(span: string, source: Source): GroundingFailure | null {
  const digits = phoneKey(span);
  const known = source.phones.get(lastSeven(digits)) ?? [];
  return known.some((one) => one.endsWith(digits) || digits.endsWith(one))
    ? null
    : failure('phone', span, 'the article has no such phone number');
}

function isAllowed(span: string, source: Source, allowedUrls: readonly string[]): boolean {
  const key = addressKey(span);
  return (
    source.addresses.has(key) ||
    allowedUrls.some((url) => {
      const allowed = addressKey(url);
      return key === allowed || (url.endsWith('/') && key.startsWith(allowed.endsWith('/') ? allowed : `${allowed}/`));
    })
  );
}

function isQuoted(span: string, source: Source): boolean {
  if (span.split(/\s+/u).length <= NAME_WORDS && isNameOf(span, source.names)) return true;
  return quotedParts(span).every((part) => {
    if (source.words.includes(part)) return true;
    const words = part.trim().split(' ');
    return (
      words.length <= NAME_WORDS &&
      words.every((word) => {
        const stem = word.slice(0, Math.max(SHORTEST_STEM, word.length - LONGEST_ENDING));
        return word.length > SHORTEST_STEM && source.words.includes(` ${stem}`);
      })
    );
  });
}

function failure(kind: GroundingFailure['kind'], span: string, reason: string): GroundingFailure {
  return { kind, span, reason };
}
