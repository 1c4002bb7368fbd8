import type { GroundingFailure } from '../domain/post.ts';
import { hiddenFailures, mentionFailure, phoneFailure } from './grounding.ts';
import { stripHidden } from './hidden.ts';
import { addressKey, type Source } from './source.ts';
import { links, mentions, phones, type Span } from './spans.ts';

export interface Sanitised {
  text: string;
  /** What was not the article's, for the reviewer; the article's own links are taken out without a word. */
  removed: GroundingFailure[];
}

/** Taking something out can bring new neighbours together; what is left after so many rounds is the gate's to catch. */
const MOST_ROUNDS = 5;

/**
 * A model's text as a post may carry it: no addresses (the platform adds the link), no mentions or phone numbers that
 * the article doesn't have, nothing invisible, no markup. Names like `Booking.com` stay where the article has them.
 */
export function sanitise(input: string, source: Source): Sanitised {
  const removed: GroundingFailure[] = [];
  let text = input;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const cleaned = clean(text, source, removed);
    if (cleaned === text) break;
    text = cleaned;
  }
  return { text, removed };
}

/** A hashtag without its mark: letters, digits and underscores only; empty when there is no letter in it. */
export function sanitiseHashtag(input: string): string {
  const tag = stripHidden(input)
    .text.normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_]/gu, '');
  return /\p{L}/u.test(tag) && tag.length <= 60 ? tag : '';
}

function clean(input: string, source: Source, removed: GroundingFailure[]): string {
  const { text: visible, hidden } = stripHidden(input);
  removed.push(...hiddenFailures(hidden));
  const text = withoutMarkup(visible);
  const kept: string[] = [];
  let end = 0;
  for (const { span, index, failure } of foreign(text, source)) {
    if (index < end) continue;
    kept.push(text.slice(end, index));
    end = index + span.length;
    if (failure !== null) removed.push(failure);
  }
  kept.push(text.slice(end));
  return tidy(kept.join(''));
}

/** What must go, left to right; `failure` null where it is only not wanted here. */
function foreign(text: string, source: Source): (Span & { failure: GroundingFailure | null })[] {
  const found: (Span & { failure: GroundingFailure | null })[] = [];
  for (const link of links(text)) {
    const own = source.addresses.has(addressKey(link.span));
    if (own && !/[/:]/u.test(link.span)) continue;
    const reason = 'the writer added an address the article does not have';
    found.push({ ...link, failure: own ? null : { kind: 'url', span: link.span, reason } });
  }
  for (const mention of mentions(text)) {
    const failure = mentionFailure(mention.span, source);
    if (failure !== null) found.push({ ...mention, failure });
  }
  for (const phone of phones(text)) {
    const failure = phoneFailure(phone.span, source);
    if (failure !== null) found.push({ ...phone, failure });
  }
  return found.sort((left, right) => left.index - right.index);
}

/** HTML tags, markdown's links, emphasis, headings and code marks, leaving what they are around. */
function withoutMarkup(text: string): string {
  return text
    .replace(/<\/?[a-zA-Z][^<>]*>/gu, '')
    .replace(/!?\[([^[\]]*)\]\(([^()\s]*)\)/gu, '$1 $2')
    .replace(/\*\*|__|`+|~~|\|\|/gu, '')
    .replace(/^#{1,6} +/gmu, '');
}

/** Empty brackets, doubled spaces and spaces before punctuation, as a cut leaves them; at most one empty line. */
function tidy(text: string): string {
  return text
    .replace(/\(\s{0,3}\)|\[\s{0,3}\]|<>/gu, '')
    .replace(/\r\n?/gu, '\n')
    .split('\n')
    .map((line) => line.replace(/[\p{Zs}\t]+/gu, (gap) => (gap.length === 1 ? gap.replace('\t', ' ') : ' ')).trim())
    .join('\n')
    .replace(/ ([.,;:!?])(?=\s|$)/gu, '$1')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
