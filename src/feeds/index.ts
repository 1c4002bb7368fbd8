import { FetchError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { canonicalUrl } from '../lib/url.ts';
import type { ExtractedArticle, FeedEntry, Feeds, PollAnswer } from '../ports/feeds.ts';
import type { Outlines } from '../ports/outlines.ts';
import { createGuardedFetch, type Fetched, type GuardedFetchSettings } from './guarded-fetch.ts';
import { writeOutlines } from './outlines.ts';
import type { ParsedPage } from './parse-page.ts';
import { createParser, type ParserSettings } from './parser.ts';

export { createGuardedFetch } from './guarded-fetch.ts';

/** `parser` holds the limits of parsing, for tests. */
export interface FeedsSettings extends GuardedFetchSettings {
  log: Log;
  parser?: Omit<ParserSettings, 'log'>;
}

const ACCEPT_FEED =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5';
const ACCEPT_PAGE = 'text/html, application/xhtml+xml, */*;q=0.5';
const ACCEPT_LIST = 'text/x-opml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';
const PAGE_TYPES = /^(?:text\/html|application\/xhtml\+xml|text\/xml|application\/xml|text\/plain)$/u;

/** Reads feeds and pages through the guarded fetch, and takes them apart in a worker thread. */
export function createFeeds(settings: FeedsSettings): Feeds & { outlines: Outlines; close(): Promise<void> } {
  const guarded = createGuardedFetch(settings);
  const parser = createParser({ ...settings.parser, log: settings.log });

  const readFeed = async (fetched: Fetched, signal: AbortSignal) =>
    parser.feed({ body: fetched.body, contentType: fetched.header('content-type'), url: fetched.url }, signal);

  return {
    poll: async ({ url, etag, lastModified }, signal): Promise<PollAnswer> => {
      const headers: Record<string, string> = { accept: ACCEPT_FEED };
      if (etag) headers['if-none-match'] = etag;
      if (lastModified) headers['if-modified-since'] = lastModified;
      let fetched = await guarded.get(url, { headers, signal });
      if (fetched.status === 304) return { kind: 'unchanged' };
      let found = await readFeed(fetched, signal);
      let address = fetched.movedTo ?? url;
      if (found.kind === 'page') {
        // A page instead of a feed: the feed that it names is tried, once.
        const [named] = found.feedUrls;
        if (named === undefined) throw notAFeed('This is a web page, and it names no feed.');
        fetched = await guarded.get(named, { headers: { accept: ACCEPT_FEED }, signal });
        found = await readFeed(fetched, signal);
        if (found.kind === 'page') throw notAFeed(`This is a web page; the feed it names, ${named}, is one too.`);
        address = fetched.movedTo ?? named;
      }
      return {
        kind: 'changed',
        feed: found.feed,
        entries: found.entries,
        etag: fetched.header('etag'),
        lastModified: fetched.header('last-modified'),
        url: address,
      };
    },

    read: async (url, hint, signal) => {
      const fetched = await guarded.get(url, { headers: { accept: ACCEPT_PAGE }, signal });
      const contentType = fetched.header('content-type');
      const type = contentType?.split(';')[0]?.trim().toLowerCase();
      if (type && !PAGE_TYPES.test(type))
        throw new FetchError('unreadable', `This is not a web page but ${type.slice(0, 100)}.`, {
          cure: 'Crier reads articles from web pages only.',
        });
      const page = await parser.page({ body: fetched.body, contentType, url: fetched.url }, signal);
      return articleFrom(url, fetched.url, page, hint);
    },

    fromEntry,

    outlines: {
      fetch: async (url, signal) => {
        const { body, header, url: foundAt } = await guarded.get(url, { headers: { accept: ACCEPT_LIST }, signal });
        return parser.outlines({ body, contentType: header('content-type'), url: foundAt }, signal);
      },
      read: (text, signal) =>
        parser.outlines(
          // The file was decoded already, whatever its first line says.
          { body: new TextEncoder().encode(text), contentType: 'text/xml; charset=utf-8', url: '' },
          signal,
        ),
      write: writeOutlines,
    },

    close: async () => {
      await Promise.all([guarded.close(), parser.close()]);
    },
  };
}

/** A page with less than this has hidden its article; then the feed's text is better if it is longer at all. */
const POOR_TEXT_LENGTH = 200;
/** Otherwise the feed's text must be longer by this, since it may only hold more of the same. */
const RICHER = 1.5;

/** Page and feed together: the page's word comes first, the feed's fills the gaps. */
function articleFrom(url: string, foundAt: string, page: ParsedPage, hint: FeedEntry | null): ExtractedArticle {
  const feedText = hint?.text ?? '';
  if (!page.text && !feedText)
    throw new FetchError('unreadable', 'No article text was found on the page.', {
      cure: 'It may need a login, consent or a browser; check it by hand.',
    });
  const poor = page.text.length < POOR_TEXT_LENGTH && feedText.length > page.text.length;
  const fromFeed = poor || feedText.length > page.text.length * RICHER;
  return {
    url,
    canonicalUrl: canonicalUrl(page.canonicalUrl ?? foundAt),
    title: page.title || hint?.title || url,
    text: fromFeed ? feedText : page.text,
    language: page.language ?? hint?.language ?? page.detected ?? 'und',
    author: page.author ?? hint?.author ?? null,
    publishedAt: page.publishedAt ?? hint?.publishedAt ?? null,
    imageUrl: page.imageUrl ?? hint?.imageUrl ?? null,
    siteName: page.siteName,
    textFrom: fromFeed ? 'feed' : 'page',
    pageProblem: fromFeed ? "the page holds less of the article than the feed's own text" : null,
  };
}

function fromEntry(entry: FeedEntry, pageProblem: string): ExtractedArticle {
  const { url, title, text, author, publishedAt, imageUrl } = entry;
  return {
    url,
    canonicalUrl: canonicalUrl(url),
    title,
    text,
    language: entry.language ?? 'und',
    author,
    publishedAt,
    imageUrl,
    siteName: null,
    textFrom: 'feed',
    pageProblem,
  };
}

function notAFeed(message: string): FetchError {
  return new FetchError('not-a-feed', message, {
    cure: 'Look on the site for its RSS or Atom link and give that address.',
  });
}
