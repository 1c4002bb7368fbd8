import { createRequire } from 'node:module';

type TwitterText = typeof import('twitter-text');
type Entity = ReturnType<TwitterText['extractEntitiesWithIndices']>[number];

/** The longest post of an account without a subscription, in weighted characters. */
export const POST_LIMIT = 280;

let loaded: TwitterText | null = null;
/** X's own rules, loaded at first use: they take 20 MB that an installation without X need not spend. */
function twitterText(): TwitterText {
  loaded ??= createRequire(import.meta.url)('twitter-text') as TwitterText;
  return loaded;
}

/** X's patterns take quadratic time: longer texts are weighed in pieces of this length, and words that are longer by letter. */
const PIECE = 2000;
/** A text that no post can hold is counted by letter: how far it is over doesn't matter. */
const NO_POST = 20_000;

/** Counts 23, as every address does that X takes for one. */
const SOME_LINK = 'https://t.co/0123456789';

/**
 * The length as X counts it: 2 for an emoji or a CJK character, 23 for a link. A web address that X would not take for a
 * link (localhost, 127.0.0.1) counts by letter there, but becomes a link once PUBLIC_URL is a real one: the larger counts.
 */
export function weightedLength(text: string): number {
  if (text.length > NO_POST) return text.length;
  if (text.length > PIECE) return piecesOf(text).reduce((sum, piece) => sum + weightOf(piece), 0);
  return weightOf(text);
}

/** Cut between words: no link and no emoji goes over white space. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const word of text.match(/\s+|\S+/gu) ?? []) {
    const last = pieces.at(-1);
    if (last === undefined || last.length + word.length > PIECE) pieces.push(word);
    else pieces[pieces.length - 1] = last + word;
  }
  return pieces;
}

function weightOf(text: string): number {
  if (text.length > PIECE) return text.length;
  const { parseTweet, extractUrls } = twitterText();
  const weight = parseTweet(text).weightedLength;
  const addresses = text.match(/https?:\/\/\S+/giu);
  if (!addresses) return weight;
  const links = extractUrls(text);
  const unknown = addresses.filter((address) => !links.some((link) => address.startsWith(link)));
  if (unknown.length === 0) return weight;
  const asLinks = unknown.reduce((changed, address) => changed.replace(address, SOME_LINK), text);
  return Math.max(weight, parseTweet(asLinks).weightedLength);
}

/** What X would make live in a text: links, mentions, hashtags, cashtags, in order (within the first 2,000 letters). */
export function entities(text: string): Entity[] {
  return twitterText().extractEntitiesWithIndices(text.slice(0, PIECE));
}

/** Whether X takes `#tag` for a hashtag. */
export function isHashtag(tag: string): boolean {
  return twitterText().isValidHashtag(`#${tag}`);
}

/** Whether a text holds characters that X refuses: U+FFFE, U+FEFF, U+FFFF. */
export function hasInvalidCharacters(text: string): boolean {
  return twitterText().hasInvalidCharacters(text);
}
