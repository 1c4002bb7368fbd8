import type { Article, Fate, FateState } from '../../domain/article.ts';
import type { FeedEntry } from '../feeds.ts';

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
}

export interface ArticleView extends Article {
  fate: Fate | null;
  /** Name or address of the source, for a person. */
  source: string | null;
}

export interface Articles {
  get(id: number): Promise<Article | null>;
  /**
   * Which of the entries are known already, keyed by index: by guid within the feed, by address anywhere, or by path
   * and date or title where the feed has changed its host.
   */
  known(feedId: number, entries: readonly FeedEntry[]): Promise<Map<number, KnownArticle>>;
  /** Stores what the feed said; ids in the order given. An address that is stored already gives that article's id. */
  add(articles: readonly NewArticle[]): Promise<number[]>;
  /** Remembers that this feed, or a person where it is null, gave the article under this guid. */
  sight(
    feedId: number | null,
    sightings: readonly { articleId: number; guid: string | null; url: string }[],
    now: Date,
  ): Promise<void>;
  /** What the feed said of it, for reading the page. */
  entry(id: number): Promise<FeedEntry | null>;
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
