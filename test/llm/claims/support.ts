import { ground } from '../../../src/llm/grounding.ts';
import { article } from '../fixtures.ts';

/** What the gate finds in `text` about an article that says `source`: kind and span of each failure. */
export function found(source: string, text: string, publishedAt: string | null = null): string[] {
  const about = {
    ...article('', source),
    author: null,
    publishedAt: publishedAt === null ? null : new Date(publishedAt),
  };
  return ground(about, text, []).failures.map(({ kind, span }) => `${kind}: ${span}`);
}
