const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const EMOJI = /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation})/v;
const INVISIBLE = /^[\p{Mark}\p{Control}\p{Format}]$/u;
/** East Asian Width W and F (Unicode TR 11), by block. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18d08}\u{1b000}-\u{1b2fb}\u{20000}-\u{3fffd}]$/u;

/** How many columns of a terminal `text` takes: 2 for East Asian and emoji, 0 for what only joins or marks. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/u.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (EMOJI.test(segment)) width += 2;
    else for (const character of segment) width += INVISIBLE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  }
  return width;
}
