import type { Fate, FateState, WaitingFor } from '../../domain/article.ts';

export interface Fates {
  get(id: number): Promise<Fate | null>;
  many(ids: readonly number[]): Promise<Fate[]>;
  ofArticle(articleId: number): Promise<Fate[]>;
  /** Adds one per source and article; those that exist are left as they are. Returns the ids of the added, in no order. */
  add(fates: readonly Omit<Fate, 'id'>[]): Promise<number[]>;
  /**
   * Has a person's wish decide: the article waits for the writer, for these channels, whatever rule kept it out, as toBring says.
   * Null when it has its fate already. Inside a transaction only.
   */
  bring(
    wish: { brandId: number; articleId: number; channelIds: readonly number[]; by: string },
    now: Date,
  ): Promise<number | null>;
  set(
    id: number,
    change: { state: FateState; waitingFor: WaitingFor | null; reason: string | null },
    now: Date,
  ): Promise<void>;
  /** Keeps other transactions from settling the article's fates until this one ends. Inside a transaction only. */
  lock(brandId: number, articleId: number): Promise<void>;
  /** The same for every fate of the brand and article that isn't filtered by a rule; a story that a person filtered can come back. */
  settle(
    brandId: number,
    articleId: number,
    change: { state: FateState; waitingFor: WaitingFor | null; reason: string | null },
    now: Date,
  ): Promise<void>;
  /** The same lock for every brand's fates of the article. */
  lockArticle(articleId: number): Promise<void>;
  /** All that wait for the page of the article: now for the writer. Returns their ids. */
  pageRead(articleId: number, now: Date): Promise<number[]>;
  /** Takes a fate that waits for one of those, the writer or a channel when none is named; null when it doesn't, or a living process has it. */
  claim(id: number, waitingFor?: readonly WaitingFor[]): Promise<Fate | null>;
  release(id: number): Promise<void>;
  /**
   * For brands (all that aren't paused, or that one) that have an active channel: filters what waited for one since
   * before `since`, by `reason`, and returns the others, oldest first.
   */
  channelFound(query: {
    brandId: number | null;
    since: Date;
    reason: string;
    now: Date;
    limit: number;
  }): Promise<number[]>;
  /** Ids that wait for `what`, oldest first. With `changedBefore` only those that no living process has. */
  waiting(query: { what: WaitingFor; brandId?: number; changedBefore?: Date; limit: number }): Promise<number[]>;
}
