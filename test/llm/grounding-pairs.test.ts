import { describe, expect, test } from 'vitest';
import { postWords } from '../../src/domain/wording.ts';
import { ground } from '../../src/llm/grounding.ts';
import { DEVELOPMENT } from './grounding-pairs/development.ts';
import { STORIES, type Story, unmarked } from './grounding-pairs/pairs.ts';

const URL = 'https://news.example/story';

function check(text: string, said: string) {
  return ground({ title: '', text, url: URL, canonicalUrl: URL, author: null, siteName: null }, said, []);
}

/** Whether one of the failing spans lies on what is marked. */
function isFound(article: string, marked: string): boolean {
  const { text, start, end } = unmarked(marked);
  return check(article, text).failures.some(({ span }) => {
    for (let at = text.indexOf(span); at >= 0; at = text.indexOf(span, at + 1))
      if (at < end && at + span.length > start) return true;
    return false;
  });
}

const developed: readonly Story[] = [
  ...Object.values(STORIES).flatMap((stories) => stories.filter((_, index) => index % 2 === 0)),
  ...Object.values(DEVELOPMENT).flat(),
];

describe('posts written by hand (the half that rules are made on; the other half is for the benchmark)', () => {
  test('at least 97 % of what the article does not say is found, where it stands', () => {
    const all = developed.flatMap(({ article, faulty }) => faulty.map((text) => ({ article, text })));
    const missed = all.filter(({ article, text }) => !isFound(article, text)).map(({ text }) => text);
    expect(all.length).toBeGreaterThan(130);
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(0.03 * all.length);
  });

  test('at most 5 % of the faithful are doubted', () => {
    const all = developed.flatMap(({ article, faithful }) => faithful.map((text) => ({ article, text })));
    const doubted = all.filter(({ article, text }) => !check(article, text).ok).map(({ text }) => text);
    expect(all.length).toBeGreaterThan(120);
    expect(doubted.length, doubted.join('\n')).toBeLessThanOrEqual(0.05 * all.length);
  });
});

const ARTICLES: Readonly<Record<string, string>> = {
  en: 'Prices of rye rose by 10 percent in Latvia last year, farmers in Kuldīga said on Tuesday. The state helps small bakeries with 2 million euros.',
  lv: 'Rudzu cenas Latvijā pērn pieauga par 10 procentiem, otrdien sacīja Kuldīgas zemnieki. Valsts palīdz mazajām maiznīcām ar 2 miljoniem eiro.',
  ru: 'Цены на рожь в Латвии за год выросли на 10 процентов, сообщили во вторник фермеры Кулдиги. Государство даёт пекарням 2 миллиона евро.',
  de: 'Die Roggenpreise in Lettland sind um 10 Prozent gestiegen, sagten Bauern aus Kuldiga am Dienstag. Der Staat hilft Bäckereien mit 2 Millionen Euro.',
  lt: 'Rugių kainos Latvijoje pernai pakilo 10 procentų, antradienį sakė Kuldygos ūkininkai. Valstybė padeda kepykloms 2 milijonais eurų.',
  et: 'Rukki hinnad Lätis tõusid mullu 10 protsenti, ütlesid teisipäeval Kuldīga põllumehed. Riik aitab pagariärisid 2 miljoni euroga.',
};
const POSTS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Bread is getting dearer: rye up 10%. Would you pay more? Tell us!',
    'RYE PRICES ARE UP 10 PERCENT IN LATVIA',
    'Rye Prices Jump As Farmers Sound the Alarm in Latvia',
    'Farmers warn. Bakers hope. The state pays €2m.',
    'Need help with your bakery? Book a free call today.',
    "Here's why it matters:\n• Costs: up 10%\n• Help: €2 million",
    '1. Rye is dearer.\n2. Bread follows.\n3. The state pays. #BreadPrices #Latvia',
  ],
  lv: [
    'Maize kļūst dārgāka: rudzi par 10 % dārgāki. Vai maksātu vairāk? Pastāsti mums!',
    'RUDZU CENAS LATVIJĀ AUGUŠAS PAR 10 PROCENTIEM',
    'Zemnieki brīdina. Maiznieki cer. Valsts maksā 2 milj. eiro. 🥖',
    'Piesakies bezmaksas konsultācijai jau šodien! #MaizesCenas',
  ],
  ru: [
    'Хлеб дорожает: рожь на 10 % дороже. Готовы платить больше? Расскажите нам!',
    'ЦЕНЫ НА РОЖЬ В ЛАТВИИ ВЫРОСЛИ НА 10 ПРОЦЕНТОВ',
    'Фермеры предупреждают. Пекари надеются. Государство платит 2 млн €.',
    'Запишитесь на бесплатную консультацию уже сегодня!',
  ],
  de: [
    'Brot wird teurer: Roggen um 10 % gestiegen. Würden Sie mehr zahlen? Sagen Sie es uns!',
    'ROGGENPREISE IN LETTLAND UM 10 PROZENT GESTIEGEN',
    'Die Kosten für Getreide, Mehl und Brot steigen, das Land hilft mit einer Förderung von 2 Mio. Euro.',
  ],
  lt: [
    'Duona brangsta: rugiai 10 % brangesni. Ar mokėtumėte daugiau? Parašykite mums!',
    'RUGIŲ KAINOS LATVIJOJE PAKILO 10 PROCENTŲ',
    'Ūkininkai įspėja. Kepėjai viliasi. Valstybė moka 2 mln. eurų.',
  ],
  et: [
    'Leib kallineb: rukis 10% kallim. Kas maksaksid rohkem? Räägi meile!',
    'RUKKI HINNAD LÄTIS TÕUSID 10 PROTSENTI',
    'Talunikud hoiatavad. Pagarid loodavad. Riik maksab 2 mln eurot.',
  ],
};

describe.each(Object.keys(ARTICLES))('about an article in %s', (from) => {
  test.each(Object.entries(POSTS).flatMap(([to, texts]) => texts.map((text) => [to, text] as const)))(
    'a post in %s with Crier’s own words around it passes: %s',
    (to, text) => {
      const { readMore, answer, aiWritten, excerpt } = postWords(to);
      const post = `${text}\n\n${readMore}: ${URL}\n${answer}\n${aiWritten}\n${excerpt}`;
      expect(check(ARTICLES[from] ?? '', post).failures).toEqual([]);
    },
  );
});
