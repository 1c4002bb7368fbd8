import { expect, test } from 'vitest';
import { lacksDiacritics } from '../../src/llm/language.ts';

const LATVIAN = 'Maizes ceptuve marta Valmiera atver tresas dzirnavas, un tajas stradas trisdesmit astoni cilveki.';

test.each([
  ['lv', LATVIAN, true],
  ['lv', 'Maizes ceptuve martā atver dzirnavas, un tajas stradas trisdesmit astoni cilveki no visas apkartnes.', false],
  ['lv', 'Maizes ceptuve atver dzirnavas.', false],
  [
    'lt',
    'Kepykla kovo menesi Valmieroje atidaro trecia maluna, jame dirbs trisdesmit astuoni zmones is apylinkes.',
    true,
  ],
  [
    'et',
    `Pagaritookoda avab martsis Valmieras kolmanda veski ja annab tood kolmekumne kaheksale inimesele. ${'Uus veski jahvatab rukist. '.repeat(3)}`,
    true,
  ],
  ['de', 'Die Stadt baut eine neue Schule fuer 300 Kinder.', true],
  ['de', 'Die Stadt baut eine neue Schule und nimmt dort im Herbst 300 Kinder auf.', false],
  ['en', 'The bakery opens a mill in Valmiera and gives work to many people there, its head told us on Monday.', false],
  [
    'ru',
    'Пекарня открывает мельницу в Валмиере и даёт работу многим людям, сообщила её директор в понедельник.',
    false,
  ],
])('a text in %s: %j lacks its diacritics: %s', (language, text, lacks) => {
  expect(lacksDiacritics(text, language)).toBe(lacks);
});
