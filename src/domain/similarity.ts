import { DAY } from '../lib/clock.ts';
import { wordsOf } from './words.ts';

/** Whether two texts tell the same story word by word: cut, framed, re-ordered or partly rewritten (docs/decisions/0007). */

/** How far apart the same story is looked for. */
export const SAME_STORY_WITHIN_MS = 5 * DAY;
/** From this share of common shingles on two texts are the same story; measured by scripts/bench-similarity.ts. */
export const SAME_STORY = 0.5;
/** Words in a shingle. */
const SHINGLE = 4;
/** A text with fewer shingles says too little to be compared. */
const LEAST = 30;
/** One that is shorter than this share of the other is a part of it, not the same: a brief in a weekly round-up. */
const LEAST_SHARE = 0.3;
/** Hashes in a sketch. */
const SKETCH = 64;

/**
 * What finds texts that may be alike: the 64 smallest hashes of the text's shingles, as signed 32-bit numbers. Two texts
 * with common shingles have common numbers in it. Empty when the text is too short to be compared.
 */
export function sketchOf(text: string): number[] {
  const shingles = shinglesOf(text);
  if (shingles.size < LEAST) return [];
  return [...Uint32Array.from(shingles).sort().slice(0, SKETCH)].map((hash) => hash | 0);
}

/** The share of the shorter text's shingles that the other has too, 0 to 1; 0 where they can't be compared. */
export function alike(left: string, right: string): number {
  const [shorter, longer] = [shinglesOf(left), shinglesOf(right)].sort((one, other) => one.size - other.size);
  if (shorter === undefined || longer === undefined) return 0;
  if (shorter.size < LEAST || shorter.size < longer.size * LEAST_SHARE) return 0;
  let common = 0;
  for (const shingle of shorter) if (longer.has(shingle)) common += 1;
  return common / shorter.size;
}

/** A hash of every four words that follow each other. */
function shinglesOf(text: string): Set<number> {
  const hashes = wordsOf(text).map(hashOf);
  const shingles = new Set<number>();
  for (let end = SHINGLE; end <= hashes.length; end++) {
    let mixed = 0;
    for (let at = end - SHINGLE; at < end; at++)
      mixed = Math.imul(mixed ^ (hashes[at] as number), 0x9e3779b1) + at - end;
    shingles.add(spread(mixed));
  }
  return shingles;
}

/** FNV-1a over UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}

/** The last step of MurmurHash3: every bit of the result hangs on every bit of the number. */
function spread(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
