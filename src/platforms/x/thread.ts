import { truncate } from '../../lib/text.ts';
import type { PostParts } from '../../ports/platform.ts';
import { type Pieces, piecesOf, sentencesWithin, whole } from './compose.ts';
import { joined, tame } from './tame.ts';
import { POST_LIMIT, weightedLength } from './weight.ts';

/** Between the parts of a thread: a line that a person can set and move. */
const BREAK = '\n\n---\n\n';
/** Longer threads are not read; each part costs what a post costs. */
const MOST_PARTS = 8;
/** What a person may make of it: X's own limit. */
export const PARTS_LIMIT = 25;
/** What is looked at of a body. */
const BODY_LENGTH = 4000;
/** `8/8 ` and what a person may add. */
const NUMBER_WEIGHT = 6;

/**
 * The parts as one post where they fit, otherwise as a thread: the headline and the label in the first part, which is what
 * readers meet first; invitation, link and hashtags in the last, because a link costs the part it stands in.
 */
export function composeThread(parts: PostParts, links: boolean): string {
  const pieces = piecesOf(parts, links, BODY_LENGTH);
  const alone = whole(pieces);
  if (alone !== null) return alone;
  const { headline, label, invitation, link, hashtags } = pieces;
  const limit = POST_LIMIT - NUMBER_WEIGHT;
  const open = headline === '' ? '' : truncate(headline, limit - weightOf(label), weightedLength);
  const texts = chunks(pieces, limit, limit - weightOf(open) - weightOf(label));
  const [first = '', ...rest] = texts;
  const messages = [joined('\n\n', open, first, label), ...rest];
  // What leads to readers' answers is worth a part of its own; hashtags aren't.
  const tails = [joined('\n\n', invitation, joined('\n', link, hashtags)), joined('\n\n', invitation, link)];
  const last = messages.at(-1) ?? '';
  const closing = tails.map((tail) => joined('\n\n', last, tail)).find((text) => weightedLength(text) <= limit);
  if (closing !== undefined) messages[messages.length - 1] = closing;
  else messages.push(tails.find((tail) => weightedLength(tail) <= limit) ?? link);
  return messages.filter((message) => message !== '').join(BREAK);
}

/** The posts that a text is sent as, numbered where that is wanted. */
export function threadParts(text: string, numbered: boolean): string[] {
  const parts = text
    .split(/\n\s*---\s*(?:\n|$)/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length < 2) return [text];
  return numbered ? parts.map((part, index) => `${index + 1}/${parts.length} ${part}`) : parts;
}

function weightOf(piece: string): number {
  return piece === '' ? 0 : weightedLength(piece) + 2;
}

/** The body in pieces of whole sentences, where they aren't longer than a post. */
function chunks({ body, alive }: Pieces, limit: number, firstRoom: number): string[] {
  const found: string[] = [];
  let rest = body;
  // A headline that fills its post leaves the first part without any body.
  if (firstRoom < LEAST_ROOM) found.push('');
  while (rest !== '' && found.length < MOST_PARTS) {
    const room = found.length === 0 ? firstRoom : limit;
    const last = found.length === MOST_PARTS - 1;
    let wanted = room;
    for (;;) {
      const [taken, left] = take(rest, wanted, last);
      const safe = tame(taken, alive);
      const over = weightedLength(safe) - room;
      if (over <= 0) {
        if (safe !== '') found.push(safe);
        // Nothing fits: what can't be sent whole is not sent.
        rest = safe === '' ? '' : left;
        break;
      }
      // A cut can make a link of what was none.
      wanted -= over;
    }
  }
  return found;
}
const LEAST_ROOM = 40;

function take(text: string, room: number, last: boolean): [string, string] {
  if (weightedLength(text.slice(0, 2 * POST_LIMIT + 1)) <= room) return [text, ''];
  const start = text.slice(0, 3 * POST_LIMIT);
  const sentences = sentencesWithin(start, room);
  if (sentences !== null) return [sentences, text.slice(sentences.length).trim()];
  const cut = truncate(start.toWellFormed(), room, weightedLength);
  if (last) return [cut, ''];
  const bare = cut.replace(/…$/u, '');
  return [cut, text.slice(bare.length).replace(/^[\s,;:–—-]+/u, '')];
}
