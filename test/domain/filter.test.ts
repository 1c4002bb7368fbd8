import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Filter, type Filterable, filteredBy, OPEN_FILTER } from '../../src/domain/filter.ts';
import { patternFault, wordFinder } from '../../src/domain/words.ts';

const NOW = new Date('2026-11-23T10:00:00Z');
const story: Filterable = {
  title: 'Saules paneļi Rīgā',
  text: 'Pilsēta uzstādīs 40 saules paneļus. Ёлка на площади — до января. The e-mail list is open.',
  language: 'lv',
  publishedAt: new Date('2026-11-22T10:00:00Z'),
  seenAt: NOW,
  categories: ['Vide', 'Latvia / Economy'],
};
const rule = (filter: Partial<Filter>, given: Partial<Filterable> = {}) =>
  filteredBy({ ...OPEN_FILTER, ...filter }, { ...story, ...given }, NOW);

describe('words', () => {
  const find = (pattern: string, text: string, ignoreDiacritics = false) =>
    wordFinder([pattern], { ignoreDiacritics })(text) !== null;

  test.each([
    ['saule', 'Saules', false],
    ['saul*', 'Saulespuķe un rīts', true],
    ['SAULES', 'mazās saules', true],
    ['art', 'smart art.', true],
    ['art', 'smart party', false],
    ['выбор*', 'После выборов', true],
    ['выбор', 'После выборов', false],
    ['stock market', 'The stock  market fell', true],
    ['stock mar*', 'stock-markets', true],
    ['stock market', 'stock of the market', false],
    ['e-mail', 'by e-mail or E mail', true],
    ['e-mail', 'by email', false],
    ['天气', '今天天气很好', true],
    ['天气', '天空', false],
    ['casino', 'ca\u00adsi\u200bno', true],
    ['ﬁne', 'a FINE day', true],
  ])('"%s" in "%s": %s', (pattern, text, found) => {
    expect(find(pattern, text)).toBe(found);
  });

  test.each([
    ['Riga', 'Rīga', true],
    ['rīga', 'RIGA', true],
    ['елка', 'Ёлка', true],
  ])('"%s" is in "%s" only where diacritics are ignored', (pattern, text) => {
    expect([find(pattern, text), find(pattern, text, true)]).toEqual([false, true]);
  });

  test.each(['', '*', 'a*b', '(a+)+', 'a|b', '^x$', 'C++', 'x'.repeat(101), 'a b c d e f g h i j k'])(
    '"%s" is no pattern',
    (pattern) => {
      expect(patternFault(pattern)).not.toBeNull();
    },
  );

  const word = fc.stringMatching(/^[a-zāčēģīķļņšūžа-яё]{1,12}$/u);

  test('a word is found wherever it stands alone, in any case, and never within another', () => {
    fc.assert(
      fc.property(word, fc.array(word), fc.array(word), (wanted, before, after) => {
        const others = [...before, ...after].filter((one) => one !== wanted);
        const text = [...before, wanted.toUpperCase(), ...after].join(' ');
        const glued = others.map((one) => `${wanted}${one}`).join(' ');
        return find(wanted, text) && !find(wanted, others.join(' ')) && !find(wanted, glued);
      }),
    );
  });

  test('a beginning is found in every word that begins so', () => {
    fc.assert(fc.property(word, word, (start, end) => find(`${start}*`, `x ${start}${end} y`)));
  });

  test('every pattern that is accepted finds itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (pattern) => {
        fc.pre(patternFault(pattern) === null);
        return find(pattern, pattern.replaceAll('*', ''), true);
      }),
    );
  });

  test('text of any kind is searched in time that grows with its length', () => {
    const patterns = [
      'a a a a a a a a a b',
      'aaaaaaaaaaaaaaaaaaaa*',
      ...Array.from({ length: 200 }, (_, one) => `a${one}*`),
    ];
    const finder = wordFinder(patterns, { ignoreDiacritics: true });
    const timed = (text: string) => {
      const start = process.threadCpuUsage();
      finder(text);
      return process.threadCpuUsage(start).user / 1000;
    };
    for (const piece of ['a ', 'a', '!', 'a\u0301', '天', 'a-', '\u200b']) {
      timed(piece.repeat(50_000));
      const [small, large] = [timed(piece.repeat(50_000)), timed(piece.repeat(400_000))];
      // Eight times the text; a square would take 64 times as long.
      expect(large, JSON.stringify(piece)).toBeLessThan(Math.max(small, 2) * 30);
    }
  });
});

describe('a filter', () => {
  test('that is open lets everything through', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.option(fc.date({ noInvalidDate: true })), (title, text, publishedAt) => {
        return rule({}, { title, text, publishedAt, language: 'und' }) === null;
      }),
    );
  });

  test.each<[Partial<Filter>, Partial<Filterable>, string | null]>([
    [{ excludeWords: ['kazino', 'paneļ*'] }, {}, 'filter exclude-words: “paneļ*” in the title'],
    [{ excludeWords: ['ёлка'] }, {}, 'filter exclude-words: “ёлка” in the text'],
    [{ requireWords: ['vējš', 'vēj*'] }, {}, 'filter require-words: no “vējš” or “vēj*” in title or text'],
    [{ requireWords: ['vējš', 'saul*'] }, {}, null],
    [{ languages: ['en', 'ru'] }, {}, 'filter language: lv is not en or ru'],
    [{ languages: ['lv'] }, {}, null],
    [{ languages: ['lv'] }, { language: 'und' }, 'filter language: it could not be told, only lv is wanted'],
    [{ maxAgeMs: 24 * 3_600_000 }, {}, null],
    [{ maxAgeMs: 24 * 3_600_000 - 1 }, {}, 'filter max-age: 24 hours old, at most 23 hours is wanted'],
    [{ maxAgeMs: 3_600_000 }, { publishedAt: null }, null],
    [{ maxAgeMs: 3_600_000 }, { publishedAt: new Date('2099-01-01') }, null],
    [{ minLength: 1000 }, { text: 'Short.' }, 'filter min-length: 6 characters, 1000 are wanted'],
    [{ minLength: 6 }, { text: 'Short.' }, null],
    [{ requireCategories: ['economy'] }, {}, null],
    [{ requireCategories: ['sport'] }, {}, 'filter require-categories: it is not in “sport”'],
    [{ requireCategories: ['sport'] }, { categories: undefined }, 'filter require-categories: it is not in “sport”'],
    [{ excludeCategories: ['latvia'] }, {}, 'filter exclude-categories: it is in “Latvia / Economy”'],
  ])('%j on %j: %s', (filter, given, expected) => {
    expect(rule(filter, given)).toBe(expected);
  });
});
