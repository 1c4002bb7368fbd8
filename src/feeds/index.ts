import { NO_WISHES } from '../domain/polling.ts';
import { originalAddress, storyAddress } from '../domain/story-address.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { FetchError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { canonicalUrl } from '../lib/url.ts';
import type { ExtractedArticle, FeedEntry, Feeds, PollAnswer } from '../ports/feeds.ts';
import type { Outlines } from '../ports/outlines.ts';
import { createAskHub } from './ask-hub.ts';
import { freshnessOf } from './freshness.ts';
import { createGuardedFetch, type Fetched, type GuardedFetchSettings } from './guarded-fetch.ts';
import { hubOf } from './hub.ts';
import type { LinkList } from './link-list.ts';
import { writeOutlines } from './outlines.ts';
import { createPagePace } from './page-pace.ts';
import type { LastDocument } from './parse-feed.ts';
import type { ParsedPage } from './parse-page.ts';
import { createParser, type ParserSettings } from './parser.ts';
import { wishesOf } from './poll-wishes.ts';
import { createRobots } from './robots.ts';

export { createGuardedFetch } from './guarded-fetch.ts';

/** `parser` holds the limits of parsing, for tests. */
export interface FeedsSettings extends GuardedFetchSettings {
  log: Log;
  parser?: Omit<ParserSettings, 'log'>;
  /** For how long a robots.txt is kept. */
  clock?: Clock;
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
  const clock = settings.clock ?? systemClock;
  const robotsSay = createRobots(guarded, clock);
  const pace = createPagePace(clock);

  const readFeed = async (fetched: Fetched, signal: AbortSignal, last: LastDocument) =>
    parser.feed({ body: fetched.body, contentType: fetched.header('content-type'), url: fetched.url }, signal, last);

  /** A page without a feed, as the list of its articles, where its robots.txt lets it be read by machines. */
  const listed = async (
    list: LinkList | null,
    fetched: Fetched,
    url: string,
    said: { freshMs: number; movedTo: string | null },
    signal: AbortSignal,
  ): Promise<PollAnswer> => {
    if (!list || list.entries.length < LEAST_LINKS)
      throw notAFeed('This is a web page, and it names no feed and lists no articles.');
    if (!(await robotsSay(fetched.url, signal)).allowed) throw forbidden();
    return {
      kind: 'changed',
      feed: { kind: 'page', title: list.title, language: list.language, siteUrl: fetched.url },
      entries: list.entries,
      etag: fetched.header('etag'),
      lastModified: fetched.header('last-modified'),
      url,
      wishes: NO_WISHES,
      ...said,
    };
  };

  /** A person's wish isn't held up by a robots.txt that can't be had. */
  const forbidsMachines = async (address: string, wish: 'own' | 'person', signal: AbortSignal): Promise<boolean> => {
    try {
      return !(await robotsSay(address, signal)).allowed;
    } catch (thrown) {
      if (wish === 'own' || !(thrown instanceof FetchError)) throw thrown;
      return false;
    }
  };

  return {
    poll: async (
      { url, etag, lastModified, carried = null, whole = carried === null },
      signal,
    ): Promise<PollAnswer> => {
      const headers: Record<string, string> = { accept: ACCEPT_FEED };
      if (etag) headers['if-none-match'] = etag;
      if (lastModified) headers['if-modified-since'] = lastModified;
      let fetched = await guarded.get(url, { headers, signal });
      const said = { freshMs: freshnessOf(fetched.header, new Date()), movedTo: fetched.movedTo };
      if (fetched.status === 304) return { kind: 'unchanged', ...said };
      // Before the body is given to the parser's thread.
      let wishes = wishesOf(fetched.body);
      let found = await readFeed(fetched, signal, { carried, whole });
      let address = fetched.movedTo ?? url;
      if (found.kind === 'page') {
        // A page instead of a feed: the feed that it names is tried, once.
        const [named] = found.feedUrls;
        if (named === undefined) return listed(found.list, fetched, address, said, signal);
        fetched = await guarded.get(named, { headers: { accept: ACCEPT_FEED }, signal });
        wishes = wishesOf(fetched.body);
        found = await readFeed(fetched, signal, { carried, whole });
        if (found.kind === 'page') throw notAFeed(`This is a web page; the feed it names, ${named}, is one too.`);
        address = fetched.movedTo ?? named;
      }
      return {
        kind: 'changed',
        feed: found.feed,
        entries: found.entries,
        ...(found.document === undefined ? {} : { document: found.document }),
        etag: fetched.header('etag'),
        lastModified: fetched.header('last-modified'),
        url: address,
        wishes,
        hub: hubOf(fetched.header('link'), found.hubs, fetched.url),
        ...said,
      };
    },

    read: async (url, hint, signal, wish = 'own') => {
      const address = originalAddress(url);
      const robots = wish === 'own' ? await robotsSay(address, signal) : null;
      if (robots?.allowed === false) throw forbidden();
      if (robots) await pace.turn(new URL(address).origin, robots.delayMs, signal);
      const fetched = await guarded.get(address, { headers: { accept: ACCEPT_PAGE }, signal });
      // A redirect may have led to a page, or a site, of which robots.txt says something else.
      const unasked = wish === 'person' || fetched.url !== address;
      const forbids = unasked && (await forbidsMachines(fetched.url, wish, signal));
      if (forbids && wish === 'own') throw forbidden();
      const contentType = fetched.header('content-type');
      const type = contentType?.split(';')[0]?.trim().toLowerCase();
      if (type && !PAGE_TYPES.test(type))
        throw new FetchError('unreadable', `This is not a web page but ${type.slice(0, 100)}.`, {
          cure: 'Crier reads articles from web pages only.',
        });
      const page = await parser.page({ body: fetched.body, contentType, url: fetched.url }, signal);
      return { ...articleFrom(url, fetched.url, page, hint), ...(forbids ? { robots: 'forbids' as const } : {}) };
    },

    fromEntry,

    askHub: createAskHub(guarded),

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

/** A page with fewer is an article or a form, not a list. */
const LEAST_LINKS = 3;

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
  const canonical = canonicalUrl(page.canonicalUrl ?? foundAt);
  // An address that names the same story by itself needn't be remembered.
  const alsoAt = [page.ampUrl].filter((one) => one !== null && storyAddress(one) !== storyAddress(canonical));
  return {
    url,
    canonicalUrl: canonical,
    title: page.title || hint?.title || url,
    text: fromFeed ? feedText : page.text,
    language: page.language ?? hint?.language ?? page.detected ?? 'und',
    author: page.author ?? hint?.author ?? null,
    publishedAt: page.publishedAt ?? hint?.publishedAt ?? null,
    imageUrl: page.imageUrl ?? hint?.imageUrl ?? null,
    siteName: page.siteName,
    textFrom: fromFeed ? 'feed' : 'page',
    pageProblem: fromFeed ? "the page holds less of the article than the feed's own text" : null,
    ...(alsoAt.length > 0 ? { alsoAt: alsoAt as string[] } : {}),
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

function forbidden(): FetchError {
  return new FetchError('blocked', "The site's robots.txt asks machines not to read this page.", {
    cure: 'Look for a feed of the site, or ask its owner.',
  });
}

function notAFeed(message: string): FetchError {
  return new FetchError('not-a-feed', message, {
    cure: 'Look on the site for its RSS or Atom link and give that address.',
  });
}
