import { storyAddress } from '../domain/story-address.ts';
import { plainLine } from '../lib/text.ts';
import { canonicalUrl } from '../lib/url.ts';
import type { FeedEntry } from '../ports/feeds.ts';
import { absoluteUrl } from './absolute-url.ts';
import { dayOf, isArticleAddress, isSameSite } from './article-address.ts';
import { parseDate } from './dates.ts';
import type { DomDocument, DomElement } from './dom.ts';
import { type ListedArticle, listedArticles } from './json-ld-list.ts';
import { primaryLanguage } from './language.ts';
import { boundedLine } from './limits.ts';

/** What a page without a feed lists. */
export interface LinkList {
  title: string | null;
  language: string | null;
  /** In the page's order, without text: that is on the articles' own pages. */
  entries: FeedEntry[];
}

/** A headline, not a button. Scripts without spaces need fewer letters. */
const HEADLINE_LENGTH = 20;
const DENSE_HEADLINE_LENGTH = 8;
const MOST_ENTRIES = 200;
const FRAME = new Set(['nav', 'header', 'footer', 'aside', 'form']);
const HEADING = /^h[1-6]$/u;
/** How far around a link its date may stand. */
const NEAR = 4;

/**
 * The links of a page that look like its site's articles: a headline that leads to an article's address; with what the
 * page's data says of them, and those that only the data names.
 */
export function linkList(document: DomDocument, url: string): LinkList {
  const own = new URL(url);
  const base = document.querySelector('base[href]')?.getAttribute('href');
  const language = primaryLanguage(document.documentElement.getAttribute('lang'));
  const found = new Map<string, FeedEntry>();
  const dates = new Map<DomElement, Date | 'many' | null>();
  for (const link of document.querySelectorAll('a[href]')) {
    if (found.size >= MOST_ENTRIES) break;
    const address = URL.parse(absoluteUrl(link.getAttribute('href'), base, url) ?? '');
    if (!address || !isSameSite(address, own)) continue;
    address.hash = '';
    const headline = headlineOf(link);
    if (!headline || canonicalUrl(address.href) === canonicalUrl(url)) continue;
    const around = ancestors(link);
    if (around.some(({ localName }) => FRAME.has(localName) && !around.some((one) => one.localName === 'article')))
      continue;
    const underHeading =
      HEADING.test(around[0]?.localName ?? '') || link.querySelector('h1, h2, h3, h4, h5, h6') !== null;
    if (!isArticleAddress(address) && !(underHeading && address.pathname.length > 1)) continue;
    const key = canonicalUrl(address.href);
    const known = found.get(key);
    if (known) {
      // Cards link twice: the picture's words and the headline.
      if (headline.length > known.title.length && !underHeading) continue;
      if (underHeading) known.title = headline;
      continue;
    }
    found.set(key, {
      guid: null,
      url: address.href,
      title: headline,
      text: '',
      author: null,
      publishedAt: dateNear(around, dates) ?? dayOf(address),
      imageUrl: null,
      language,
    });
  }
  const known = new Map([...found].map(([key, entry]) => [storyAddress(key), entry]));
  for (const listed of listedArticles(document, url)) {
    const entry = known.get(storyAddress(listed.url));
    if (entry) complete(entry, listed);
    else if (listed.title !== null && found.size < MOST_ENTRIES)
      found.set(listed.url, { ...BARE, ...listed, title: listed.title, publishedAt: dateOf(listed), language });
  }
  const title = boundedLine(plainLine(document.querySelector('title')?.textContent ?? '')) || null;
  return { title, language, entries: [...found.values()] };
}

const BARE = { guid: null, text: '', author: null };

/** What the page's data says is whole, where a card shortens its headline and names no date. */
function complete(entry: FeedEntry, listed: ListedArticle): void {
  const { title, author, imageUrl } = listed;
  const shortened = title !== null && /…$|\.\.\.$/u.test(entry.title);
  if (title !== null && (shortened || title.startsWith(entry.title))) entry.title = title;
  entry.publishedAt = listed.publishedAt ?? entry.publishedAt;
  entry.author = author ?? entry.author;
  entry.imageUrl = imageUrl ?? entry.imageUrl;
}

function dateOf({ publishedAt, url }: ListedArticle): Date | null {
  return publishedAt ?? dayOf(new URL(url));
}

function headlineOf(link: DomElement): string | null {
  const heading = link.querySelector('h1, h2, h3, h4, h5, h6');
  const words = plainLine((heading ?? link).textContent ?? '');
  const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(words);
  const long = words.length >= (dense ? DENSE_HEADLINE_LENGTH : HEADLINE_LENGTH) && words.length <= 300;
  return long && (dense || words.split(' ').length >= 3) ? words : null;
}

/** The time that stands with this headline and with no other. `known` spares looking through a list once for each link. */
function dateNear(around: DomElement[], known: Map<DomElement, Date | 'many' | null>): Date | null {
  for (const element of around.slice(0, NEAR)) {
    const date = known.get(element) ?? timeIn(element);
    known.set(element, date);
    if (date) return date === 'many' ? null : date;
  }
  return null;
}

function timeIn(element: DomElement): Date | 'many' | null {
  const addresses = new Set<string>();
  for (const link of element.querySelectorAll('a[href]')) {
    if (headlineOf(link) !== null) addresses.add((link.getAttribute('href') ?? '').replace(/#.*$/u, ''));
    if (addresses.size > 1) return 'many';
  }
  const times = [...element.querySelectorAll('time[datetime]')];
  return times.length > 1 ? 'many' : parseDate(times[0]?.getAttribute('datetime') ?? '');
}

/** From the nearest outwards. */
function ancestors(element: DomElement): DomElement[] {
  const found: DomElement[] = [];
  for (let node = element.parentNode; node && node.nodeType === 1; node = node.parentNode)
    found.push(node as DomElement);
  return found;
}
