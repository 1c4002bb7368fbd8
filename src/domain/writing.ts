/** What one call of the model says about an article in one language, beside its posts. */
export interface Brief {
  headline: string;
  /** Two sentences; empty when the model gave none that stands in the article. */
  summary: string;
  /** For the article's picture; empty where there is none. */
  altText: string;
  claims: Claim[];
}

/** Something the posts say, and what it rests on. */
export interface Claim {
  claim: string;
  /** The words of the article that say so; null when those the model named don't stand there. */
  support: string | null;
  /** What the article doesn't say of it, by the grounding check or a second opinion; null = nothing is known. */
  doubt: string | null;
}

/** A brief as it is kept, for the posts that were written with it. */
export interface Writing extends Brief {
  id: number;
  brandId: number;
  articleId: number;
  language: string;
  writer: string;
  at: Date;
}

/** A post that a person changed: the writer's text, and the last that the person gave it. Plain text. */
export interface Edit {
  postId: number;
  brandId: number;
  language: string;
  before: string;
  after: string;
  at: Date;
}

/** So many of a brand's edits are shown to the model. */
export const EDITS_SHOWN = 10;

/**
 * What an edit changed of a text: both without the lines at their end that they share. Those are mostly Crier's own
 * (links, invitation, label), which nobody should learn to write. Null = nothing was changed.
 */
export function changedPart(before: string, after: string): Pick<Edit, 'before' | 'after'> | null {
  const [left, right] = [before, after].map((text) => text.trim().split('\n'));
  if (left === undefined || right === undefined) return null;
  while (left.length > 0 && left.at(-1) === right.at(-1)) {
    left.pop();
    right.pop();
  }
  const changed = { before: left.join('\n').trim(), after: right.join('\n').trim() };
  if (changed.before === changed.after) return null;
  // Without one side there is nothing to compare, so both are given whole.
  return changed.before === '' || changed.after === '' ? { before, after } : changed;
}
