import { describe, expect, test } from 'vitest';
import { leans } from '../../src/llm/openings.ts';

const LEANING: [string, string][] = [
  ['en', 'He said the mill would open in March.'],
  ['en', 'It’s the third mill in the town.'],
  ['en', 'But the town was not pleased.'],
  ['en', 'This comes after a long dispute about noise.'],
  ['en', 'In addition, the mill grinds oats.'],
  ['en', 'For that reason the mill stays shut.'],
  ['en', 'In Virginia, they voted for a new mill.'],
  ['en', 'The miller, however, disagreed.'],
  ['en', 'Rebranded to look neutral, it posted a series of letters.'],
  ['en', '“The mill will open in March,” he said.'],
  ['en', 'According to him, the mill is old.'],
  ['en', 'To be in this mill is tremendous.'],
  ['en', 'In each case, the mill was shut.'],
  ['lv', 'Viņa par to priecājas.'],
  ['lv', 'To noskaidroja pati klīnika.'],
  ['lv', 'Tajā bija septiņas rūtiņas.'],
  ['lv', 'Pēc viņa domām, dzirnavas ir vecas.'],
  ['lv', 'Pēc tam dzirnavas slēdza.'],
  ['lv', 'Dzirnavas savukārt maļ auzas.'],
  ['ru', 'Он сказал, что мельница откроется в марте.'],
  ['ru', 'По его словам, мельница старая.'],
  ['ru', 'В этих условиях мельница закрылась.'],
  ['ru', 'Кроме того, мельница мелет овёс.'],
  ['ru', 'Мельница, однако, закрылась.'],
  ['de', 'Er freut sich auf die Mühle.'],
  ['de', 'Das ist die dritte Mühle der Stadt.'],
  ['de', 'Außerdem mahlt die Mühle Hafer.'],
  ['de', 'Die Mühle bleibt jedoch geschlossen.'],
  ['lt', 'Jis džiaugiasi malūnu.'],
  ['lt', 'Pasak jo, malūnas senas.'],
  ['lt', 'Be to, malūnas mala avižas.'],
  ['et', 'Tema sõnul on veski vana.'],
  ['et', 'Samuti jahvatab veski kaera.'],
  ['et', 'Pärast seda veski suleti.'],
];
const STANDING: [string, string][] = [
  ['en', 'This year the mill opens in March.'],
  ['en', 'Officials said that the mill would open in March.'],
  ['en', 'When Zane Ozoliņa took over the mill, she found it empty.'],
  ['en', 'The mill said it would open in March.'],
  ['en', '“The mill will open in March,” Anna Liepa said.'],
  ['en', 'There are 400 mills in Latvia.'],
  ['en', 'The third mill of the town opens in March.'],
  ['lv', 'Šajā gadā dzirnavas atvērs martā.'],
  ['lv', 'Valmieras dzirnavas martā sāks malt rudzus.'],
  ['lv', 'Ilze Kalniņa saka, ka viņa par to priecājas.'],
  ['ru', 'В этом году мельница откроется в марте.'],
  ['ru', 'Анна Вирза сказала, что она рада.'],
  ['de', 'Das neue Gesetz gilt ab März.'],
  ['de', 'In diesem Jahr öffnet die Mühle im März.'],
  ['lt', 'Šiemet malūnas atidaromas kovą.'],
  ['et', 'Sel aastal avatakse veski märtsis.'],
  ['fr', 'Il a dit que le moulin ouvrirait en mars.'],
];

describe('a sentence that needs the one before it', () => {
  test.each(LEANING)('leans (%s: %s)', (language, sentence) => {
    expect(leans(sentence, language)).toBe(true);
  });
  test.each(STANDING)(
    'one that stands alone, or in a language nobody here knows, does not (%s: %s)',
    (language, sentence) => {
      expect(leans(sentence, language)).toBe(false);
    },
  );
});
