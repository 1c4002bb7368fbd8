import { originalAddress } from '../domain/story-address.ts';
import { plainLine } from '../lib/text.ts';
import { absoluteUrl } from './absolute-url.ts';
import { isSameSite } from './article-address.ts';
import { parseDate } from './dates.ts';
import type { DomDocument } from './dom.ts';
import { articleData } from './json-ld.ts';
import { primaryLanguage } from './language.ts';
import { boundedLine } from './limits.ts';

/** What a page declares about its article, in plain words; null where it says nothing. */
export interface PageFacts {
  title: string | null;
  author: string | null;
  publishedAt: Date | null;
  imageUrl: string | null;
  siteName: string | null;
  language: string | null;
  /** The page's own name for its address, when it may be believed. */
  canonicalUrl: string | null;
  /** Where its AMP page is (rel=amphtml), by the same rule. */
  ampUrl: string | null;
  /** The article's text as the page's data has it, plain or HTML. */
  body: string | null;
}

/** Reads JSON-LD, OpenGraph and other meta elements, in that order. To be called before the page is changed. */
export function pageFacts(document: DomDocument, url: string): PageFacts {
  const data = articleData(document);
  const meta = metaOf(document);
  const base = document.querySelector('base[href]')?.getAttribute('href') ?? null;
  const linked = (kind: string) => document.querySelector(`link[rel~="${kind}"][href]`)?.getAttribute('href') ?? null;
  const authors = data?.authors.length
    ? data.authors
    : AUTHOR.map((name) => meta.get(name))
        .filter((name) => name && !/^https?:/iu.test(name))
        .slice(0, 1);
  return {
    title: words(data?.headline ?? meta.get('og:title') ?? meta.get('twitter:title')),
    author: byline(authors.join(', ')),
    publishedAt: firstDate([data?.datePublished, ...DATE.map((name) => meta.get(name))]) ?? timeElement(document),
    imageUrl: absoluteUrl(IMAGE.map((name) => meta.get(name)).find(Boolean) ?? data?.image, base, url),
    siteName: words(meta.get('og:site_name') ?? data?.publisher ?? meta.get('application-name')),
    language:
      primaryLanguage(document.documentElement.getAttribute('lang')) ??
      primaryLanguage(document.documentElement.getAttribute('xml:lang')) ??
      primaryLanguage(meta.get('content-language')) ??
      primaryLanguage(meta.get('og:locale')) ??
      primaryLanguage(data?.language),
    canonicalUrl: trustedCanonical(absoluteUrl(linked('canonical'), base, url), url),
    ampUrl: trustedCanonical(absoluteUrl(linked('amphtml'), base, url), url),
    body: data?.body ?? null,
  };
}

/**
 * A link to the page's own address counts only within its site (m., amp., www. and AMP caches of it included), since one
 * page could otherwise pass for another site's article; and a deep page that names its site's front page has only been
 * set up badly.
 */
export function trustedCanonical(named: string | null, url: string): string | null {
  if (named === null) return null;
  const [other, own] = [new URL(originalAddress(named)), new URL(originalAddress(url))];
  if (other.pathname === '/' && !other.search && own.pathname !== '/') return null;
  return isSameSite(other, own) ? named : null;
}

const AUTHOR = [
  'author',
  'article:author',
  'dc.creator',
  'dcterms.creator',
  'parsely-author',
  'sailthru.author',
  'byl',
];
const IMAGE = ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'];
// biome-ignore format: a list
const DATE = [
  'article:published_time', 'og:article:published_time', 'og:published_time', 'datepublished', 'parsely-pub-date',
  'sailthru.date', 'dc.date.issued', 'dcterms.created', 'dc.date', 'dc.created', 'date', 'pubdate', 'publish-date',
  'publish_date', 'publication_date', 'publishdate', 'article.published',
];

/** "By Jane Doe" → "Jane Doe"; null when it is too long to be a name. */
export function byline(value: string | null | undefined): string | null {
  const name = words(value)?.replace(/^(?:written by|by|von|par|por|di|autors?:|автор:)\s+/iu, '');
  return name && name.length <= 150 ? name : null;
}

/** The first content of each meta element, by its lower-case name. */
function metaOf(document: DomDocument): Map<string, string> {
  const found = new Map<string, string>();
  for (const element of document.querySelectorAll('meta[content]')) {
    const content = element.getAttribute('content')?.trim();
    if (!content) continue;
    // One element may have both, or several names in one.
    for (const attribute of ['property', 'name', 'itemprop', 'http-equiv'])
      for (const name of (element.getAttribute(attribute) ?? '').toLowerCase().split(/\s+/u))
        if (name && !found.has(name)) found.set(name, content);
  }
  return found;
}

function timeElement(document: DomDocument): Date | null {
  const marked = document.querySelector(
    '[itemprop~="datePublished"], time[pubdate], article time[datetime], time.published',
  );
  return firstDate([marked?.getAttribute('datetime'), marked?.getAttribute('content'), marked?.textContent]);
}

function firstDate(values: readonly (string | null | undefined)[]): Date | null {
  for (const value of values) {
    const date = value ? parseDate(value) : null;
    if (date) return date;
  }
  return null;
}

function words(value: string | null | undefined): string | null {
  return value ? boundedLine(plainLine(value)) || null : null;
}
