import type { Article } from '../domain/article.ts';
import { canonicalUrl } from '../lib/url.ts';
import { type Amounts, readAmounts } from './claims/amounts.ts';
import { type Calendar, readCalendar } from './claims/calendar.ts';
import { type Names, readNames } from './claims/names.ts';
import { stripHidden } from './hidden.ts';
import { wordsOf } from './quotations.ts';
import { blank, links, mentions, phones } from './spans.ts';

/** The parts of an article that a text can be checked against. */
export type GroundingArticle = Pick<Article, 'title' | 'text' | 'url' | 'canonicalUrl' | 'author' | 'siteName'> &
  Partial<Pick<Article, 'publishedAt'>>;

/** What an article says, ready to be looked up. */
export interface Source {
  /** Its words as `wordsOf` writes them. */
  words: string;
  amounts: Amounts;
  calendar: Calendar;
  names: Names;
  /** Its addresses as `addressKey` writes them. */
  addresses: ReadonlySet<string>;
  /** In small letters, with @. */
  mentions: ReadonlySet<string>;
  /** Its phone numbers and long numbers, digits only, by their last seven. */
  phones: ReadonlyMap<string, string[]>;
}

/** Reads an article for grounding; linear in its length. */
export function readSource(article: GroundingArticle): Source {
  const parts = [article.title, article.text, article.author ?? '', article.siteName ?? ''];
  const text = stripHidden(parts.join('\n')).text;
  const addresses = links(text);
  // A text's numbers are read without its mentions and phone numbers, which may take a neighbour's digits with them.
  const plain = blank(text, addresses);
  const bare = blank(plain, [...mentions(plain), ...phones(plain)]);
  const publishedAt = article.publishedAt ?? null;
  // A number or name that stands only in one of the article's addresses is still the article's.
  const inAddresses = addresses.map(({ span }) => span.replace(/[^\p{L}\p{N}.]+/gu, ' ')).join('\n');
  const year = publishedAt === null ? [] : [`\n${publishedAt.getUTCFullYear()}`];
  return {
    words: wordsOf(text),
    amounts: readAmounts([plain, bare, inAddresses, ...year]),
    calendar: readCalendar([plain, bare], publishedAt),
    names: readNames(`${text}\n${inAddresses.replaceAll('.', ' ')}`),
    addresses: new Set([
      ...addresses.map(({ span }) => addressKey(span)),
      ...[article.url, article.canonicalUrl].flatMap((url) => [addressKey(url), addressKey(hostOf(url))]),
    ]),
    mentions: new Set(mentions(text).map(({ span }) => mentionKey(span))),
    phones: Map.groupBy(
      [...phones(plain).map(({ span }) => phoneKey(span)), ...(text.match(/\d{7,}/gu) ?? [])],
      lastSeven,
    ),
  };
}

/** One spelling of an address, with or without its scheme. */
export function addressKey(address: string): string {
  const withScheme = /^(?:[a-z][a-z0-9+.-]*:\/\/|mailto:)/iu.test(address) ? address : `https://${address}`;
  return canonicalUrl(withScheme.replace(/^mailto:/iu, 'https://')).toLowerCase();
}

/** One spelling of a mention. */
export function mentionKey(mention: string): string {
  return mention.replace('＠', '@').toLowerCase();
}

/** The digits of a phone number, without the 00 that stands for +. */
export function phoneKey(phone: string): string {
  return phone.replace(/\D/gu, '').replace(/^00/u, '');
}

/** What is the same with and without the country's code. */
export function lastSeven(digits: string): string {
  return digits.slice(-7);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}
