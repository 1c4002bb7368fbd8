import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ground } from '../../src/llm/grounding.ts';
import { typeset } from '../../src/llm/typography.ts';
import { article } from './fixtures.ts';

/** A space that doesn't break, so that a reader of the table sees it. */
const spaced = (text: string) => text.replaceAll('~', '\u00a0');

describe('a text in a language', () => {
  test.each([
    ['en', 'He said: "It\'s done."', 'He said: “It’s done.”'],
    ['en', '12 % of 2,5 million, 1.500.000 euros', '12% of 2.5~million, 1,500,000~euros'],
    ['en', 'From 2026-02-15.', 'From 15~Feb 2026.'],
    ['lv', 'Ceptuve "Ziemeļi" un “Dzirnavas”', 'Ceptuve „Ziemeļi” un „Dzirnavas”'],
    ['lv', '2.5 milj. eiro, 25%, 1,500,000 gabalu, 25400 eiro', '2,5~milj. eiro, 25~%, 1~500~000 gabalu, 25~400~eiro'],
    ['lv', 'Līdz 2026-02-15. Tad 10-15 minūtes.', 'Līdz 15.02.2026. Tad 10–15~minūtes.'],
    ['ru', 'Пекарня "Север": 2.5 млн рублей, 30 %', 'Пекарня «Север»: 2,5~млн рублей, 30%'],
    ['ru', 'В 1990-1995 годах, 2026-02-15', 'В 1990–1995~годах, 15.02.2026'],
    ['de', 'Die "Mühle": 2.5 Mio. Euro, 25%, 25400 Euro', 'Die „Mühle“: 2,5~Mio. Euro, 25~%, 25.400~Euro'],
    ['lt', 'Kepykla "Šiaurė": 2.5 mln. eurų, 25%, 2026-02-15', 'Kepykla „Šiaurė“: 2,5~mln. eurų, 25~%, 2026-02-15'],
    ['et', 'Pagar "Põhi": 2.5 miljonit, 25 %, 2026-02-15', 'Pagar „Põhi”: 2,5~miljonit, 25%, 15.02.2026'],
  ])('has its marks (%s: %s)', (language, text, expected) => {
    expect(typeset(text, language)).toBe(spaced(expected));
  });

  test.each([
    'Node 24.1, v2.5, iOS 17.2 un ISO 9001.2',
    'LV-1010, Covid-19, F-16, rezultāts 6-4, plkst. 12.45, 12:30-13:45',
    'tālr. 67 123 456, +371 67-123-456, info@news.example',
    'https://news.example/a-1990-1995?x=2.5%25 un news.example/2026-02-15',
    '#tag2026-2027 @konts_1990 192.168.100.200 kods 2026-02-15T05:13 un ID1990-1995',
    '1990. gadā, 2026. gada 15. februārī, 1,500 gabalu',
    'Viņa teica: “viņš un nekas',
    '5" x 6" 🇱🇻 👩‍👩‍👧 1️⃣',
  ])('keeps what may be something else (%s)', (text) => {
    expect(typeset(text, 'lv')).toBe(text);
  });

  test('keeps figures and words in quotations', () => {
    expect(typeset('“No 2026-02-15 maksās 25400 eiro un 2.5 %”', 'lv')).toBe(
      '„No 2026-02-15 maksās 25400 eiro un 2.5 %”',
    );
  });

  test('stays as it is in a language whose habits nobody here knows', () => {
    expect(typeset('Il a dit "2.5 %"', 'fr')).toBe('Il a dit "2.5 %"');
    expect(typeset('"2.5 %"', 'constructor')).toBe('"2.5 %"');
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.nat(2_000_000).map(String),
    fc
      .tuple(fc.nat(1500), fc.constantFrom('.', ',', ' ', '-', ':', '–', '\u00a0', "'"), fc.nat(1500))
      .map((parts) => parts.join('')),
    fc.constantFrom(
      ' ',
      ' ',
      '"',
      '„',
      '“',
      '”',
      '«',
      '»',
      '\n',
      '.',
      ',',
      '-',
      '%',
      ' %',
      ' €',
      '$',
      ' eiro',
      ' млн',
      ' Mio.',
      ' km',
      "it's",
      '2026-02-15',
      '1990-1995',
      '1,500,000',
      '2.5',
      '12.45',
      'https://a.lv/1990-1995',
      '@name',
      '#tag',
      '+371 67 123 456',
      ' gads',
      ' и ',
      ' tālr. ',
      '`code 2.5 km`',
      '👩‍👩‍👧',
      '1️⃣',
      '\ue000',
      '10-15 km',
      '25 400 eiro',
    ),
  );
  const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
  const language = fc.constantFrom('en', 'lv', 'ru', 'de', 'lt', 'et');

  test('says nothing new when it is set, and setting it again changes nothing', () => {
    const property = fc.property(
      text,
      fc.array(piece, { maxLength: 14 }),
      text,
      language,
      (written, pieces, more, tongue) => {
        const set = typeset(written, tongue);
        expect(typeset(set, tongue)).toBe(set);
        // Articles that have some of what the text says, all of it, or none of it.
        for (const about of [written, pieces.join(' '), `${written.slice(0, written.length / 2)} ${more}`]) {
          const source = article('A title', about, tongue);
          const before = ground(source, written, []).failures.length;
          expect(ground(source, set, []).failures.length).toBeLessThanOrEqual(before);
        }
        const kept = (one: string) =>
          one.match(/https:\/\/a\.lv\/1990.1995|[@#](?:name|tag)|\p{Extended_Pictographic}/gu);
        expect(kept(set)).toEqual(kept(written));
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });
});
