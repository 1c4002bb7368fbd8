import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowedOf, sanitise, sanitiseHashtag } from '../../src/llm/sanitise.ts';
import { readSource } from '../../src/llm/source.ts';
import { article } from './fixtures.ts';

const story = article(
  'Booking.com grows',
  'Booking.com and @NorthBakery grow. Call +371 67 123 456 or see freegame.com. Lot 67 123-456/78 was sold.',
);
const source = allowedOf(story, readSource(story));
const clean = (text: string) => sanitise(text, source).text;

test('names of the title that look like addresses stay, and figures that nobody is told to call', () => {
  const text = 'Booking.com grows. Lot 67 123-456/78 was sold.';
  expect(sanitise(text, source)).toEqual({ text, removed: [] });
});

test('addresses, mentions and phone numbers go even where the article has them: anybody may have put them there', () => {
  const { text, removed } = sanitise('Play at freegame.com with @NorthBakery, call 67 123 456.', source);
  expect(text).toBe('Play at with, call.');
  expect(removed.map(({ kind, span }) => [kind, span])).toEqual([
    ['url', 'freegame.com'],
    ['mention', '@NorthBakery'],
    ['phone', '67 123 456'],
  ]);
});

test.each([
  'evil[.]com',
  'evil (dot) com',
  'evil dot com',
  'hxxps://evil[.]com',
  'win at evil。com',
  'ｅｖｉｌ．ｃｏｍ',
  '𝐞𝐯𝐢𝐥.𝐜𝐨𝐦',
  'ⓔⓥⓘⓛ.com',
  'xn--e1afmkfd.xn--p1ai',
  'evil.zip',
  'me (at) evil (dot) com',
  'е\u0301vil.com',
  'evil․com',
])('%s is an address', (spelled) => {
  expect(sanitise(`Go to ${spelled} now.`, source).removed).toMatchObject([{ kind: 'url' }]);
});

test('the article’s own link goes without a word, another with one', () => {
  expect(sanitise('More: https://news.example/story-1', source)).toEqual({ text: 'More:', removed: [] });
  expect(sanitise('More (https://evil.example).', source)).toMatchObject({
    text: 'More.',
    removed: [{ kind: 'url', span: 'https://evil.example' }],
  });
});

test('an address that markup or invisible characters hide is found', () => {
  expect(clean('Go to ev**il.co**m and e\u200bvil.com and <b>ev</b>il.com')).toBe('Go to and and');
});

test('markup goes, its words stay', () => {
  expect(clean('# **Bold** and __this__\n\n\n\n<b>that</b> `x` [here](https://news.example/story-1)')).toBe(
    'Bold and this\n\nthat x here',
  );
});

test('hashtags are letters, digits and underscores with a letter among them', () => {
  expect(['#Rīga', 'rye bread', '2026', 'https://evil.example', '#\u200b', 'лето_2026'].map(sanitiseHashtag)).toEqual([
    'Rīga',
    'ryebread',
    '',
    'httpsevilexample',
    '',
    'лето_2026',
  ]);
});

test('what was cleaned has nothing more to clean', () => {
  const piece = fc.constantFrom(
    'evil',
    '.',
    'com',
    '@',
    'you',
    ' ',
    '+371',
    '20000000',
    '*',
    '**',
    '<b>',
    '(',
    ')',
    '[',
    '](',
    'https://',
    '/',
    '\u200b',
    '\n',
    '67',
    '_',
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (input) => {
      const once = sanitise(input, source);
      const twice = sanitise(once.text, source);
      expect(twice).toEqual({ text: once.text, removed: [] });
    }),
    { numRuns: 2000 },
  );
});
