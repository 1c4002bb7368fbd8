import { DetectError, parseAtomFeed, parseJsonFeed, parseRdfFeed, parseRssFeed } from 'feedsmith';
import type { FeedKind } from '../domain/source.ts';
import { FetchError } from '../lib/errors.ts';
import { plainLine } from '../lib/text.ts';
import type { FeedDocument, FeedEntry, PollAnswer } from '../ports/feeds.ts';
import { absoluteUrl } from './absolute-url.ts';
import { rssOfChannel } from './bare-channel.ts';
import { type CarriedEntry, markOf, packCarried, unpackCarried } from './carried.ts';
import { decodeText } from './charset.ts';
import { parseDate } from './dates.ts';
import { parseDocument } from './dom.ts';
import { finishEntry, type Surroundings } from './feed-entry.ts';
import { type HubLinks, linksOf } from './hub.ts';
import { languageTag } from './language.ts';
import { boundedLine } from './limits.ts';
import { type LinkList, linkList } from './link-list.ts';
import { readLine } from './plain-text.ts';
import { fromAtom, fromJson, fromRdf, fromRss, type RawEntry } from './raw-entry.ts';
import { sitemapEntries, sitemapIndex } from './sitemap.ts';
import { type SplitFeed, splitFeed } from './split-feed.ts';
import { tidyFeed } from './tidy-feed.ts';
import { rootOf, withoutDoctype } from './xml-root.ts';

/** A body as it came from `url`. */
export interface RawDocument {
  body: Uint8Array;
  contentType: string | null;
  url: string;
}

/** A feed, or a page: the feeds that it names, best first, and the articles that it lists when it names none. */
export type ParsedFeed =
  | {
      kind: 'feed';
      feed: Extract<PollAnswer, { kind: 'changed' }>['feed'];
      entries: FeedEntry[];
      hubs: HubLinks;
      document?: FeedDocument;
    }
  | { kind: 'page'; feedUrls: string[]; list: LinkList | null };

interface RawFeed extends Omit<Surroundings, 'url'> {
  kind: FeedKind;
  title: string | null;
  hubs: HubLinks;
  entries: RawEntry[];
}

/** What is known of the feed's last document, and whether its entries are wanted all the same. */
export interface LastDocument {
  carried: Uint8Array | null;
  whole: boolean;
}

/** Reads a feed of any format. Throws FetchError `not-a-feed` or `unreadable`. Heavy: worker only. */
export async function parseFeed(
  { body, contentType, url }: RawDocument,
  last: LastDocument = { carried: null, whole: true },
): Promise<ParsedFeed> {
  // Characters that no XML may hold; feeds do all the same.
  const text = decodeText(body, contentType).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '');
  const root = rootOf(text);
  if (root === null)
    throw new FetchError('not-a-feed', text.trim() ? 'This is not a feed.' : 'The answer is empty.', { cure: CHECK });
  const parse = READERS[root];
  if (!parse) {
    if (root === 'urlset') {
      const feed = {
        kind: 'sitemap' as const,
        title: new URL(url).host,
        language: null,
        siteUrl: new URL('/', url).href,
      };
      return { kind: 'feed', feed, entries: sitemapEntries(text, url), hubs: linksOf([]) };
    }
    if (root === 'sitemapindex') return { kind: 'page', feedUrls: sitemapIndex(text, url), list: null };
    if (PAGE_ROOTS.has(root)) {
      const feedUrls = feedLinks(text, url);
      return { kind: 'page', feedUrls, list: feedUrls.length > 0 ? null : linkList(parseDocument(text), url) };
    }
    throw new FetchError('not-a-feed', `This is not a feed but a document of the kind <${root.slice(0, 40)}>.`, {
      cure: CHECK,
    });
  }
  const read = (part: string) => readWith(parse, root === 'json' ? part : tidyFeed(withoutDoctype(part)), url);
  const split = splitFeed(text, root);
  const before = last.carried === null ? [] : unpackCarried(last.carried);
  const known = new Map(before.map((entry) => [entry.mark, entry]));
  const marks = split?.entries.map(markOf) ?? [];
  const wanted = [...marks.keys()].filter((place) => last.whole || !known.has(marks[place] as string));
  const { raw, told } = readSome(read, text, split, wanted);
  const entries: FeedEntry[] = [];
  const fresh = new Map<string, CarriedEntry>();
  for (const [index, entry] of raw.entries.entries()) {
    const finished = await finishEntry(entry, { ...raw, url });
    if (finished === null) continue;
    const mark = told ? marks[wanted[index] as number] : undefined;
    entries.push(mark === undefined ? finished : { ...finished, mark });
    if (mark !== undefined) fresh.set(mark, { mark, publishedAt: finished.publishedAt });
  }
  const { kind, title, language, siteUrl, hubs } = raw;
  const feed = { kind, title, language, siteUrl };
  if (!told) return { kind: 'feed', feed, entries, hubs };
  const carried = marks.map((mark) => fresh.get(mark) ?? known.get(mark)).filter((entry) => entry !== undefined);
  const present = new Set(marks);
  return {
    kind: 'feed',
    feed,
    entries,
    hubs,
    document: {
      carried: packCarried(carried),
      dates: carried.map((entry) => entry.publishedAt),
      gone: before.filter(({ mark }) => !present.has(mark)),
      hosts: hostsAmong(split?.entries.filter((_, place) => known.has(marks[place] as string)) ?? [], entries),
    },
  };
}

/** The hosts of `entries` that stand in `documents` too. */
function hostsAmong(documents: readonly string[], entries: readonly FeedEntry[]): string[] {
  const hosts = new Set(entries.map(({ url }) => URL.parse(url)?.host ?? ''));
  return [...hosts].filter((host) => documents.some((document) => document.includes(`//${host}/`)));
}

/**
 * The feed with only the wanted entries. `told`: they are those. Where the parser finds other entries than were cut out,
 * nothing can be told of any, and all of them come.
 */
function readSome(
  read: (text: string) => RawFeed,
  text: string,
  split: SplitFeed | null,
  wanted: readonly number[],
): { raw: RawFeed; told: boolean } {
  if (split !== null && wanted.length < split.entries.length) {
    try {
      const raw = read(split.only(wanted));
      if (raw.entries.length === wanted.length) return { raw, told: true };
    } catch {
      // Without entries nothing may be left of it.
    }
  }
  const raw = read(text);
  if (split === null || raw.entries.length !== split.entries.length) return { raw, told: false };
  return { raw: { ...raw, entries: wanted.map((place) => raw.entries[place] as RawEntry) }, told: true };
}

const CHECK = 'Check the address; feeds often end in /feed, /rss or .xml.';
const PAGE_ROOTS = new Set(['html', 'head', 'body', 'div', 'p', 'meta', 'link', 'title', 'script', 'style', 'h1']);
const FEED_TYPES = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
]);
/** A page's head is within this. */
const HEAD_LENGTH = 300_000;

function readWith(parse: (text: string, url: string) => RawFeed, text: string, url: string): RawFeed {
  try {
    return parse(text, url);
  } catch (thrown) {
    if (parse === readJson || thrown instanceof DetectError)
      throw new FetchError('not-a-feed', 'This is data of some kind, but not a feed.', { cure: CHECK });
    throw new FetchError('unreadable', "This looks like a feed, but its XML is broken and can't be parsed.", {
      cure: 'Tell the owner of the site; a feed validator shows where.',
      cause: thrown,
    });
  }
}

const dates = { parseDateFn: (value: string) => parseDate(value) ?? (undefined as unknown as Date) };

function readRss(text: string, url: string): RawFeed {
  const feed = parseRssFeed(text, dates);
  return {
    kind: 'rss',
    title: line(feed.title ?? feed.dc?.titles?.[0]),
    language: languageTag(feed.language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang),
    siteUrl: absoluteUrl(feed.link ?? feed.atom?.links?.find(isAlternate)?.href, feed.xml?.base, url),
    base: feed.xml?.base ?? null,
    author: null,
    hubs: linksOf(feed.atom?.links),
    entries: (feed.items ?? []).map(fromRss),
  };
}

function readRdf(text: string, url: string): RawFeed {
  const feed = parseRdfFeed(text, dates);
  return {
    kind: 'rdf',
    title: line(feed.title),
    language: languageTag(feed.dc?.languages?.[0] ?? feed.xml?.lang),
    siteUrl: absoluteUrl(feed.link, feed.xml?.base, url),
    base: feed.xml?.base ?? null,
    author: null,
    hubs: linksOf(feed.atom?.links),
    entries: (feed.items ?? []).map(fromRdf),
  };
}

function readAtom(text: string, url: string): RawFeed {
  const feed = parseAtomFeed(text, dates);
  const site = feed.links?.find(isAlternate);
  const names = feed.authors?.map(({ name }) => name).filter(Boolean) ?? [];
  const base = feed.xml?.base ?? null;
  return {
    kind: 'atom',
    title: line(feed.title?.value),
    language: languageTag(feed.xml?.lang ?? feed.dc?.languages?.[0]),
    siteUrl: absoluteUrl(site?.href, base, url),
    // Atom resolves against the feed's own address, never the site's.
    base: base ? absoluteUrl(base, url) : url,
    author: line(names.join(', ')),
    hubs: linksOf(feed.links),
    entries: (feed.entries ?? []).map(fromAtom),
  };
}

function readJson(text: string, url: string): RawFeed {
  const feed = parseJsonFeed(text, dates);
  return {
    kind: 'json',
    title: feed.title ? boundedLine(plainLine(feed.title)) : null,
    language: languageTag(feed.language),
    siteUrl: absoluteUrl(feed.home_page_url, url),
    base: null,
    author: line(
      feed.authors
        ?.map(({ name }) => name)
        .filter(Boolean)
        .join(', '),
    ),
    hubs: {
      hubs: feed.hubs?.flatMap(({ url: hub }) => hub ?? []) ?? [],
      self: feed.feed_url ?? null,
    },
    entries: (feed.items ?? []).map(fromJson),
  };
}

const READERS: Record<string, (text: string, url: string) => RawFeed> = {
  __proto__: null as never,
  rss: readRss,
  channel: (text, url) => readRss(rssOfChannel(text), url),
  feed: readAtom,
  rdf: readRdf,
  json: readJson,
};

function isAlternate({ rel }: { rel?: string | undefined }): boolean {
  return rel === undefined || rel === 'alternate';
}

function line(value: string | undefined): string | null {
  return value ? boundedLine(readLine(value)) || null : null;
}

/** The feeds a page offers, those of comments last. */
function feedLinks(html: string, url: string): string[] {
  const document = parseDocument(html.slice(0, HEAD_LENGTH));
  const base = document.querySelector('base[href]')?.getAttribute('href');
  const found: { href: string; comments: boolean }[] = [];
  for (const link of document.querySelectorAll('link[href]')) {
    const rels = (link.getAttribute('rel') ?? '').toLowerCase().split(/\s+/u);
    const type = (link.getAttribute('type') ?? '').toLowerCase().split(';')[0]?.trim() ?? '';
    if (!(rels.includes('alternate') || rels.includes('feed')) || !FEED_TYPES.has(type)) continue;
    const href = absoluteUrl(link.getAttribute('href'), base, url);
    if (href) found.push({ href, comments: /comment/iu.test(`${href} ${link.getAttribute('title') ?? ''}`) });
  }
  return found.sort((left, right) => Number(left.comments) - Number(right.comments)).map(({ href }) => href);
}
