import type { Span } from './spans.ts';

/** Which marks close a quotation that began with the key. */
const CLOSED_BY: Record<string, string> = {
  '„': '“”‟"',
  '«': '»',
  '»': '«',
  '“': '”"',
  '”': '”',
  '"': '"“”',
  '「': '」',
  '『': '』',
};

/** What stands between quotation marks, the outermost ones, within one paragraph; one pass. Apostrophes are not marks. */
export function quotations(text: string): Span[] {
  const found: Span[] = [];
  for (const paragraph of text.matchAll(/[^\n]+/gu)) {
    let open: { mark: string; index: number; depth: number } | null = null;
    let before = ' ';
    let index = paragraph.index;
    for (const character of paragraph[0]) {
      const opens = CLOSED_BY[character] !== undefined;
      if (open === null) {
        if (opens && (before === '' || !/[\p{L}\p{N}]/u.test(before) || '„«“「『'.includes(character)))
          open = { mark: character, index: index + character.length, depth: 0 };
      } else if (character === open.mark && character !== '"' && character !== '”') open.depth += 1;
      else if (CLOSED_BY[open.mark]?.includes(character)) {
        if (open.depth > 0) open.depth -= 1;
        else {
          found.push({ span: text.slice(open.index, index), index: open.index });
          open = null;
        }
      }
      before = character;
      index += character.length;
    }
  }
  return found;
}

/** The words of `text` in small letters between single spaces, with a space at both ends: `includes` finds whole words. */
export function wordsOf(text: string): string {
  return ` ${(
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ')} `;
}

/** The parts of a quotation that must each stand in the article: what is left out is marked by an ellipsis. */
export function quotedParts(quotation: string): string[] {
  return quotation
    .split(/\s?[[(]?(?:\.{3,}|…)[\])]?\s?/u)
    .map(wordsOf)
    .filter((words) => words.trim() !== '');
}
