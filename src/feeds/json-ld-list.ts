import { absoluteUrl } from './absolute-url.ts';
import { isArticleAddress, isSameSite } from './article-address.ts';
import { parseDate } from './dates.ts';
import type { DomDocument } from './dom.ts';
import { ARTICLE, type Data, firstAddress, isOfType, jsonLdBlocks, names, words } from './json-ld.ts';
import { byline } from './page-facts.ts';
import { readLine } from './plain-text.ts';

/** One article as the schema.org data of a list page names it. */
export interface ListedArticle {
  url: string;
  title: string | null;
  publishedAt: Date | null;
  author: string | null;
  imageUrl: string | null;
}

/** Lists of where the reader is and where the site's sections are. */
const NO_LIST = /^(?:BreadcrumbList|SiteNavigationElement|HowTo|Recipe|Product|Offer\w*|FAQPage)$/u;
/** Where data keeps what it lists. */
const HOLDERS = [
  '@graph',
  'itemListElement',
  'mainEntity',
  'hasPart',
  'blogPost',
  'blogPosts',
  'item',
  'dataFeedElement',
];
const MAX_DEPTH = 8;
const MOST_ARTICLES = 200;
/** Data of a page that lists more than this is not read to its end. */
const MOST_THINGS = 5_000;

/**
 * The site's articles that a page's JSON-LD lists (ItemList, CollectionPage, Blog, article by article), in its order.
 * What is only an address counts when it looks like an article's.
 */
export function listedArticles(document: DomDocument, url: string): ListedArticle[] {
  const own = new URL(url);
  const found = new Map<string, ListedArticle>();
  let looked = 0;
  for (const block of jsonLdBlocks(document))
    for (const thing of listedThings(block, 0)) {
      looked += 1;
      if (looked > MOST_THINGS || found.size >= MOST_ARTICLES) return [...found.values()];
      const address = addressOf(thing, own);
      if (address === null || found.has(address)) continue;
      found.set(address, {
        url: address,
        title: readLine(words(thing.headline) ?? words(thing.name) ?? '') || null,
        publishedAt: parseDate(words(thing.datePublished) ?? ''),
        author: byline(names(thing.author).join(', ')),
        imageUrl: absoluteUrl(firstAddress(thing.image) ?? firstAddress(thing.thumbnailUrl), url),
      });
    }
  return [...found.values()];
}

/** Articles, and items of lists that are only an address or a name with one; a bare address becomes one. */
function* listedThings(value: unknown, depth: number): Generator<Data> {
  if (depth > MAX_DEPTH) return;
  if (typeof value === 'string') yield { url: value };
  else if (Array.isArray(value)) for (const part of value) yield* listedThings(part, depth + 1);
  else if (typeof value === 'object' && value !== null) {
    const data = value as Data;
    if (isOfType(data, NO_LIST)) return;
    const isItem = isOfType(data, /^(?:ListItem|DataFeedItem)$/u);
    if (isOfType(data, ARTICLE) || (isItem && data.item === undefined)) return yield data;
    for (const holder of HOLDERS) {
      const held = data[holder];
      // Elsewhere than in a list's item a text is not the address of an article.
      if (isItem || (typeof held === 'object' && held !== null)) yield* listedThings(held, depth + 1);
    }
  }
}

/** Where the article is, on the same site as `own`; null when nothing there names it. */
function addressOf(thing: Data, own: URL): string | null {
  const page = thing.mainEntityOfPage;
  const pageId = typeof page === 'object' && page !== null ? (page as Data)['@id'] : null;
  for (const named of [thing.url, thing['@id'], firstAddress(page), pageId]) {
    const url = typeof named === 'string' ? URL.parse(absoluteUrl(named, own.href) ?? '') : null;
    if (!url || !isSameSite(url, own) || url.pathname === '/') continue;
    url.hash = '';
    if (url.href !== own.href && (isOfType(thing, ARTICLE) || isArticleAddress(url))) return url.href;
  }
  return null;
}
