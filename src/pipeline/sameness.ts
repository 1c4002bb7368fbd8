import { createHash } from 'node:crypto';
import { wordsOf } from '../domain/words.ts';
import type { Platform, PlatformForm } from '../ports/platform.ts';

/**
 * A hash that is equal for texts of the same words, whatever their links, hashtags, label and `ownLines` (the brand's
 * invitations): what a platform that forbids one text on two accounts takes for the same. Null where none does.
 */
export function samenessOf(
  platform: Platform,
  form: PlatformForm,
  text: string,
  ownLines: readonly (string | null)[],
): string | null {
  if (!form.oneVoice || platform.rehearsal) return null;
  const said = ownLines.reduce<string>(
    (left, line) => (line ? left.replaceAll(line, ' ') : left),
    form.plainText(text),
  );
  const words = wordsOf(said.replace(/https?:\/\/\S+|[#＃][\p{L}\p{M}\p{N}_]+/gu, ' '));
  return words.length === 0 ? null : createHash('sha256').update(words.join(' ')).digest('hex');
}
