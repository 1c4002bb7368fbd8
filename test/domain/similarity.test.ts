import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alike, SAME_STORY, sketchOf } from '../../src/domain/similarity.ts';

const word = fc.stringMatching(/^[a-zāčēģīķļņšūžа-яё]{3,10}$/u);
const text = fc.array(word, { minLength: 80, maxLength: 160 }).map((words) => words.join(' '));

describe('texts that are alike', () => {
  test('are so in both directions, wholly to themselves, in any case, whatever stands between the words', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(alike(left, right)).toBe(alike(right, left));
        expect(alike(left, left.toUpperCase().replaceAll(' ', ',\n\n— '))).toBe(1);
      }),
      { numRuns: 50 },
    );
  });

  test('stay so within another frame, and share numbers in their sketches', () => {
    fc.assert(
      fc.property(text, text, (story, other) => {
        const words = other.split(' ');
        const copy = [...words.slice(0, 20), story, ...words.slice(20, 40)].join(' ');
        const numbers = new Set(sketchOf(copy));
        expect(alike(story, copy)).toBeGreaterThanOrEqual(SAME_STORY);
        expect(sketchOf(story).some((one) => numbers.has(one))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('are not those of other words', () => {
    fc.assert(
      fc.property(text, text, (left, right) => alike(`${left} a`, right) < SAME_STORY || left === right),
      {
        numRuns: 50,
      },
    );
  });

  test('are never short ones, nor a brief and the round-up that holds it', () => {
    const long = Array.from({ length: 400 }, (_, index) => `word${index}`);
    const brief = long.slice(0, 100).join(' ');
    expect(alike('The same few words.', 'The same few words.')).toBe(0);
    expect(sketchOf('The same few words.')).toEqual([]);
    expect(alike(brief, long.join(' '))).toBe(0);
    expect(alike(brief, long.slice(0, 200).join(' '))).toBe(1);
  });

  test('a sketch is the same on every machine, and fits the database', () => {
    const story = Array.from({ length: 100 }, (_, index) => `vārds${index}`).join(' ');
    const sketch = sketchOf(story);
    expect(sketch).toHaveLength(64);
    expect(sketch.every((one) => Number.isInteger(one) && Math.abs(one) <= 2 ** 31)).toBe(true);
    // Another way to make sketches would find nothing among those that are stored.
    expect(sketch.slice(0, 3)).toEqual([109449183, 236088406, 276861054]);
  });
});
