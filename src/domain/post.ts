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
  /** When a person wants it to go out; null = as the channel's schedule says. */
  plannedAt: Date | null;
  /** Goes out before the others, past the schedule's slots. */
  breaking: boolean;
  grounding: Grounding;
  /** What the text cost, in millionths of a US dollar; null = the model's price isn't known. */
  costMicros: number | null;
  /** `offline`, a model's name, or `person`. */
  writer: string;
  /** Who approved: `auto`, or a member as the interface names them. */
  approvedBy: string | null;
  approvedAt: Date | null;
  /** The line in it that says a machine wrote it; null = none is due. */
  label: string | null;
  /** Who took responsibility for its substance, and when: an editorial review, on record. */
  substanceBy: string | null;
  substanceAt: Date | null;
  /** What a platform may show of the article's page beside the text; null = the post has no link. */
  card: PostCard | null;
  /** The same for texts that a platform takes for one and the same; null where it doesn't mind. */
  sameness: string | null;
  /** The code of its provenance page, /p/CODE. */
  code: string;
  createdAt: Date;
  /** The brief that its writer gave with it; null where it gave none. */
  writingId: number | null;
  /** Another text to choose instead, by the same writer, with the same links. */
  alternative: Alternative | null;
  /** When its article was corrected after this text was written, or approved; absent or null = never. */
  articleCorrectedAt?: Date | null;
}

export interface Alternative extends Pick<Post, 'text' | 'grounding' | 'sameness'> {
  /** Why a person has to look first; null = nothing known. */
  reason: string | null;
}

/** The article's page as previews show it, frozen with the post. */
export interface PostCard {
  /** As it stands in the post. */
  url: string;
  title: string;
  siteName: string | null;
  imageUrl: string | null;
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

/** When a post is to go out, where the channel's schedule doesn't decide. */
export type When = Pick<Post, 'plannedAt' | 'breaking'>;

/** The post, approved. Only one that waits for review can be. */
export function approve(post: Post, by: string, at: Date, when: Partial<When> = {}): Post {
  if (post.state !== 'review') throw new PostDecided(post);
  return {
    ...post,
    ...when,
    state: 'approved',
    approvedBy: by,
    approvedAt: at,
    reason: null,
    articleCorrectedAt: null,
  };
}

/**
 * The post after its article was corrected. One that is out, or may be, keeps its state and carries the mark; one that
 * isn't waits for a person, also if it was approved: it may claim what the article says no more.
 */
export function afterCorrection(post: Post, sent: boolean, at: Date, reason: string): Post {
  if (post.state === 'rejected') return post;
  if (sent) return { ...post, articleCorrectedAt: at };
  return { ...post, state: 'review', approvedBy: null, approvedAt: null, reason, articleCorrectedAt: at };
}

/** The post, rejected for `reason`. */
export function reject(post: Post, by: string, at: Date, reason: string): Post {
  if (post.state !== 'review') throw new PostDecided(post);
  return { ...post, state: 'rejected', approvedBy: by, approvedAt: at, reason };
}

/** The post after an editorial review of its substance by `by`: `text` no longer says that a machine wrote it. */
export function takeResponsibility(post: Post, by: string, at: Date, text: string): Post {
  if (post.state !== 'review') throw new PostDecided(post);
  return { ...post, text, label: null, substanceBy: by, substanceAt: at };
}

/** The post with another text: it waits for review again and a person is its writer. */
export function edit(post: Post, text: string, grounding: Grounding, sameness: string | null): Post {
  if (post.state !== 'review') throw new PostDecided(post);
  return {
    ...post,
    text,
    grounding,
    sameness,
    writer: 'person',
    reason: grounding.ok ? null : 'the text claims more than the article',
  };
}

/** The post with its other text; the one it had becomes the other. Null when there is none to choose. */
export function chooseOther(post: Post): Post | null {
  if (post.state !== 'review') throw new PostDecided(post);
  if (post.alternative === null) return null;
  const { text, grounding, sameness, reason } = post;
  const other = {
    ...post.alternative,
    reason: post.alternative.reason ?? 'a person chose this text and has to approve it',
  };
  return { ...post, ...other, alternative: { text, grounding, sameness, reason } };
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
