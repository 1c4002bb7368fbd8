import { plainLine, truncate } from '../lib/text.ts';

const TAG_LIMIT = 50;
const TAGS = 20;

/** Names that people sort sources by, as they are kept: one line each, at most 50 characters, each once whatever its case, at most 20. */
export function tidyTags(names: readonly string[]): string[] {
  const tags = new Map<string, string>();
  for (const name of names) {
    const tag = truncate(plainLine(name), TAG_LIMIT);
    if (tag !== '' && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()].slice(0, TAGS);
}

/** Whether the source carries the tag, in any case. */
export function hasTag(source: { tags: readonly string[] }, tag: string): boolean {
  return source.tags.some((one) => one.toLowerCase() === plainLine(tag).toLowerCase());
}
