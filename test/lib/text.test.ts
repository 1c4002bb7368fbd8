import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, plainLine, truncate } from '../../src/lib/text.ts';

const graphemes = (text: string) => [...new Intl.Segmenter('und').segment(text)].map((part) => part.segment);

test.each([
  ['see https://news.example/a/long/path now', 30, 'see…'],
  ['much more is written about #Rīgaslidosta', 36, 'much more is written about…'],
  ['prices at Booking.com rose', 18, 'prices at…'],
  ['@somebody', 5, '…'],
])('%j cut to %d is %j: what leads somewhere goes whole', (text, limit, cut) => {
  expect(truncate(text, limit)).toBe(cut);
});

describe('a text that is cut', () => {
  test('fits, begins as the original does, and no grapheme is broken', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const cut = truncate(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        if (cut === text) return;
        const kept = cut.replace(/…$/u, '');
        expect(text.startsWith(kept)).toBe(true);
        expect(graphemes(text).slice(0, graphemes(kept).length).join('')).toBe(kept);
      }),
      // A lone combining mark joins the ellipsis; texts from people begin with a letter.
      { examples: [['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12]] },
    );
  });

  test('ends at a word where it can', () => {
    expect(truncate('The council planted trees along the river', 20)).toBe('The council planted…');
  });
});

test('white space and what nobody sees are folded away', () => {
  expect(plainLine(' a\u0000\u200b b\n\t c\u202e ')).toBe('a b c');
});

test('nothing in an escaped text can open a tag or end an attribute', () => {
  fc.assert(fc.property(fc.string(), (text) => !/[<>"']/u.test(escapeHtml(text))));
});
