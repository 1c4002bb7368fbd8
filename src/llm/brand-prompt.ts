import type { Brand } from '../domain/brand.ts';
import { LONGEST_EXAMPLE, MOST_EMOJI, MOST_EXAMPLES, type Voice } from '../domain/voice.ts';
import { EDITS_SHOWN, type Edit } from '../domain/writing.ts';
import { plainLine, truncate } from '../lib/text.ts';
import { type Allowed, allowedOf, sanitise } from './sanitise.ts';
import { readSource } from './source.ts';

const LONGEST_LINE = 500;
/** Both sides of an edit together; ten of them are at most some 2,000 tokens. */
const LONGEST_EDIT = 800;

const FORMALITY: Record<Voice['formality'], string | null> = {
  any: null,
  informal: 'Readers are addressed informally, where the language has a choice (tu, ты, du, sina), and as one person.',
  formal: 'Readers are addressed formally, where the language has a choice (jūs, вы, Sie, teie).',
};
const EMOJI: Record<Voice['emoji'], string> = {
  none: 'Emoji: none.',
  few: `Emoji: at most ${MOST_EMOJI.few} in a post, or none.`,
  many: `Emoji: welcome, at most ${MOST_EMOJI.many} in a post.`,
};

/** Who speaks and how, for a model: the same bytes for the same brand and edits. */
export function brandPart(brand: Brand, edits: readonly Pick<Edit, 'before' | 'after'>[] = []): string {
  const { audience, tone, use, avoid, formality, emoji, examples } = brand.voice;
  const nothing = allowedOf(NOTHING, readSource(NOTHING));
  const lines = [
    `BRAND\nName: ${oneLine(brand.name)}`,
    audience && `Audience: ${oneLine(audience)}`,
    tone && `Tone: ${oneLine(tone)}`,
    use.length > 0 && `Words to use: ${use.map(oneLine).join(', ')}`,
    avoid.length > 0 && `Words to avoid: ${avoid.map(oneLine).join(', ')}`,
    FORMALITY[formality],
    EMOJI[emoji],
    brand.callToAction && `The platform adds this invitation; don't repeat it: ${oneLine(brand.callToAction)}`,
    examples.length > 0 && 'Posts that the brand likes, for their style:',
    ...examples.slice(0, MOST_EXAMPLES).map((example) => `- ${quoted(example, LONGEST_EXAMPLE, nothing)}`),
    edits.length > 0 && 'Posts as they were written, and as the brand corrected them; write like the corrected ones:',
    ...edits.slice(-EDITS_SHOWN).map(({ before, after }) => {
      const side = (text: string) => quoted(text, LONGEST_EDIT / 2, nothing);
      return `- written ${side(before)}\n  corrected ${side(after)}`;
    }),
  ];
  return lines.filter(Boolean).join('\n');
}

/** No links, mentions or numbers of an earlier post may come into the next one, so none are shown. */
const NOTHING = { title: '', text: '', url: '', canonicalUrl: '', author: null, siteName: null };

/** A text of several lines as one, which can't pass for another part of the prompt. */
function quoted(text: string, limit: number, nothing: Allowed): string {
  return JSON.stringify(truncate(sanitise(text.slice(0, 4 * limit), nothing).text, limit));
}

function oneLine(text: string): string {
  return truncate(plainLine(text), LONGEST_LINE);
}
