import { createHash } from 'node:crypto';
import { truncate } from '../lib/text.ts';
import { canonicalUrl } from '../lib/url.ts';

/** A frozen article that says something else now. */
export interface Correction {
  at: Date;
  /** What it was called before; null = it is called the same. */
  formerTitle: string | null;
  /** contentHash before. */
  formerHash: string;
  /** A sentence that is gone, and one that came, where the text changed; cut to be shown. */
  gone: string | null;
  came: string | null;
  /** Why only the feed's word is known of it; null = its page was read again. */
  pageProblem: string | null;
}

/** So many of an article's corrections are kept, the latest. */
export const CORRECTIONS_KEPT = 10;
const SHOWN_LENGTH = 160;

/**
 * SHA-256 (hex) of what title and text say, without what changes by itself: white space, markup, case, kinds of
 * quotation marks and dashes, tracking parameters, numbers of comments, "updated" stamps. The same for the same words.
 */
export function contentHash({ title, text }: { title: string; text: string }): string {
  const said = [title, ...statements(text)].map(folded).filter(Boolean);
  return createHash('sha256').update(said.join('\n')).digest('hex');
}

/** What a feed says of an article, in short: 16 digits of the title's hash and, after a dot, of the text's, if it has one. */
export function wordingOf({ title, text }: { title: string; text: string }): string {
  const short = (part: { title: string; text: string }) => contentHash(part).slice(0, 16);
  return `${short({ title, text: '' })}.${text === '' ? '' : short({ title: '', text })}`;
}

/** Title and text of a wording apart, each as something to look the other's up by. */
export function partsOfWording(wording: string): string[] {
  const [title, text] = wording.split('.');
  return [`title ${title}`, ...(text ? [`text ${text}`] : [])];
}

/** What changed between two readings of an article; null when it says the same. */
export function correctionOf(
  before: { title: string; text: string },
  now: { title: string; text: string },
  at: Date,
  pageProblem: string | null = null,
): Correction | null {
  const formerHash = contentHash(before);
  if (formerHash === contentHash(now)) return null;
  const had = statements(before.text);
  const has = statements(now.text);
  return {
    at,
    formerTitle: folded(before.title) === folded(now.title) ? null : before.title,
    formerHash,
    gone: firstWithout(had, has),
    came: firstWithout(has, had),
    pageProblem,
  };
}

/** A correction in half a sentence, for a person. */
export function correctionWords({ formerTitle, gone, came }: Correction): string {
  const parts = [
    formerTitle === null ? null : `its title was “${truncate(formerTitle, SHOWN_LENGTH)}”`,
    gone === null ? null : `“${gone}” is gone`,
    came === null ? null : `“${came}” came`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'it says something else now' : parts.join(', ');
}

/** The reason of a post that has to be looked at because of it. */
export function correctedReason(correction: Correction): string {
  return `the article was corrected: ${correctionWords(correction)}`;
}

const COMMENTS =
  '(?:comments?|replies|shares?|likes?|views?|komentār\\p{L}*|комментари\\p{L}*|kommentar\\p{L}*|komentar\\p{L}*|kommentaar\\p{L}*)';
/** "12 comments", "(3 shares)", "Comments: 12". */
const COUNTS = new RegExp(
  `\\(?(?<![\\p{L}\\p{N}])(?:\\d[\\d.,\\u00a0 ]*\\s*${COMMENTS}|${COMMENTS}\\s*[:(]\\s*\\d[\\d.,]*)(?![\\p{L}\\p{N}])\\)?`,
  'giu',
);
/** A line that only says when: "Updated: 23 November 2026, 12:30", "Last modified 2 hours ago". */
const STAMP =
  /^\W*(?:last\s+)?(?:updated|modified|edited|published|posted|atjaun\p{L}*|publicēt\p{L}*|обновл\p{L}*|опубликов\p{L}*|aktualisiert|veröffentlicht|stand|uuendatud|avaldatud|atnaujint\p{L}*|paskelbt\p{L}*)(?!\p{L}).{0,60}$/iu;
const DATED = /\d|ago|now|today|yesterday|nupat|tikko|šodien|только|сегодня|heute|gerade|täna|šiandien/iu;
const HAS_ADDRESS = /https?:/iu;
const HAS_NUMBER = /\d/u;

/** Sentences and lines, without those that only say when it was touched. */
function statements(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?…。！？]["”’»]?)\s+/u)
    .map((line) => withoutCounts(line).replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '' && !(line.length < 120 && STAMP.test(line) && DATED.test(line)));
}

/** Looked for only where there is a number: most texts are hashed at every poll. */
function withoutCounts(line: string): string {
  return HAS_NUMBER.test(line) ? line.replace(COUNTS, ' ') : line;
}

function folded(line: string): string {
  const plain = HAS_ADDRESS.test(line) ? line.replace(/https?:\/\/[^\s<>"']+/giu, canonicalUrl) : line;
  return withoutCounts(plain)
    .normalize('NFKC')
    .replace(/[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff“”„«»‟"‘’‚‹›`´']+/gu, '')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .toLowerCase();
}

function firstWithout(list: readonly string[], other: readonly string[]): string | null {
  const known = new Set(other.map(folded));
  const found = list.find((line) => !known.has(folded(line)));
  return found === undefined ? null : truncate(found, SHOWN_LENGTH);
}
