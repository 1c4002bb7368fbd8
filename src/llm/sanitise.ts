import type { Article } from '../domain/article.ts';
import type { GroundingFailure } from '../domain/post.ts';
import { hiddenFailures, mentionFailure, phoneFailure } from './grounding.ts';
import { stripHidden } from './hidden.ts';
import { addressKey, type Source } from './source.ts';
import { isCalled, links, mentions, phones, type Span, spelledLinks } from './spans.ts';

export interface Sanitised {
  text: string;
  /** What the writer should not have put in, for the reviewer; the article's own address is taken out without a word. */
  removed: GroundingFailure[];
}

/** What of an article may stand in a post as it is. */
export interface Allowed {
  source: Source;
  /** Its own addresses, as `addressKey` writes them. */
  own: ReadonlySet<string>;
  /** Names that look like addresses (`Booking.com`), by the same keys: those of its title and its site. */
  names: ReadonlySet<string>;
}

/** Taking something out can bring new neighbours together; what is left after so many rounds is the gate's to catch. */
const MOST_ROUNDS = 5;

/** Reads what may stay from the parts of an article that whoever writes into its text doesn't write. */
export function allowedOf(
  { title, siteName, url, canonicalUrl }: Pick<Article, 'title' | 'siteName' | 'url' | 'canonicalUrl'>,
  source: Source,
): Allowed {
  const hosts = [url, canonicalUrl].flatMap((one) => (URL.canParse(one) ? [new URL(one).hostname] : []));
  const named = links(`${title}\n${siteName ?? ''}\n${hosts.join('\n')}`).map(({ span }) => span);
  return {
    source,
    own: new Set([url, canonicalUrl].map(addressKey)),
    names: new Set(named.filter((span) => !/[/:@]/u.test(span)).map(addressKey)),
  };
}

/**
 * A model's text as a post may carry it: no addresses (the platform adds the link), no mentions, no phone numbers,
 * nothing invisible, no markup; also none that the article's text has, because anybody may have written them there.
 */
export function sanitise(input: string, allowed: Allowed): Sanitised {
  const removed: GroundingFailure[] = [];
  let text = input;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const cleaned = clean(text, allowed, removed);
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

function clean(input: string, allowed: Allowed, removed: GroundingFailure[]): string {
  const { text: visible, hidden } = stripHidden(input);
  removed.push(...hiddenFailures(hidden));
  const text = withoutMarkup(decoded(plainLetters(visible)));
  const kept: string[] = [];
  let end = 0;
  for (const { span, index, failure } of unwanted(text, allowed)) {
    if (index < end) continue;
    kept.push(text.slice(end, index));
    end = index + span.length;
    if (failure !== null) removed.push(failure);
  }
  kept.push(text.slice(end));
  return tidy(kept.join(''));
}

/** Wide, bold, circled letters, digits and dots as the plain ones, which platforms read them as in addresses. */
function plainLetters(text: string): string {
  return text.replace(/[\uff01-\uff5e\uff61\u2024\u2460-\u24ff\u{1d400}-\u{1d7ff}\u{1f100}-\u{1f169}]/gu, (letter) =>
    letter === '\uff61' ? '.' : letter.normalize('NFKC'),
  );
}

/** What must go, left to right; `failure` null where it is only not wanted here. */
function unwanted(text: string, { source, own, names }: Allowed): (Span & { failure: GroundingFailure | null })[] {
  const found: (Span & { failure: GroundingFailure | null })[] = [];
  for (const link of [...links(text), ...spelledLinks(text)]) {
    const key = addressKey(link.span);
    if (names.has(key) && !/[/:@]/u.test(link.span)) continue;
    const reason = 'a post carries no addresses but the link that the platform adds';
    found.push({ ...link, failure: own.has(key) ? null : { kind: 'url', span: link.span, reason } });
  }
  for (const mention of mentions(text)) {
    const reason = 'a post mentions no accounts';
    const failure = mentionFailure(mention.span, source) ?? { kind: 'mention', span: mention.span, reason };
    found.push({ ...mention, failure });
  }
  for (const phone of phones(text)) {
    const reason = 'a post carries no phone numbers';
    const foreign = phoneFailure(phone.span, source);
    // Figures of the article can look like a number to call; they stay unless the text says so.
    if (foreign !== null || isCalled(text, phone))
      found.push({ ...phone, failure: foreign ?? { kind: 'phone', span: phone.span, reason } });
  }
  return found.sort((left, right) => left.index - right.index || right.span.length - left.span.length);
}

const ENTITIES: Record<string, string> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' },
  ...{ period: '.', commat: '@', colon: ':', sol: '/', num: '#', plus: '+', hyphen: '-' },
};

/** HTML's entities as the letters they stand for: no platform's text has them. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/giu, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : '';
  });
}

/** HTML tags, markdown's links, emphasis, headings and code marks, leaving what they are around. */
function withoutMarkup(text: string): string {
  return text
    .replace(/<\/?[a-zA-Z][^<>]*>/gu, (tag) => addressesIn(tag))
    .replace(/!?\[([^[\]]*)\]\(([^()\s]*)\)/gu, '$1 $2')
    .replace(/\*\*|__|`+|~~|\|\|/gu, '')
    .replace(/^#{1,6} +/gmu, '');
}

/** The addresses of a tag, so that they are seen to go: `<https://…>`, `<a href=…>`. */
function addressesIn(tag: string): string {
  return [...tag.matchAll(/(?:[a-z]+:)?\/\/[^\s"'<>]+|mailto:[^\s"'<>]+/giu)]
    .map(([address]) => ` ${address} `)
    .join('');
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
