/**
 * What shows nothing and can carry text or turn it round: controls, zero-width and bidirectional marks, fillers, tags
 * (which spell ASCII unseen), variation selectors. The three flags that are written with tags come first, to be kept.
 */
const SUSPECT =
  /(?<flag>\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f})|(?<sometimes>[\u200c-\u200f]|[\ufe00-\ufe0f])|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\u{e0000}-\u{e0fff}]|[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u115f\u1160\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]/gu;

const EMOJI_BEFORE = /(?:\p{Emoji}|\ufe0f)$/u;
const SELECTABLE_BEFORE = /[\p{Emoji}\p{So}\p{Sm}\p{Script=Han}\p{Script=Mongolian}]$/u;
const PICTOGRAPH_AFTER = /^\p{Extended_Pictographic}/u;
/** Letters of scripts that join (Arabic, Indic, Mongolian, Khmer …): neither Latin, Greek nor Cyrillic. */
const JOINING_LETTER = /[^\P{L}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]|\p{M}/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** `text` without what can't be seen, and what was taken out, spelled as code points. */
export function stripHidden(text: string): { text: string; hidden: string[] } {
  const hidden: string[] = [];
  const rightToLeft = RIGHT_TO_LEFT.test(text);
  const visible = text.replace(SUSPECT, (match: string, flag?: string, sometimes?: string, index = 0) => {
    if (flag !== undefined || (sometimes !== undefined && belongs(match, text, index, rightToLeft))) return match;
    hidden.push(`U+${(match.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
    return '';
  });
  return { text: visible, hidden };
}

/** Joiners, direction marks and variation selectors are right inside emoji and some scripts, hidden anywhere else. */
function belongs(character: string, text: string, index: number, rightToLeft: boolean): boolean {
  if (character === '\u200e' || character === '\u200f') return rightToLeft;
  const before = text.slice(Math.max(0, index - 2), index);
  const after = text.slice(index + 1, index + 3);
  if (character >= '\ufe00') return SELECTABLE_BEFORE.test(before);
  if (character === '\u200d' && EMOJI_BEFORE.test(before) && PICTOGRAPH_AFTER.test(after)) return true;
  return JOINING_LETTER.test(before) && JOINING_LETTER.test(after);
}
