import { expect, test } from 'vitest';
import { avoidedWords, countEmoji } from '../../src/domain/voice.ts';
import { changedPart } from '../../src/domain/writing.ts';

test.each([
  ['en', 'cheap', 'A cheaper mill', true],
  ['en', 'cheap', 'The Cheapside mill', false],
  ['en', 'art', 'An artisan starts', false],
  ['en', 'best of all', 'This is Best\nof all.', true],
  ['lv', 'unikāls', 'Unikāla iespēja', true],
  ['lv', 'lēts', 'Lēts jautājums', true],
  ['ru', 'дешёвый', 'По дешёвой цене', true],
  ['en', 'c++ (new)', 'All in c++ (new) now', true],
  ['en', 'mill', 'A windmill', false],
])('in %s, %j stands in %j: %s', (language, word, text, stands) => {
  expect(avoidedWords(text, { avoid: [word] }, language)).toEqual(stands ? [word] : []);
});

test('emoji are counted as people see them, and signs that are no emoji are not', () => {
  expect(countEmoji('Rye 🎉 👨‍👩‍👧‍👦 🇱🇻 2️⃣ ❤️')).toBe(5);
  expect(countEmoji('© 2026 North™ #1 → 100 %')).toBe(0);
});

test('an edit is kept without the end that both texts share', () => {
  expect(changedPart('Great news!\nA mill opens.\n\nhttps://a.example', 'A mill opens.\n\nhttps://a.example')).toEqual({
    before: 'Great news!\nA mill opens.\n\nhttps://a.example',
    after: 'A mill opens.\n\nhttps://a.example',
  });
  expect(changedPart('Great!\nlink', 'Good.\nlink')).toEqual({ before: 'Great!', after: 'Good.' });
  expect(changedPart('Same', 'Same ')).toBeNull();
});
