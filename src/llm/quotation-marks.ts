/**
 * Whether `text` leaves a quotation or bracket open, or closes one that it did not open (`stray`).
 * Knows „…“ „…” “…” ”…” «…» »…« 「…」 and "…"; one pass.
 */
export function unpaired(text: string): { open: boolean; stray: boolean } {
  let quotes = 0;
  let low = 0;
  let reversed = 0;
  let brackets = 0;
  let stray = false;
  let before = ' ';
  for (const character of text) {
    const afterSpace = /[\s([\p{Pd}]/u.test(before);
    switch (character) {
      case '„':
        low += 1;
        quotes += 1;
        break;
      case '「':
      case '『':
        quotes += 1;
        break;
      // Opens in English, closes what „ opened in German, Lithuanian and Russian.
      case '“':
        if (low > 0) {
          low -= 1;
          quotes -= 1;
        } else quotes += 1;
        break;
      case '«':
        if (reversed > 0) {
          reversed -= 1;
          quotes -= 1;
        } else quotes += 1;
        break;
      case '”':
      case '»':
      case '」':
      case '』':
        if (quotes > 0) {
          quotes -= 1;
          low = Math.max(0, low - (character === '”' ? 1 : 0));
        } else if (afterSpace) {
          quotes += 1;
          if (character === '»') reversed += 1;
        } else stray = true;
        break;
      case '"':
        if (afterSpace) quotes += 1;
        else if (quotes > 0) quotes -= 1;
        // Behind a number it may be inches.
        else if (!/\p{N}/u.test(before)) stray = true;
        break;
      case '(':
      case '[':
        brackets += 1;
        break;
      case ')':
      case ']':
        if (brackets === 0) stray = true;
        else brackets -= 1;
        break;
    }
    before = character;
  }
  return { open: quotes > 0 || brackets > 0, stray };
}
