/** The text for one channel in one language. */
export interface Post {
  id: number;
  brandId: number;
  articleId: number;
  channelId: number;
  language: string;
  /** As it goes out, in `format`. */
  text: string;
  format: PostFormat;
  state: PostState;
  /** Why it waits or was rejected. */
  reason: string | null;
  plannedAt: Date | null;
  grounding: Grounding;
  /** What the text cost, in millionths of a US dollar. */
  costMicros: number;
  /** `offline`, a model's name, or `person`. */
  writer: string;
  /** Who approved: `auto`, or a member as the interface names them. */
  approvedBy: string | null;
  approvedAt: Date | null;
  /** The code of its provenance page, /p/CODE. */
  code: string;
  createdAt: Date;
}

export type PostFormat = 'html' | 'markdown' | 'plain';

/** review: a person decides; approved: a delivery carries it; rejected: it will never go out. */
export type PostState = 'review' | 'approved' | 'rejected';

/** What the text claims beyond its article. */
export interface Grounding {
  ok: boolean;
  failures: GroundingFailure[];
}
export interface GroundingFailure {
  kind: 'number' | 'money' | 'date' | 'name' | 'quote' | 'url' | 'mention' | 'phone' | 'hidden';
  span: string;
  reason: string;
}

/** The post, approved. Only one that waits for review can be. */
export function approve(post: Post, by: string, at: Date): Post {
  if (post.state !== 'review') throw new PostDecided(post);
  return { ...post, state: 'approved', approvedBy: by, approvedAt: at, reason: null };
}

/** The post, rejected for `reason`. */
export function reject(post: Post, by: string, at: Date, reason: string): Post {
  if (post.state !== 'review') throw new PostDecided(post);
  return { ...post, state: 'rejected', approvedBy: by, approvedAt: at, reason };
}

/** The post with another text: it waits for review again and a person is its writer. */
export function edit(post: Post, text: string, grounding: Grounding): Post {
  if (post.state !== 'review') throw new PostDecided(post);
  return {
    ...post,
    text,
    grounding,
    writer: 'person',
    reason: grounding.ok ? null : 'the text claims more than the article',
  };
}

/** Thrown when a post was decided before. */
export class PostDecided extends Error {
  readonly post: Post;
  constructor(post: Post) {
    super(`Post ${post.id} is ${post.state} already${post.approvedBy ? ` (by ${post.approvedBy})` : ''}.`);
    this.name = 'PostDecided';
    this.post = post;
  }
}

/** A tracked address in a post: /r/CODE leads to `target`, /l/CODE to the lead form. */
export interface Link {
  code: string;
  kind: 'article' | 'lead';
  brandId: number;
  postId: number;
  articleId: number;
  channelId: number;
  target: string;
}
