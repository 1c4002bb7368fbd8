import type { PollWishes } from '../domain/polling.ts';
import type { FeedHub, FeedKind } from '../domain/source.ts';
import type { Secret } from '../lib/secret.ts';

/** Reading feeds and pages. Every address goes through the guarded fetch. Failures are FetchError. */
export interface Feeds {
  /** Polls a feed; `etag` and `lastModified` are what the last good answer carried. */
  poll(request: PollRequest, signal: AbortSignal): Promise<PollAnswer>;
  /**
   * Fetches and extracts one article page. `hint` is what the feed said of it and stands in for what the page lacks.
   * `wish` says who wants it: on Crier's own, robots.txt is obeyed (FetchError `blocked` where it forbids the page,
   * `later` where the site wants a pause first); a person's wish is done as a browser would, and `robots` tells.
   */
  read(url: string, hint: FeedEntry | null, signal: AbortSignal, wish?: 'own' | 'person'): Promise<ExtractedArticle>;
  /** The article that the feed's own text makes, where the page can't be had. */
  fromEntry(entry: FeedEntry, pageProblem: string): ExtractedArticle;
  /** Asks a WebSub hub to push, or to stop. Resolves when it took the request, which it confirms at the callback. */
  askHub(request: HubRequest, signal: AbortSignal): Promise<void>;
}

export interface HubRequest {
  hub: string;
  mode: 'subscribe' | 'unsubscribe';
  topic: string;
  callback: string;
  secret: Secret;
  leaseSeconds: number;
}

export interface PollRequest {
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** What the last answer's `document` said to keep; absent or null = nothing. */
  carried?: Uint8Array | null;
  /** Every entry is wanted, also those that were carried before. */
  whole?: boolean;
}

/** What a document is remembered by, and what of it the last one didn't tell. */
export interface FeedDocument {
  /** To be given back with the next poll. */
  carried: Uint8Array;
  /** Of each of its entries, to the minute where it isn't among `entries`. */
  dates: readonly (Date | null)[];
  /** Entries of the last document that don't stand in this one, or not in that wording. */
  gone: readonly { mark: string; publishedAt: Date | null }[];
  /** Hosts of `entries` that those name too which stand in it as they stood in the last. */
  hosts: readonly string[];
}

export type PollAnswer =
  | ({ kind: 'unchanged' } & PollHeaders)
  | ({
      kind: 'changed';
      feed: { kind: FeedKind; title: string | null; language: string | null; siteUrl: string | null };
      /**
       * In the feed's order. Entries without link and text are left out; so are those that the last document had in the
       * same wording, unless the whole was asked for.
       */
      entries: FeedEntry[];
      /** Absent where a document can't be told from the last one; then `entries` are all. */
      document?: FeedDocument;
      etag: string | null;
      lastModified: string | null;
      /** Where it was found, after permanent redirects or autodiscovery; the address asked for otherwise. */
      url: string;
      wishes: PollWishes;
      /** Where its news is pushed; absent or null = it names no hub, or not itself. */
      hub?: FeedHub | null;
    } & PollHeaders);

/** What the server said about polling, beside the feed itself. */
export interface PollHeaders {
  /** How long the answer is fresh by Cache-Control or Expires; 0 = it does not say. */
  freshMs: number;
  /** Where the permanent redirects that the address begins with lead; null = it has not moved. */
  movedTo: string | null;
}

/** One item of a feed. Texts are plain, without markup; paragraphs separated by an empty line. */
export interface FeedEntry {
  /** Null when the feed gives none. */
  guid: string | null;
  url: string;
  title: string;
  text: string;
  author: string | null;
  publishedAt: Date | null;
  imageUrl: string | null;
  language: string | null;
  /** What the feed files it under, as it names it. */
  categories?: readonly string[];
  /** When the feed says that it was changed last; absent or null = it doesn't. */
  updatedAt?: Date | null;
  /** Tells this wording of it from others within the feed; absent = not known. */
  mark?: string;
}

export interface ExtractedArticle {
  url: string;
  canonicalUrl: string;
  title: string;
  /** Paragraphs separated by an empty line; no NUL, no control characters. */
  text: string;
  /** BCP 47 primary tag or `und`. */
  language: string;
  author: string | null;
  publishedAt: Date | null;
  imageUrl: string | null;
  siteName: string | null;
  textFrom: 'page' | 'feed' | 'hand';
  pageProblem: string | null;
  /** Other addresses that the page names as its own, such as its AMP page. */
  alsoAt?: readonly string[];
  /** The site's robots.txt asks machines not to read this page; it was read because a person wanted it. */
  robots?: 'forbids';
}
