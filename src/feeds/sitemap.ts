import { plainLine } from '../lib/text.ts';
import type { FeedEntry } from '../ports/feeds.ts';
import { absoluteUrl } from './absolute-url.ts';
import { dayOf, isArticleAddress } from './article-address.ts';
import { parseDate } from './dates.ts';
import { primaryLanguage } from './language.ts';
import { decodeEntities } from './plain-text.ts';

/** A sitemap lists everything a site ever had; these are its latest. */
const MOST_ENTRIES = 200;

/**
 * The articles that a sitemap lists, latest first. A news sitemap says title, date and language; of a plain one only
 * what looks like an article's address is taken, and its date is left to the page (lastmod is any change).
 */
export function sitemapEntries(xml: string, url: string): FeedEntry[] {
  const found: { entry: FeedEntry; at: number }[] = [];
  for (const block of blocks(xml, 'url')) {
    const address = URL.parse(absoluteUrl(value(block, 'loc'), url) ?? '');
    const headline = value(block, 'title');
    if (!address || !(headline || isArticleAddress(address))) continue;
    const published = parseDate(value(block, 'publication_date') ?? '');
    const changed = parseDate(value(block, 'lastmod') ?? '');
    found.push({
      at: (published ?? changed ?? dayOf(address))?.getTime() ?? 0,
      entry: {
        guid: null,
        url: address.href,
        title: headline ?? titleOf(address),
        text: '',
        author: null,
        publishedAt: published ?? dayOf(address),
        imageUrl: null,
        language: primaryLanguage(value(block, 'language')),
      },
    });
  }
  return found
    .sort((left, right) => right.at - left.at)
    .slice(0, MOST_ENTRIES)
    .map(({ entry }) => entry);
}

/** The sitemaps that an index names: those of news first, then the latest changed. */
export function sitemapIndex(xml: string, url: string): string[] {
  return blocks(xml, 'sitemap')
    .map((block) => ({
      url: absoluteUrl(value(block, 'loc'), url),
      at: parseDate(value(block, 'lastmod') ?? '')?.getTime() ?? 0,
    }))
    .filter((one): one is { url: string; at: number } => one.url !== null)
    .sort((left, right) => Number(/news/iu.test(right.url)) - Number(/news/iu.test(left.url)) || right.at - left.at)
    .map((one) => one.url);
}

/** By hand, since a list of 50,000 needn't be built as a tree for the few words that are wanted. */
function blocks(xml: string, name: string): string[] {
  return xml.split(new RegExp(`<(?:\\w+:)?${name}\\s*>`, 'u')).slice(1);
}

function value(block: string, name: string): string | null {
  const raw = new RegExp(`<(?:\\w+:)?${name}\\s*>([^<]*(?:<!\\[CDATA\\[[^\\]]*\\]\\]>)?[^<]*)</`, 'u').exec(block)?.[1];
  const text = raw?.replace(/<!\[CDATA\[|\]\]>/gu, '').trim();
  return text ? plainLine(decodeEntities(text)) || null : null;
}

/** `/news/the-river-rose.html` → `the river rose`; the page's own title takes its place when it is read. */
function titleOf(address: URL): string {
  const last = address.pathname.split('/').filter(Boolean).at(-1) ?? '';
  let words = last;
  try {
    words = decodeURIComponent(last);
  } catch {
    // Percent signs of its own.
  }
  return plainLine(words.replace(/\.\w{2,5}$/u, '').replace(/[-_+]+/gu, ' ')) || address.href;
}
