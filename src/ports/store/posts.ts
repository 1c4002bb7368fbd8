import type { Article } from '../../domain/article.ts';
import type { Channel } from '../../domain/channel.ts';
import type { Delivery, DeliveryState } from '../../domain/delivery.ts';
import type { Link, Post, PostState } from '../../domain/post.ts';
import type { Writing } from '../../domain/writing.ts';

export interface PostView {
  post: Post;
  channel: Channel;
  article: Article;
  /** Its only message, or the first of a thread. */
  delivery: Delivery | null;
  writing: Writing | null;
  /** Every message of it so far, in order. */
  messages: Delivery[];
  /** What its platform charged, or may have, in millionths of a US dollar; absent or 0 = nothing. */
  publishMicros?: number;
}

export interface Posts {
  get(id: number): Promise<Post | null>;
  view(id: number): Promise<PostView | null>;
  byCode(code: string): Promise<PostView | null>;
  /** Reads it and keeps others from changing it until the transaction ends. */
  lock(id: number): Promise<Post | null>;
  /** One per article and channel: null when there is one. */
  add(post: Omit<Post, 'id'>, links: readonly Omit<Link, 'postId'>[]): Promise<Post | null>;
  save(post: Post): Promise<void>;
  /** Every brand's posts of the article, kept with their deliveries from change by others until the transaction ends. */
  lockOfArticle(articleId: number): Promise<{ post: Post; delivery: DeliveryState | null }[]>;
  list(query: {
    brandId: number;
    state?: PostState;
    articleIds?: readonly number[];
    limit: number;
    before?: number;
  }): Promise<PostView[]>;
  /** How many posts wait for a person. */
  inReview(): Promise<number>;
  /** Which channels have a post of the article. */
  channelsWith(brandId: number, articleId: number): Promise<number[]>;
  /** State of each post of the article with its delivery's: of a thread the first message's. */
  standing(
    brandId: number,
    articleId: number,
  ): Promise<{ post: PostState; delivery: DeliveryState | null; reason: string | null }[]>;
  /** Posts of automatic channels that review has not looked at. */
  unreviewed(createdBefore: Date, limit: number): Promise<number[]>;
  /** Whether a post of the channel that wasn't rejected has a link and was written since then. */
  hasLinkSince(channelId: number, since: Date): Promise<boolean>;
  /** A post with the same `sameness` for another channel of the platform, of any brand: approved, or older and waiting. */
  twinOf(
    post: Pick<Post, 'id' | 'channelId' | 'sameness'>,
    platform: string,
  ): Promise<{ postId: number; channel: Channel } | null>;
  link(code: string): Promise<Link | null>;
  linksOf(postId: number): Promise<Link[]>;
}
