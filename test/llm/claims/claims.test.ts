import { describe, expect, test } from 'vitest';
import { namedNumbers } from '../../../src/llm/claims/number-words.ts';
import { ground } from '../../../src/llm/grounding.ts';
import { article } from '../fixtures.ts';

function failures(source: string, text: string): [string, string][] {
  const { author: _, siteName: __, publishedAt: ___, ...about } = article('', source);
  return ground({ ...about, author: null, siteName: null }, text, []).failures.map(({ kind, span }) => [kind, span]);
}

describe('numbers in words', () => {
  test.each([
    ['twenty-three firms', 23],
    ['one hundred and five', 105],
    ['two and a half million', 2_500_000],
    ['divdesmit trīs', 23],
    ['tūkstotis divi simti piecdesmit', 1250],
    ['pusotrs miljons', 1_500_000],
    ['двадцать три', 23],
    ['полтора миллиона', 1_500_000],
    ['пятисот', 500],
    ['dreiundzwanzig', 23],
    ['zweitausendfünfhundert', 2500],
    ['dvidešimt trys', 23],
    ['kakskümmend kolm', 23],
    ['kolmsada', 300],
    ['a dozen', 12],
  ])('%s is %d', (text, value) => {
    expect(namedNumbers(text, true).map((number) => number.value)).toEqual([value]);
  });
  test('small words that mean something else claim nothing', () => {
    expect(namedNumbers('one of the first, vienu otro, eine, viis, второй', false)).toEqual([]);
  });
});

describe('money and measures', () => {
  test.each([
    [
      'It cost €5 million.',
      '5 miljoni eiro; EUR 5 000 000; €5m; пять миллионов евро; fünf Millionen Euro; 5 mln. eurų',
    ],
    ['It cost $27.5 million.', '27,5 miljoni ASV dolāru; 27,5 млн долларов США; 27.5 million US dollars'],
    ['It rose 2 percentage points.', 'Pieaugums par 2 procentpunktiem, на 2 процентных пункта.'],
    ['It is 300 km long.', '300 kilometru, 300 километров'],
    ['About 2,381,000 came.', 'About 2.4 million came, over 2.3 million.'],
  ])('%s → %s', (source, text) => {
    expect(failures(source, text)).toEqual([]);
  });
  test.each([
    ['It cost €5 million.', 'It cost $5 million.', 'money', '$5 million'],
    ['Tas maksā 86 000 eiro.', 'Tas maksā 86 000 mārciņas.', 'money', '86 000 mārciņas'],
    ['It rose 2 percentage points.', 'It rose 2%.', 'number', '2%'],
    ['It rose 10%.', 'Then 10 people came.', 'number', '10'],
    ['It is 300 miles long.', 'It is 300 km long.', 'number', '300 km'],
    ['About 2,381,000 came.', 'It was 2.4 million.', 'number', '2.4 million'],
    ['About 2,381,000 came.', 'About 2.8 million came.', 'number', '2.8 million'],
  ])('%s does not say: %s', (source, text, kind, span) => {
    expect(failures(source, text)).toEqual([[kind, span]]);
  });
});

describe('dates and times', () => {
  const source = 'On 15 February 2026 at 5:30 p.m., a Sunday, it opened; in May it closes.';
  test.each([
    '15.02.2026, 2026-02-15, February 15th, 2026, 2026. gada 15. februārī, 15 февраля, 15. Februar 2026, vasario 15 d., 15. veebruaril',
    'Svētdien plkst. 17.30, в воскресенье в 17:30, 17:30 Uhr, in May, maijā.',
  ])('%s passes', (text) => {
    expect(failures(source, text)).toEqual([]);
  });
  test.each([
    ['On 16 February 2026.', '16 February 2026'],
    ['On 15 February 2025.', '15 February 2025'],
    ['15. martā', '15. martā'],
    ['On Monday.', 'Monday'],
    ['At 17:40.', '17:40'],
    ['Maybe in July.', 'July'],
    ['It was yesterday.', 'yesterday'],
  ])('%s fails', (text, span) => {
    expect(failures(source, text)).toEqual([['date', span]]);
  });
  test('the date of publication resolves weekdays and yesterday', () => {
    const told = { ...article('', 'It opened yesterday.'), publishedAt: new Date('2026-02-16T08:00:00Z') };
    expect(ground(told, 'It opened on Sunday, February 15, 2026.', []).failures).toEqual([]);
    expect(ground(told, 'It opened on Friday.', []).failures).toMatchObject([{ kind: 'date', span: 'Friday' }]);
  });
});

describe('names', () => {
  test.each([
    [
      'Prezidents Edgars Rinkēvičs tikās ar Donaldu Trampu Viļņā.',
      'President Edgars Rinkevics met Donald Trump in Vilnius.',
    ],
    [
      'Prezidents Edgars Rinkēvičs tikās ar Donaldu Trampu.',
      'Президент Эдгарс Ринкевич встретился с Дональдом Трампом.',
    ],
    ['Иванов приехал в Ригу.', 'Rīgā ieradās Ivanovs. В Риге встретились с Ивановым.'],
    ['Džo Baidens ieradās Viļņā uz NATO samitu.', 'Joe Biden came to Vilnius. НАТО'],
    ['AS Latvijas Gāze pelna.', 'Peļņa Latvijas Gāzei, ar „Latvijas Gāzi”.'],
    ['The European Central Bank cut rates.', 'ECB samazina likmes. Eiropas Centrālā banka. ЕЦБ!'],
    ['Valsts ieņēmumu dienests soda.', 'The State Revenue Service fines.'],
    ['Germany and Switzerland agree.', 'Vācija un Šveice; Германия и Швейцария; Deutschland und die Schweiz.'],
    ['Der Bürgermeister eröffnete die Brücke.', 'Die Brücke ist offen, ein Erfolg für Anwohner und Pendler.'],
  ])('%s → %s', (source, text) => {
    expect(failures(source, text)).toEqual([]);
  });
  test.each([
    ['President Edgars Rinkēvičs spoke in Riga.', 'President Egils Levits spoke in Riga.', 'Egils Levits'],
    ['Jānis Ozoliņš strādā Rīgā.', 'Rīgā strādā Jānis Kalniņš.', 'Kalniņš'],
    ['Завод открыли в Москве.', 'Завод открыли в Самаре.', 'Самаре'],
    ['It sells to Finland.', 'Prece ceļo uz Zviedriju.', 'Zviedriju'],
    ['On Monday Mr Trump told reporters that taxes fall.', 'Whitcombe told reporters that taxes fall.', 'Whitcombe'],
    ['Der Chef, Peter Maier, kommt.', 'Der Chef, Lukas Maier, kommt.', 'Lukas'],
  ])('%s does not name: %s', (source, text, span) => {
    expect(failures(source, text)).toEqual([['name', span]]);
  });
});
