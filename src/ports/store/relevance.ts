/** What a model said of an article and the words of a filter. */
export interface Relevance {
  /** Null = no answer came yet. */
  fits: boolean | null;
  /** One line of the model's; empty = none. */
  reason: string;
  /** Times that no answer came. */
  tries: number;
}

/** The answers to "only if about …", kept so that each question is asked once. */
export interface Relevances {
  get(articleId: number, about: string): Promise<Relevance | null>;
  save(articleId: number, about: string, answer: { fits: boolean; reason: string }, now: Date): Promise<void>;
  /** Counts a try without an answer; gives how many there were. */
  failed(articleId: number, about: string, now: Date): Promise<number>;
}
