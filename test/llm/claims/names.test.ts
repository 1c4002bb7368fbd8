import { describe, expect, test } from 'vitest';
import { found } from './support.ts';

describe('names of the article pass', () => {
  test.each([
    [
      'case endings in Latvian',
      'Jānis Bērziņš strādā Liepājā.',
      'Jānim Bērziņam Liepāja patīk. Runājām ar Jāni Bērziņu par Liepāju.',
    ],
    [
      'case endings in Russian',
      'Иван Петров живёт в Москве.',
      'У Ивана Петрова есть Москва. С Иваном Петровым говорили о московской жизни.',
    ],
    [
      'case endings in Lithuanian',
      'Jonas Kazlauskas šiuo metu gyvena ir dirba Kaune.',
      'Joną Kazlauską matė Kaunas. Su Jonu Kazlausku iš Kauno.',
    ],
    ['case endings in Estonian', 'Juhan Tamm elab Tartus.', 'Räägime Juhani ja Tammega, kes on pärit Tartust.'],
    [
      'Latvian transcription',
      'Donald Trump met Ursula von der Leyen and Keir Starmer.',
      'Donalds Tramps tikās ar Urzulu fon der Leienu un Kīru Stārmeru.',
    ],
    [
      'Latvian names in Latin letters',
      'Kristīne Ozoliņa un Edgars Rinkēvičs sacīja.',
      'Kristine Ozolina and Edgars Rinkevics spoke.',
    ],
    ['Cyrillic transliteration', 'Volodymyr Zelensky met Angela Merkel.', 'С Зеленским встретилась Ангела Меркель.'],
    [
      'from Russian into Latin',
      'Сергей Лавров говорил с Натальей Ивановой.',
      'Sergejs Lavrovs runāja ar Natāliju Ivanovu. Sergey Lavrov spoke with Natalia Ivanova.',
    ],
    [
      'countries',
      'Germany, Estonia and Hungary agreed with the United Kingdom.',
      'Vācija, Igaunija un Ungārija vienojās ar Lielbritāniju. Германия, Эстония и Венгрия. Deutschland und Ungarn.',
    ],
    [
      'countries as adjectives',
      'Igaunijas un Vācijas uzņēmumi.',
      'Estonian and German firms. Эстонские и немецкие компании.',
    ],
    [
      'towns with names of their own',
      'They met in Vienna, Warsaw and Daugavpils.',
      'Tikās Vīnē, Varšavā un Daugavpilī. В Вене, Варшаве и Даугавпилсе.',
    ],
    ['short names of bodies', 'The EU, NATO and the ECB agreed.', 'ES, NATO un ECB vienojās. ЕС, НАТО и ЕЦБ.'],
    [
      'a short name for a spelled one',
      'The European Bank for Reconstruction and Development lends.',
      'EBRD lends. ЕБРР даёт кредит.',
    ],
    ['a spelled name for a short one', 'The ECB decided.', 'The European Central Bank decided.'],
    ['hashtags in parts', 'Rye & Co opened in Warsaw, Poland.', 'News! #RyeAndCo #Warsaw #Poland #NewShop'],
    [
      'quotation marks and endings',
      'SIA "Latvijas Gāze" un AS "Citadele" vienojās.',
      '„Latvijas Gāzei” un „Citadelei” ir līgums.',
    ],
  ])('%s: %s → %s', (_, source, text) => {
    expect(found(source, text)).toEqual([]);
  });
});

describe('what is no name passes', () => {
  test.each([
    [
      'German nouns',
      'Die Firma baut ein Werk.',
      'Das Unternehmen errichtet eine Fabrik mit neuen Maschinen und schafft Arbeit für die Region.',
    ],
    [
      'the first word of a sentence',
      'It rained in Riga.',
      'Weather again! Umbrellas help. Puddles everywhere? Wonderful. (Really.) Дождь снова. Lietus turpinās.',
    ],
    ['headlines in capitals', 'It rained in Riga.', 'STORM WARNING\n\nRAIN FALLS ON RIGA AGAIN'],
    ['a title with capitals', 'It rained in Riga.', 'Heavy Showers Keep Falling Over Thirsty Riga Gardens'],
    ['hashtags', 'It rained in Riga.', '#Weather #Laikapstākļi #Погода'],
    ['months, weekdays and titles', 'Dr. Ozols left on a Monday in May.', 'Monday. May. Mr. Ozols. Pirmdien. Maijā.'],
    ['after a figure with a letter', 'Profit fell to 310,000 euros.', 'Profit fell to €310k. Read on below.'],
    ['list items', 'It rained in Riga.', '• Where: Riga\n• What: rain\n1) Umbrella\n2) Boots'],
  ])('%s: %s → %s', (_, source, text) => {
    expect(found(source, text)).toEqual([]);
  });
});

describe('other names fail', () => {
  test.each([
    ['The mill in Liepāja closes.', 'The mill in Ventspils closes.', 'name: Ventspils'],
    ['The mill in Liepāja closes.', 'Slēgs rūpnīcu Ventspilī.', 'name: Ventspilī'],
    ['The mill in Liepāja closes.', 'Закроют завод в Вентспилсе.', 'name: Вентспилсе'],
    ['Rūpnīcu Sāremā slēgs.', 'Hījumā slēgs rūpnīcu.', 'name: Hījumā'],
    ['Nordic Timber closes the mill.', 'Juhan Agur of Nordic Timber regrets it.', 'name: Juhan Agur'],
    ['Uzņēmums vienojās.', 'Vienojās arī „Latvenergo”.', 'quote: Latvenergo'],
    ['Компания купила 10 % акций.', 'Ryanair bought 10% of the shares.', 'name: Ryanair'],
    ['The firm is from Germany.', 'Uzņēmums ir no Francijas.', 'name: Francijas'],
    ['Die Firma baut ein Werk in Kiel.', 'Angela Schmidt baut ein Werk.', 'name: Angela Schmidt'],
    ['Mikael Lindqvist said so.', 'Kristīne Lindqvist said so.', 'name: Kristīne'],
    [
      'Der Vorstand des Zulieferers Brenner sprach.',
      'Die Gewerkschaft Verdi und der Vorstandschef Krause sprechen.',
      'name: Verdi',
    ],
    [
      'Der Vorstand des Zulieferers Brenner sprach.',
      'Der Vorstandschef Krause spricht mit der Gewerkschaft.',
      'name: Krause',
    ],
    ['It rained.', 'NATO approves.', 'name: NATO'],
    ['It rained.', 'See it on the new iPhone.', 'name: iPhone'],
  ])('%s does not say %s', (source, text, failure) => {
    expect(found(source, text)).toContainEqual(failure);
  });
});
