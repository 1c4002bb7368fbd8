import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ground } from '../../src/llm/grounding.ts';
import { article } from './fixtures.ts';
import { STORIES } from './grounding-pairs/pairs.ts';

function failures(source: string, text: string, allowed: string[] = []): [string, string][] {
  return ground(article('', source), text, allowed).failures.map(({ kind, span }) => [kind, span]);
}

describe('numbers by value', () => {
  test.each([
    ['The firm earned 2.5 million euros.', 'Uzņēmums nopelnīja 2,5 miljonus eiro.'],
    ['The firm earned 2.5 million euros.', 'Компания заработала 2,5 млн евро.'],
    ['The firm earned 2.5 million euros.', 'Nopelnīti 2 500 000 eiro.'],
    ['The firm earned 2.5 million euros.', 'It earned €2.5M.'],
    ['Uzņēmums nopelnīja 1 234 567 eiro.', 'It earned 1,234,567 euros; 1.234.567 Euro; 1\u00a0234\u00a0567 евро.'],
    [
      'Выручка выросла на 10 % до 3 тыс. евро.',
      'Revenue grew 10% to 3,000 euros (10 percent, 10 procenti, 10 процентов).',
    ],
    ['Izmaksas bija 1,2 miljardi eiro.', 'The cost was 1.2 billion; 1,2 млрд; 1.2bn.'],
    ['Between 2 and 3 million people; 10, 12 and 15 percent.', '2 million, 3 million, 10 %, 12 %, 15 %.'],
    ['Three firms and twenty-five people.', '3 firms, 25 people.'],
    ['Četri uzņēmumi un divdesmit cilvēki.', '4 firms, 20 people.'],
    ['Пять компаний, миллион евро.', '5 firms, 1 million euros.'],
    ['It rose in the first quarter of 2026.', 'It rose in Q1 of 2026.'],
    ['He runs GPT-4 on 15.02.2026 at 10:30.', 'GPT-4, 10.30, 15.02.2026'],
    ['The score was 0.50 after 4,500 tries.', '0,5 · 4500 · 4 500'],
    ['٢٠٢٦ was a good year.', '2026'],
    ['It has 1️ leg.', 'Step 2️⃣'],
    ['Over 9007199254740993 grains.', '9 007 199 254 740 993'],
  ])('%s → %s', (source, text) => {
    expect(failures(source, text)).toEqual([]);
  });

  test.each([
    ['The firm earned 2.5 million euros.', 'Uzņēmums nopelnīja 2,6 miljonus eiro.', '2,6 miljonus'],
    ['The firm earned 2.5 million euros.', 'Компания заработала 2,5 млрд евро.', '2,5 млрд'],
    ['The firm earned 2.5 million euros.', 'It earned 25 million.', '25 million'],
    ['Nopelnīti 1 234 567 eiro.', 'It earned 1,234,568.', '1,234,568'],
    ['Выручка выросла на 10 %.', 'Revenue grew 11%.', '11%'],
    ['There were 10 people.', 'Ten, or 10 %, came.', '10 %'],
    ['Founded in 2019.', 'Dibināts 2018. gadā.', '2018'],
    ['Three firms.', '4 firms.', '4'],
    ['Over 9007199254740993 grains.', '9007199254740992', '9007199254740992'],
    ['The score was 0.5.', 'The score was 5.', '5'],
    ['Сотрудников 38.', 'Сотрудников 83.', '83'],
  ])('%s does not say %s', (source, text, span) => {
    expect(failures(source, text)).toEqual([['number', span]]);
  });
});

describe('addresses', () => {
  const source = 'Booking.com and https://agency.example/report (see also press@agency.example) agreed.';
  test('the article’s own, its page and the brand’s links pass', () => {
    const text =
      'Booking.com, https://www.agency.example/report/, press@agency.example, news.example, https://news.example/story-1 and https://go.example/r/AbC, https://north.example/shop/rye';
    expect(failures(source, text, ['https://go.example/r/AbC', 'https://north.example/'])).toEqual([]);
  });
  test.each([
    ['https://agency.example/other', 'https://agency.example/other'],
    ['Read evil.com.', 'evil.com'],
    ['(evil.com/a?b=1)', 'evil.com/a?b=1'],
    ['t.me/scam now', 't.me/scam'],
    ['Write to win@evil.org!', 'win@evil.org'],
    ['Booking.com.evil.net', 'Booking.com.evil.net'],
    ['мир.рф', 'мир.рф'],
    ['tg://resolve?domain=scam', 'tg://resolve?domain=scam'],
    ['https://go.example/r/other', 'https://go.example/r/other'],
    ['https://north.example.evil.net/', 'https://north.example.evil.net/'],
  ])('%s fails', (text, span) => {
    expect(failures(source, text, ['https://go.example/r/AbC', 'https://north.example/'])).toEqual([['url', span]]);
  });
  test('abbreviations and lost spaces are no addresses', () => {
    expect(failures('', 'Tas ir t.i. un t.sk. šis, т.е. это, z.B. das, e.g. this, U.S. too.Then more.')).toEqual([]);
  });
});

describe('quotations word for word', () => {
  const source =
    'He said: “We ran out of flour twice last winter, and it won’t happen again.” SIA „Rīgas Piens” agreed.';
  test.each([
    '“We ran out of flour twice last winter,” he said.',
    '«we ran out of flour twice last winter»',
    '"We ran out of flour … and it won\'t happen again."',
    'With „Rīgas Pienu”.',
    'He said it won’t happen, didn’t he?',
    'An open “quotation that never ends',
  ])('%s passes', (text) => {
    expect(failures(source, text)).toEqual([]);
  });
  test.each([
    ['“We ran out of flour twice last summer”', 'We ran out of flour twice last summer'],
    ['„Nekad vairs”', 'Nekad vairs'],
    ['«We ran out of rye»', 'We ran out of rye'],
    ['„We „ran“ out of rye“', 'We „ran“ out of rye'],
    ['"out of flour last winter"', 'out of flour last winter'],
  ])('%s fails', (text, span) => {
    expect(failures(source, text)).toEqual([['quote', span]]);
  });
});

describe('mentions, phone numbers and what can’t be seen', () => {
  const source = 'Ask @NorthBakery or call +371 67 123 456 by 2026-03-01.';
  test('the article’s own pass, in any spelling', () => {
    expect(failures(source, '@northbakery, 67123456, +37167123456, (+371) 67-123-456, 2026-03-01')).toEqual([]);
  });
  test.each([
    ['@everyone look', [['mention', '@everyone']]],
    ['＠scammer', [['mention', '＠scammer']]],
    ['call +371 20 000 000', [['phone', '+371 20 000 000']]],
    ['zvaniet 20000000', [['phone', '20000000']]],
    ['67 123-457', [['phone', '67 123-457']]],
    ['No\u200bthing', [['hidden', 'U+200B']]],
    ['\u{e0041}\u{e0042}\u202e', [['hidden', 'U+E0041 U+E0042 U+202E']]],
    [
      'ev\u00adil.com',
      [
        ['hidden', 'U+00AD'],
        ['url', 'evil.com'],
      ],
    ],
  ])('%s fails', (text, expected) => {
    expect(failures(source, text)).toEqual(expected);
  });
  test('calling everybody fails even where the article does', () => {
    expect(failures('Hello @everyone', 'Hello @everyone')).toEqual([['mention', '@everyone']]);
  });
  test('joiners and selectors inside emoji, flags, Persian and Hindi are no hidden text', () => {
    expect(failures('', '👩‍👩‍👧‍👦 ❤️ 👍🏽 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 می‌خواهم क्‍ष שלום\u200f!')).toEqual([]);
  });
});

describe('any text', () => {
  test('is true to itself', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(
        '2,5',
        '1 000',
        '10 %',
        'million',
        'evil.com',
        '@you',
        '+371 20 000 000',
        '„',
        '”',
        '15.02',
        '–',
        '2026',
      ),
    );
    const text = fc
      .array(word, { maxLength: 30 })
      .map((words) => words.join(' ').replace(/@(?=here|all|everyone|channel)/giu, ''));
    fc.assert(
      fc.property(text, (said) => {
        expect(failures(said, said).filter(([kind]) => kind !== 'hidden')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  const TRAPS = [
    '1',
    '1 ',
    '1.',
    '111 ',
    '1,000',
    'a.',
    'a@',
    '@',
    '“',
    '"',
    '„a',
    '(',
    '+1(',
    'http://',
    'a-',
    '\u200b',
    '<',
    '[x](',
    '*',
    '…',
    '12 million and ',
    'Anna ',
    'Рига ',
    'two ',
    '15. ',
    '10:30 ',
    'US$',
    'N.A.T.O.',
    'May ',
    '#Tag',
  ];
  let times = 0;
  const costMs = (trap: string, length: number): number => {
    times += 1;
    const long = trap.repeat(Math.ceil(length / trap.length));
    const before = process.threadCpuUsage();
    // Another title each time: the article read last is kept.
    ground(article(`${times}`, long), long, ['https://go.example/']);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
  test.each(TRAPS)('of 200,000 characters of %j takes time in proportion to its length', (trap) => {
    const short = Math.min(costMs(trap, 50_000), costMs(trap, 50_000));
    // Linear work takes 4 times as long, quadratic 16 times; the 200 ms are for what is too quick to measure.
    expect(costMs(trap, 200_000)).toBeLessThan(9 * short + 200);
  });

  test('any sentences of a story are true to the story', () => {
    const stories = Object.values(STORIES)
      .flat()
      .map(({ article: text }) => ({
        text,
        sentences: [...new Intl.Segmenter('und', { granularity: 'sentence' }).segment(text)].map(
          ({ segment }) => segment,
        ),
      }));
    const some = fc
      .constantFrom(...stories)
      .chain(({ text, sentences }) => fc.tuple(fc.constant(text), fc.shuffledSubarray(sentences)));
    fc.assert(
      fc.property(some, ([text, sentences]) => {
        expect(failures(text, sentences.join(' '))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('is judged without an error, whatever text and article are', () => {
    const any = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.lorem());
    fc.assert(
      fc.property(any, any, (source, text) => {
        const { ok, failures: found } = ground(article('', source), text, []);
        expect(ok).toBe(found.length === 0);
      }),
      { numRuns: 500 },
    );
  });

  test('the brand may say its own name, and nobody else’s', () => {
    const text = 'In short, from us at North Bakery 24: flour is dearer.';
    const about = article('', 'Flour is dearer.');
    expect(ground(about, text, [], 'North Bakery 24').failures).toEqual([]);
    expect(ground(about, text, [], 'South').failures.map(({ span }) => span)).toEqual(['24', 'North Bakery']);
  });
});
