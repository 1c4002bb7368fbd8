import { describe, expect, test } from 'vitest';
import { hashtagsOf } from '../../src/llm/hashtags.ts';
import { sentences } from '../../src/llm/sentences.ts';
import { article } from './fixtures.ts';

const tags = (title: string, text: string, language: string, categories: string[] = [], most = 5) =>
  hashtagsOf({ ...article(title, text, language), categories }, sentences(text, language), most);

describe('hashtags', () => {
  test.each([
    [
      'en',
      'Baltic Bread opens a mill',
      'The firm Baltic Bread opened a mill in Latvia. People say Baltic Bread pays well in Latvia, and NATO buys it. Even NATO is glad. The American and the American firm came too, said NATO of Latvia.',
      ['BalticBread', 'Latvia', 'NATO'],
    ],
    [
      'lv',
      'Tekstu marķē arī Kuldīgas darbnīca',
      'Keramikas darbnīcā „Māla Upe” strādā pieci cilvēki. Latvijā un visā Latvijas tirgū to zina. Darbnīca Kuldīgā ir maza, un ES to atbalsta. Par ES naudu Latvijai nav žēl, saka ES.',
      ['Kuldīga', 'Latvija', 'ES', 'MālaUpe'],
    ],
    [
      'ru',
      'Мельница в Латвии',
      'Пекарня «Северная звезда» открыла мельницу в Латвии. По всей Латвии её знают, а НАТО покупает хлеб. Даже НАТО рада, говорят в НАТО.',
      ['Латвия', 'НАТО', 'СевернаяЗвезда'],
    ],
    [
      'lt',
      'Malūnas Lietuvoje',
      'Kepykla „Šiaurės duona“ atidarė malūną Lietuvoje. Visoje Lietuvoje ji žinoma.',
      ['Lietuva', 'ŠiaurėsDuona'],
    ],
    [
      'et',
      'Veski Eestis',
      'Pagariäri „Põhja Leib“ avas veski Eestis. Kogu Eesti teab seda, sest Eestis süüakse leiba.',
      ['Eesti', 'PõhjaLeib'],
    ],
    [
      'de',
      'Datenschutz in Lettland',
      'Beim Datenschutz ist in Lettland viel zu tun. Der neue Datenschutz kostet in Lettland Zeit, sagen alle. Ohne Datenschutz geht es nicht.',
      ['Lettland', 'Datenschutz'],
    ],
  ])('are names in a form that can stand alone (%s)', (language, title, text, expected) => {
    expect(tags(title, text, language)).toEqual(expected);
  });

  test('are common nouns in English where the title and the text keep using them, and nothing else of the title', () => {
    expect(
      tags(
        'The discount that forgot its town',
        'The discount is gone. It was a discount, and people forgot it. They forgot the old discount. A town forgot, too.',
        'en',
      ),
    ).toEqual(['Discount']);
  });

  test('come from the feed’s categories where the article uses their words, and never from "News"', () => {
    const text = 'The mill grinds rye. Bread prices rise in the town.';
    expect(tags('A mill', text, 'en', ['News', 'Bread prices', 'Horoscopes', 'Business/Mill'])).toEqual([
      'BreadPrices',
      'Mill',
    ]);
  });

  test('are never a shouted word, an inflected name, a month or a currency', () => {
    expect(
      tags('BIG SALE', 'A BIG SALE is on. The BIG SALE ends in March. See EUR and EUR prices, EUR.', 'en'),
    ).toEqual([]);
    expect(tags('Rīgā', 'Darbnīca Valmierā un veikals Valmierā. Darbs Valmierā.', 'lv')).toEqual([]);
  });

  test('are left out where the gate could not read them', () => {
    const text = 'The singer Michael McDonald sings. People like Michael McDonald. Nobody leaves Michael McDonald.';
    expect(tags('The singer Michael McDonald', text, 'en')).toEqual([]);
  });

  test('are as many as are wanted', () => {
    const text = 'Today NATO, OPEC, UNESCO. Later NATO, OPEC, UNESCO. Now NATO, OPEC, UNESCO.';
    expect(tags('', text, 'en', [], 2)).toHaveLength(2);
    expect(tags('', text, 'en', [], 0)).toEqual([]);
  });
});
