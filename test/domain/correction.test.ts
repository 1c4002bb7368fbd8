import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentHash, correctionOf, correctionWords, partsOfWording, wordingOf } from '../../src/domain/correction.ts';

const AT = new Date('2026-11-23T12:00:00Z');
const said = (text: string, title = 'The bridge') => ({ title, text });
const same = (one: string, other: string) => contentHash(said(one)) === contentHash(said(other));

describe('what changes by itself changes no hash', () => {
  test.each([
    ['white space and paragraphs', 'One two.\n\nThree  four.', 'One two. Three four.'],
    ['quotation marks, dashes and case', '“Now” – he said.', '"now" - He said.'],
    ['soft hyphens', 'Har\u00adbour news.', 'Harbour news.'],
    ['tracking parameters', 'See https://a.example/x?utm_source=feed now.', 'See https://a.example/x now.'],
    ['a number of comments', 'The end. 12 comments', 'The end. 340 comments'],
    ['a number of comments in Latvian', 'Beigas. (3 komentāri)', 'Beigas.'],
    ['a stamp', 'The end.\nUpdated: 23 November 2026, 12:30', 'The end.'],
    ['a stamp in Russian', 'Конец.\nОбновлено 2 часа назад', 'Конец.\nОбновлено 5 минут назад'],
  ])('%s', (_, one, other) => {
    expect(same(one, other)).toBe(true);
  });
});

test.each([
  ['a number', 'It costs 40 million.', 'It costs 55 million.'],
  ['a decimal sign', 'It is 1.5 m high.', 'It is 15 m high.'],
  ['a sign', 'It was -5 degrees.', 'It was 5 degrees.'],
  ['a name', 'Anna won.', 'Inga won.'],
  ['a negation', 'It is open.', 'It is not open.'],
  ['the order of sentences', 'First this. Then that.', 'Then that. First this.'],
  ['a number of views that is the news', 'The film has 3 million views.', 'The film has 4 million views.'],
])('%s makes another one', (_, one, other) => {
  expect(same(one, other)).toBe(false);
});

test('a correction tells the former title and the sentences that went and came', () => {
  const before = said('It opens on Monday. It costs 40 million.', 'Bridge opens');
  const found = correctionOf(before, said('It opens on Monday. It costs 55 million.', 'Bridge to open'), AT);
  expect(found).toEqual({
    ...{ at: AT, formerTitle: 'Bridge opens', formerHash: contentHash(before), pageProblem: null },
    ...{ gone: 'It costs 40 million.', came: 'It costs 55 million.' },
  });
  expect(found && correctionWords(found)).toBe(
    'its title was “Bridge opens”, “It costs 40 million.” is gone, “It costs 55 million.” came',
  );
  expect(correctionOf(before, { ...before, text: ` ${before.text}\n` }, AT)).toBeNull();
});

test('whatever a feed says has a hash, the same for the same, and its wording tells title and text apart', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (title, text) => {
      expect(contentHash({ title, text })).toBe(contentHash({ title: ` ${title} `, text: `${text}\n` }));
      const parts = partsOfWording(wordingOf({ title, text }));
      expect(parts).toHaveLength(text === '' ? 1 : 2);
      expect(partsOfWording(wordingOf({ title, text: `${text}x` }))[0]).toBe(parts[0]);
    }),
  );
});
