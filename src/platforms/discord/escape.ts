import { plainLine, truncate } from '../../lib/text.ts';

/** Between `@` and a name: shows nothing, and Discord finds no mention. */
export const MENTION_BREAK = '\u200b';

/**
 * Letters that mean something wherever they stand, and those that begin a link (`://`), an emoji (`:name:`) or an invite
 * (`discord.gg/`). `<` begins mentions, channels, timestamps, commands and custom emoji.
 */
const MARKUP = /[\\*_~|`[\]<]|:(?=\/\/|[\w+-]+:)|(?<=discord(?:app)?)\.(?=gg\/|com\/invite)/giu;
const PINGS = /@(?=everyone|here)|(?<=<)@/giu;

/** Text from outside as Discord markdown that shows exactly its letters; lines stay lines, more than one empty line becomes one. */
export function escapeMarkdown(text: string): string {
  return text
    .toWellFormed()
    .split(/\r\n?|\n/u)
    .map((line) => escapeLine(plainLine(line)))
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

function escapeLine(line: string): string {
  return line
    .replace(PINGS, `@${MENTION_BREAK}`)
    .replace(MARKUP, '\\$&')
    .replace(/^[#>+-]/u, '\\$&') // heading, quote, list, subtext
    .replace(/^(\d+)([.)])/u, '$1\\$2'); // numbered list
}

/** `text` escaped, cut at a word's end where its escaped form is longer than `limit`. */
export function escapeWithin(text: string, limit: number): string {
  return escapeMarkdown(truncate(text.toWellFormed(), limit, (part) => escapeMarkdown(part).length));
}

/**
 * A link without a preview. Words that look like an address themselves can't mask one (Discord shows such links as
 * written), so the address follows them.
 */
export function markdownLink(label: string, url: string): string {
  const target = url.replace(/[\s<>()]/gu, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
  if (label === '') return `<${target}>`;
  return /:\/\/|www\.|\p{L}\.\p{L}/u.test(label) ? `${label}: <${target}>` : `[${label}](<${target}>)`;
}
