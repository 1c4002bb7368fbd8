import type { WrittenText } from '../ports/writer.ts';

/** The parts of a text as they count against a target's limit: headline, body and hashtags, parted by empty lines. */
export function whole(text: Pick<WrittenText, 'headline' | 'body' | 'hashtags'>): string {
  const tags = text.hashtags.map((tag) => `#${tag}`).join(' ');
  return [text.headline, text.body, tags].filter((part) => part !== '').join('\n\n');
}
