import type { Article } from '../domain/article.ts';
import type { Brand } from '../domain/brand.ts';
import type { Grounding, GroundingFailure } from '../domain/post.ts';
import type { Price } from '../domain/spending.ts';
import type { Meter } from './meter.ts';

/** From an article to the words of its posts. */
export interface Writers {
  /** The model, or null when none is configured. Throws WriterError. */
  readonly model: Writer | null;
  /** Extractive: only sentences of the article. Never fails. */
  readonly offline: Writer;
  /** Answers short questions about articles; null when no model is configured. */
  readonly judge: Judge | null;
  /** What the model of that name costs by the price list; null when it isn't known. */
  price(model: string): Price | null;
  /** What `text` (plain) claims beyond the article; `allowedUrls` are the brand's own links. Pure. */
  ground(
    article: Pick<Article, 'title' | 'text' | 'url' | 'canonicalUrl' | 'author' | 'siteName'>,
    text: string,
    allowedUrls: readonly string[],
  ): Grounding;
}

export interface Writer {
  /** `offline` or the model's name. */
  readonly name: string;
  /** One text per target, in the order of `targets`; all in `language`. One call to the model, however many targets; each call goes by the meter. */
  write(request: WriteRequest, signal: AbortSignal, meter?: Meter): Promise<Written>;
}

export interface Judge {
  /** The model's name. */
  readonly name: string;
  /** Whether the article is about `about`, a person's words, and one line that says why. Throws WriterError. */
  isAbout(
    article: Pick<Article, 'title' | 'text'>,
    about: string,
    signal: AbortSignal,
    meter: Meter,
  ): Promise<{ fits: boolean; reason: string }>;
}

export interface WriteRequest {
  article: Article;
  brand: Brand;
  /** BCP 47 primary tag. */
  language: string;
  targets: WriteTarget[];
}

/** One kind of place to write for. */
export interface WriteTarget {
  /** Unique within the request. */
  id: string;
  platform: string;
  /** What the writer may fill, in `unit`. */
  limit: number;
  unit: string;
  count(text: string): number;
  hashtags: number;
}

export interface Written {
  texts: WrittenText[];
  writer: string;
  inputTokens: number;
  /** Of these, read from the provider's cache; absent = none. */
  cachedInputTokens?: number;
  outputTokens: number;
  /** By the price list, in millionths of a US dollar; null when the price isn't known. What a brand paid is in its ledger. */
  costMicros: number | null;
}

/** Plain text; the platform adds markup, links and label. */
export interface WrittenText {
  target: string;
  headline: string;
  body: string;
  hashtags: string[];
  /** What the writer put in beyond the article and had taken out again; a person should look before it goes out. */
  removed?: GroundingFailure[];
}
