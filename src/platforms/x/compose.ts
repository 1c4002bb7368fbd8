import { truncate } from '../../lib/text.ts';
import type { PostParts } from '../../ports/platform.ts';
import { type Alive, CASHTAGS, joined, line, tame } from './tame.ts';
import { entities, isHashtag, POST_LIMIT, weightedLength } from './weight.ts';

/** More look like spam. */
export const HASHTAGS = 2;
/** What is left of a body must say something: shorter rests are left out. */
const LEAST_BODY = 40;

/** The parts of a post, safe to put together on X. */
export interface Pieces {
  /** Empty where the body says it. */
  headline: string;
  body: string;
  /** With its link; empty = none. */
  invitation: string;
  /** Empty = none. */
  link: string;
  hashtags: string;
  label: string;
  /** What of the body may stay alive. */
  alive: Alive;
}

/** What `parts` become on X; `length` is how many letters of the body are looked at. */
export function piecesOf(parts: PostParts, links: boolean, length = ENOUGH): Pieces {
  const nothing = { cashtags: 0, links };
  const story = paragraphs(parts.body.slice(0, 2 * length), length, { cashtags: CASHTAGS, links });
  const title = tame(line(head(parts.headline)), { cashtags: CASHTAGS, links });
  const headline = says(story, title) ? '' : title;
  const cashtags = CASHTAGS - entities(headline).filter((entity) => 'cashtag' in entity).length;
  const alive = { cashtags, links };
  const { callToAction: call } = parts;
  return {
    headline,
    body: cashtags === CASHTAGS ? story : paragraphs(story, length, alive),
    invitation: call === null || !links ? '' : `${tame(line(call.text), nothing)}: ${call.url}`,
    link: parts.link === null || !links ? '' : parts.link.url,
    hashtags: tags(parts.hashtags),
    label: parts.aiLabel === null ? '' : tame(line(parts.aiLabel), nothing),
    alive,
  };
}

/** All of it in one post of at most 280 weighted characters, giving up hashtags first, then the invitation; null = too long. */
export function whole({ headline, body, invitation, link, hashtags, label }: Pieces): string | null {
  const text = joined('\n\n', headline, body);
  if (weightedLength(text) > POST_LIMIT) return null;
  const candidates = [
    joined('\n\n', text, invitation, joined('\n', link, hashtags, label)),
    joined('\n\n', text, invitation, joined('\n', link, label)),
    joined('\n\n', text, joined('\n', link, label)),
  ];
  return candidates.find((candidate) => weightedLength(candidate) <= POST_LIMIT) ?? null;
}

/**
 * The parts as one post of at most 280 weighted characters. When there is no room, hashtags go first, then the invitation,
 * then the end of the body; link and label stay. A headline that the body repeats is left out.
 */
export function compose(parts: PostParts, links: boolean): string {
  const pieces = piecesOf(parts, links);
  const fitting = whole(pieces);
  if (fitting !== null) return fitting;
  const { headline, body, link, label, alive } = pieces;
  const tail = joined('\n', link, label);
  const room = POST_LIMIT - (tail === '' ? 0 : weightedLength(tail) + 2);
  const bodyRoom = headline === '' ? room : room - weightedLength(headline) - 2;
  const cut =
    body !== '' && bodyRoom >= LEAST_BODY
      ? joined('\n\n', headline, shorten(body, bodyRoom, alive))
      : shorten(headline || body, room, { ...alive, cashtags: CASHTAGS });
  return joined('\n\n', cut, tail);
}

/** As many whole sentences as fit when they fill half the room, otherwise words and an ellipsis. */
export function shorten(text: string, room: number, alive: Alive): string {
  let limit = room;
  for (;;) {
    const cut = tame(sentencesWithin(text, limit) ?? truncate(text, limit, weightedLength), alive).trim();
    const over = weightedLength(cut) - room;
    if (over <= 0 || cut === '') return cut;
    // A cut can make a link of what was none, or taming can add a space.
    limit -= Math.max(1, over);
  }
}

const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });
/** The whole sentences at the beginning that fit, when they fill half of `limit`. */
export function sentencesWithin(text: string, limit: number): string | null {
  let fitting = '';
  for (const { index, segment } of sentences.segment(text)) {
    const next = text.slice(0, index + segment.length).trim();
    if (!/[.!?…。！？]["'”’»)]*$/u.test(next)) continue;
    if (weightedLength(next) > limit) break;
    fitting = next;
  }
  return weightedLength(fitting) >= limit / 2 ? fitting : null;
}

/** More than a post of words can hold; X's patterns take quadratic time on long text. */
const ENOUGH = 600;
function head(text: string): string {
  return truncate(text.slice(0, 2 * ENOUGH), ENOUGH);
}

/** Tamed piece by piece: X's patterns take quadratic time. A line of dashes would part a thread. */
function paragraphs(text: string, length: number, alive: Alive): string {
  let room = length;
  let { cashtags } = alive;
  const tamed = (piece: string): string => {
    const short = truncate(line(piece.slice(0, 2 * ENOUGH)), Math.max(0, Math.min(room, ENOUGH)));
    const safe = tame(short, { ...alive, cashtags });
    cashtags -= entities(safe).filter((entity) => 'cashtag' in entity).length;
    room -= short.length + 1;
    return safe;
  };
  return text
    .split(/\n\s*\n/u)
    .map((paragraph) => {
      if (paragraph.length <= ENOUGH) return tamed(paragraph);
      const pieces: string[] = [];
      for (const { segment } of sentences.segment(paragraph)) {
        if (room < LEAST_BODY) break;
        pieces.push(`${tamed(segment)}${/\s$/u.test(segment) ? ' ' : ''}`);
      }
      return pieces.join('').trim();
    })
    .filter((paragraph) => paragraph !== '' && !/^-+$/u.test(paragraph))
    .join('\n\n');
}

/** Whether the body says the headline, give or take case and the stop at its end. */
function says(body: string, headline: string): boolean {
  return body.toLowerCase().includes(headline.toLowerCase().replace(/[.!?…\s]+$/u, ''));
}

function tags(hashtags: readonly string[]): string {
  return [...new Set(hashtags.map((tag) => line(tag).replace(/[^\p{L}\p{M}\p{N}_]/gu, '')))]
    .filter((tag) => tag.length <= 30 && isHashtag(tag))
    .slice(0, HASHTAGS)
    .map((tag) => `#${tag}`)
    .join(' ');
}
