import { describe, expect, test } from 'vitest';
import { numbers } from '../../../src/llm/claims/numbers.ts';
import { found } from './support.ts';

describe('numbers in words', () => {
  test.each([
    ['twenty-three', '23e0'],
    ['one hundred and five', '105e0'],
    ['two and a half million', '25e5'],
    ['a quarter of a million', '25e4'],
    ['half a million', '5e5'],
    ['three thousand four hundred', '34e2'],
    ['divdesmit trīs', '23e0'],
    ['simt divdesmit pieci', '125e0'],
    ['pusotrs miljons', '15e5'],
    ['pusmiljons', '5e5'],
    ['trīssimt', '3e2'],
    ['двадцать три', '23e0'],
    ['полтора миллиона', '15e5'],
    ['полмиллиона', '5e5'],
    ['четверть миллиона', '25e4'],
    ['двести тысяч', '2e5'],
    ['dreiundzwanzig', '23e0'],
    ['zweihundertfünf', '205e0'],
    ['anderthalb Millionen', '15e5'],
    ['dvidešimt trys', '23e0'],
    ['pusantro milijono', '15e5'],
    ['kakskümmend kolm', '23e0'],
    ['poolteist miljonit', '15e5'],
    ['kolmsada', '3e2'],
  ])('%s', (text, value) => {
    const [only, ...more] = numbers(`x ${text} y`);
    expect(more).toEqual([]);
    expect(only?.values.map((one) => Number(one))).toContain(Number(value));
  });

  test.each([
    [
      'There are seven bakeries.',
      'Ir 7 maiznīcas. Семь пекарен. Sieben Bäckereien. Septynios kepyklos. Seitse pagariäri.',
    ],
    [
      'The third bakery opened.',
      'Atvērta trešā maiznīca. Открыта третья пекарня. Die dritte Bäckerei. Kolmas pagariäri.',
    ],
    ['Vairāk nekā puse no 40.', 'More than half of 40, over 50 %.'],
  ])('%s → %s', (source, text) => {
    expect(found(source, text)).toEqual([]);
  });

  test.each([
    ['There are seven bakeries.', 'Ir astoņas maiznīcas.', 'number: astoņas'],
    ['There are seven bakeries.', 'Восемь пекарен.', 'number: Восемь'],
    ['There are seven bakeries.', 'Es gibt dreizehn Bäckereien.', 'number: dreizehn'],
    ['Kepyklų yra septynios.', 'Kepyklų yra devynios.', 'number: devynios'],
    ['Seal on seitse pagariäri.', 'Seal on üheksa pagariäri.', 'number: üheksa'],
  ])('%s does not say %s', (source, text, failure) => {
    expect(found(source, text)).toEqual([failure]);
  });

  test('one, both and a word that means something else make no claim', () => {
    expect(found('Nothing.', 'One of them. Viens no tiem. Один из них. Eine von ihnen. Six? Viis seda teha.')).toEqual([
      'number: Six',
    ]);
  });
});

describe('formats, ranges and rounding', () => {
  test.each([
    ['It sold 1,234.5 tonnes.', '1 234,5 t · 1.234,5 tonnas · 1’234.5 тонны · 1234.5 tonnes'],
    ['Between 10 and 15 percent of 3 million.', '10–15 % of 3 mln; 10-15 procenti; от 10 до 15 процентов'],
    ['It costs 2–3 million euros.', '2 million to 3 million euros; no 2 līdz 3 milj. eiro'],
    ['Sales were 2,381,000 euros.', 'About 2.4 million euros; aptuveni 2,4 miljoni eiro; около 2,4 млн евро'],
    ['Sales were 2,381,000 euros.', 'More than 2 million euros; vairāk nekā 2 miljoni eiro; более 2 млн евро'],
    ['The board has XII members in 4 rooms.', '12 members, IV rooms'],
    ['The ½ litre bottle.', '0.5 litres, 0,5 litri'],
  ])('%s → %s', (source, text) => {
    expect(found(source, text)).toEqual([]);
  });

  test.each([
    ['Sales were 2,381,000 euros.', '2.4 million euros.', 'number: 2.4 million'],
    ['Sales were 2,381,000 euros.', 'About 3 million euros.', 'number: 3 million'],
    ['Sales were 2,381,000 euros.', 'More than 2.5 million euros.', 'number: 2.5 million'],
    ['Between 10 and 15 percent.', '10–16 %.', 'number: 16 %'],
  ])('%s does not say %s', (source, text, failure) => {
    expect(found(source, text)).toEqual([failure]);
  });
});

describe('what a number counts', () => {
  test.each([
    ['Rates rose by 2 percentage points.', 'Par 2 procentpunktiem. Um 2 Prozentpunkte. На 2 п. п.'],
    ['It cost $5 million.', '5 million US dollars; 5 miljoni ASV dolāru; 5 млн долларов; USD 5m'],
    ['It cost €5.', 'EUR 5, 5 eiro, 5 евро, 5 Euro, 5 eurų, 5 eurot'],
    ['It cost £5.', '5 pounds, 5 mārciņas, 5 фунтов'],
    ['It is 12 km long and 3 m² wide.', '12 kilometri, 12 километров, 12 kilometres, 3 square metres, 3 kvadrātmetri'],
    ['It weighs 7 tonnes.', '7 t, 7 tonnas, 7 тонн'],
    ['It takes 50 cents.', '0.50 euros, 50 centi'],
  ])('%s → %s', (source, text) => {
    expect(found(source, text)).toEqual([]);
  });

  test.each([
    ['Rates rose by 2 percentage points.', 'Rates rose by 2 %.', 'number: 2 %'],
    ['Rates rose by 2 %.', 'Par 2 procentpunktiem.', 'number: 2 procentpunktiem'],
    ['It cost $5 million.', 'Tas maksāja 5 miljonus eiro.', 'money: 5 miljonus eiro'],
    ['It cost $5 million.', 'It cost €5 million.', 'money: €5 million'],
    ['Цена 5 рублей.', 'Цена 5 долларов.', 'money: 5 долларов'],
    ['It is 12 km long.', 'It is 12 miles long.', 'number: 12 miles'],
    ['It takes 3 hours.', 'Tas ilgst 3 dienas.', 'number: 3 dienas'],
  ])('%s does not say %s', (source, text, failure) => {
    expect(found(source, text)).toEqual([failure]);
  });
});
