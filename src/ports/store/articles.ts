import type { Article, Fate, FateState } from '../../domain/article.ts';
import type { Correction } from '../../domain/correction.ts';
import type { FeedDocument, FeedEntry } from '../feeds.ts';

export interface NewArticle {
  feedId: number | null;
  entry: FeedEntry;
  seenAt: Date;
}

export interface KnownArticle {
  articleId: number;
  /** Whether this feed is known to have carried it. */
  sighted: boolean;
  /** Whether its page was read already. */
  frozen: boolean;
  /** What this feed last said of it; absent or null = nothing that is known. */
  said?: Said | null;
}

/** What a feed said of an article, in short. */
export interface Said {
  /** contentHash of title and text; null = not known. */
  wording: string | null;
  updatedAt: Date | null;
  /** The entry's mark in the document. */
  mark: string | null;
}

/** A feed, or a person where `feedId` is null, gave the article under this guid and address. */
export interface Sighting extends Partial<Said> {
  feedId: number | null;
  articleId: number;
  guid: string | null;
  url: string;
}

/** An entry of a feed. `gone`: what went from its document when it came. */
export interface Carried {
  feedId: number;
  entry: FeedEntry;
  /** What came with it; absent or null = it came alone, or nothing was remembered. */
  document?: FeedDocument | null;
}

export interface ArticleView extends Article {
  fate: Fate | null;
  /** Name or address of the source, for a person. */
  source: string | null;
}

export interface Articles {
  get(id: number): Promise<Article | null>;
  /** Those that exist, by id. */
  many(ids: readonly number[]): Promise<Map<number, Article>>;
  /**
   * Which of the entries are known already, keyed by index: by guid within the feed, by address anywhere, by path and
   * date or title where the feed has changed its host, or by date and title or text of an entry that went as it came.
   */
  known(entries: readonly Carried[]): Promise<Map<number, KnownArticle>>;
  /** Stores what the feed said; ids in the order given. An address that is stored already gives that article's id. */
  add(articles: readonly NewArticle[]): Promise<number[]>;
  /** Remembers who gave the article under which guid, and in which words; the latest count. */
  sight(sightings: readonly Sighting[], now: Date): Promise<void>;
  /** What the feed said of it, for reading the page; of a frozen article only while its page is to be read again. */
  entry(id: number): Promise<FeedEntry | null>;
  /**
   * The feed says something else of them now. A frozen one is to be read again: those are returned. One whose page is
   * still to be read only gets the newer words.
   */
  saidAgain(entries: readonly { articleId: number; entry: FeedEntry }[], now: Date): Promise<number[]>;
  /** Articles that wait since `before` or longer to be read again, the longest first. */
  toRecheck(before: Date, limit: number): Promise<number[]>;
  /** Its page could not be read: it waits until then. After some times that ends the wait. */
  recheckLater(id: number, until: Date): Promise<void>;
  /** Ends the wait: with the article as it is now, or as it was where there is no correction. */
  rechecked(id: number, changed: { title: string; text: string; correction: Correction } | null): Promise<void>;
  /** Freezes the article. When another article has that canonical address already, nothing is stored and its id returned. */
  freeze(
    id: number,
    article: Omit<Article, 'id' | 'feedId' | 'guid' | 'seenAt'>,
  ): Promise<{ duplicateOf: number | null }>;
  /**
   * Articles that may tell the same story: seen since then, not filtered for the brand, never carried by the source; the
   * likeliest first, at most 10. Holds off others who ask for the brand until the transaction ends. Inside one only.
   */
  similar(query: {
    brandId: number;
    articleId: number;
    sourceId: number;
    since: Date;
  }): Promise<{ id: number; text: string }[]>;
  list(query: {
    brandId: number;
    state?: FateState;
    sourceId?: number;
    limit: number;
    before?: number;
  }): Promise<ArticleView[]>;
  view(brandId: number, articleId: number): Promise<ArticleView | null>;
  /** By the address as given or by its canonical form. */
  byUrl(url: string): Promise<Article | null>;
}
