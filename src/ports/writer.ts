import type { Article } from '../domain/article.ts';
import type { Brand } from '../domain/brand.ts';
import type { Grounding, GroundingFailure } from '../domain/post.ts';
import type { Price } from '../domain/spending.ts';
import type { Brief, Edit } from '../domain/writing.ts';
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
    article: Pick<Article, 'title' | 'text' | 'url' | 'canonicalUrl' | 'author' | 'siteName'> &
      Partial<Pick<Article, 'publishedAt'>>,
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
  /** The name of the model that is asked where a question names none. */
  readonly name: string;
  /** Whether the article is about `about`, a person's words, and one line that says why. Throws WriterError. */
  isAbout(question: RelevanceQuestion, signal: AbortSignal, meter: Meter): Promise<{ fits: boolean; reason: string }>;
}

export interface RelevanceQuestion {
  article: Pick<Article, 'title' | 'text'>;
  about: string;
  /** The brand's own model; null = the usual one. */
  model: string | null;
}

export interface WriteRequest {
  article: Article;
  brand: Brand;
  /** BCP 47 primary tag. */
  language: string;
  targets: WriteTarget[];
  /** What the brand's people made of earlier posts, oldest first: a model learns from them. */
  edits?: readonly Pick<Edit, 'before' | 'after'>[];
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
  /** Absent where the writer gives none. */
  brief?: Brief;
  writer: string;
  /** All that were read, those that the provider had cached among them. */
  inputTokens: number;
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
  /** Why else a person should look first. */
  concern?: string;
  /** A second text, where the brand wants two to choose from. */
  alternative?: Omit<WrittenText, 'target' | 'alternative'>;
}
