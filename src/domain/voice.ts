/** How the brand sounds; every text and list may be empty. */
export interface Voice {
  audience: string;
  tone: string;
  use: string[];
  /** Words that no post may have. */
  avoid: string[];
  /** How readers are addressed: tu, ты, du, or jūs, вы, Sie. */
  formality: 'any' | 'informal' | 'formal';
  emoji: keyof typeof MOST_EMOJI;
  /** Posts that the brand likes, as plain text. */
  examples: string[];
}

/** How many emoji one post may have. */
export const MOST_EMOJI = { none: 0, few: 3, many: 12 } as const;

export const MOST_EXAMPLES = 10;
export const LONGEST_EXAMPLE = 500;

export const emptyVoice: Voice = {
  audience: '',
  tone: '',
  use: [],
  avoid: [],
  formality: 'any',
  emoji: 'few',
  examples: [],
};

/** The words to avoid that `text` has, in any case and, for longer words, with other endings. */
export function avoidedWords(text: string, { avoid }: Pick<Voice, 'avoid'>, language: string): string[] {
  return avoid.filter((phrase) => {
    const pattern = phrase
      .trim()
      .split(/\s+/u)
      .map((word) => wordPattern(word, language))
      .join('\\s+');
    return pattern !== '' && new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'iu').test(text);
  });
}

/** So many letters of a word belong to its ending in languages that inflect; English has its plural and little else. */
function wordPattern(word: string, language: string): string {
  if (word.length < 5) return escaped(word);
  const inflects = language !== 'en' && word.length >= 6;
  return `${escaped(inflects ? word.slice(0, -2) : word)}\\p{L}{0,${inflects ? 4 : 2}}`;
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
}

const EMOJI = /\p{RGI_Emoji}/gv;

/** How many emoji `text` has; a family of five counts once. */
export function countEmoji(text: string): number {
  // © and digits are emoji only when they are told to look like one, which the sequence says.
  return text.match(EMOJI)?.length ?? 0;
}
