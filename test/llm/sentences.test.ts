import { describe, expect, test } from 'vitest';
import { sentences } from '../../src/llm/sentences.ts';

/** Each row: the text, its sentences parted by `|`. */
const WHOLE: [string, string][] = [
  ['en', 'Dr. Anna J. Liepa of the U.S. firm North Inc. said so.|She left at 5 p.m. on Feb. 3 for St. Louis.'],
  ['en', 'Sales rose 2.5 percent, i.e. by $1.2 million, vs. 2 percent in 2025.|Mr. Ozols is glad.'],
  ['en', '“It works! We tried it,” she said.|The mill (see p. 5, No. 3) opened.'],
  ['en', 'Asked twice, the miller said no.|The town loves art.|See No. 5 and art. 12.'],
  ['en', 'The fair ended at 10 p.m.|Nobody complained.|The U.S. won 3.5 to 2.'],
  ['en', 'Read Booking.com reviews.|Version 2.0 is out!|Is it? Yes.'.replace('? Yes', '?|Yes')],
  [
    'lv',
    '2026. gada 15. februārī plkst. 12.30 A. Liepa, t.sk. SIA “Maize” vadītāja, atvēra dzirnavas.|Tās maļ u.c. graudus.',
  ],
  ['lv', 'Dzirnavas Rīgas ielā 5, Valmierā, izmaksāja 2,5 milj. eiro.|Prof. J. Bērziņš par to, piem., priecājas.'],
  ['lv', '“Mēs gaidījām. Tagad ir labi,” teica Ozola.|Darbs sāksies 3. martā.'],
  ['ru', 'В 2026 г. мельница на ул. Ленина, д. 5, смолола 4,5 тыс. тонн ржи и т. д. за год.|А. С. Пушкин рад.'],
  ['ru', 'Цена — 25 руб. за кг.|Он живёт в г. Риге, т. е. недалеко.|«Правда? Да!» — сказал он.'],
  ['ru', 'Встреча пройдёт 15 февр. 2026 г. в Риге.|Придут им. Петров и др. гости.'],
  ['de', 'Am 15. Februar 2026 öffnet z. B. die Mühle von Dr. Anna Liepa, d. h. bald.|Sie kostet 2,5 Mio. Euro.'],
  ['de', 'Das 3. Quartal war gut, u. a. wegen der ca. 500 Kunden.|Die Nr. 1 ist Hr. Ozols.'],
  [
    'lt',
    '2026 m. vasario 15 d. 12 val. malūną Vilniaus g. 5 atidarė A. Liepa Kaune Nr. 5.|Jis kainavo 2,5 mln. eurų, t. y. daug.',
  ],
  ['lt', 'Prof. J. Kazlauskas, pvz., džiaugiasi.|Darbas prasidės kovo 3 d. Kaune.'],
  [
    'et',
    '15. veebruaril 2026 kell 12.30 avas A. Liepa veski, s.t varsti.|See maksis 2,5 mln eurot jne.|Nt rukis on odav.',
  ],
  ['et', 'Tartu mnt. 5 asub veski.|Dr. Tamm rõõmustab 3. märtsil.'],
  ['fr', 'M. Dupont a dit oui.|Le moulin ouvre en mars.'],
  ['ja', '風車が開いた。|町は喜んだ。'],
];

describe('sentences', () => {
  test.each(WHOLE)('part where a person would part them (%s: %s)', (language, parted) => {
    const expected = parted.split('|');
    const text = language === 'ja' ? expected.join('') : expected.join(' ');
    expect(sentences(text, language).map((one) => one.text)).toEqual(expected);
  });

  test.each([
    ['A heading without a full stop', false],
    ['It ends here.', true],
    ['“It ends here.”', true],
    ['“It goes on.', false],
    ['It ends here.”', false],
    ['It ends (here.', false],
    ['It ends here).', false],
    ['It is 5" wide.', true],
    ['A list follows:', false],
  ])('are complete or not (%s: %s)', (text, complete) => {
    expect(sentences(text, 'en')[0]?.complete).toBe(complete);
  });

  test('keep their places in the text', () => {
    const text = ' The  mill\ngrinds rye. \n\n It opens in March. ';
    for (const { text: said, start, end } of sentences(text, 'en'))
      expect(text.slice(start, end).replace(/\s+/gu, ' ')).toBe(said);
  });
});
