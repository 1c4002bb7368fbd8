import type { Passage } from './passages.ts';
import type { Seeded } from './seeded.ts';

/** A sentence with one thing changed, and where. */
export interface Fault {
  kind: string;
  text: string;
  start: number;
  end: number;
}
type Plan = (passage: Passage, language: string, random: Seeded) => { at: number; old: string; put: string } | null;

const MONTHS: Record<string, readonly string[]> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  lv: 'janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī'.split(' '),
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
};
const WEEKDAYS: Record<string, readonly string[]> = {
  en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
  lv: 'pirmdien otrdien trešdien ceturtdien piektdien sestdien svētdien'.split(' '),
  ru: 'понедельник вторник среду четверг пятницу субботу воскресенье'.split(' '),
};
/** Names that no corpus has, in the nominative; which is put where doesn't matter, it is foreign anyway. */
const NAMES: Record<string, readonly string[]> = {
  en: 'Whitcombe Ashgrove Lindqvist Okonjo Tremblay Vasquez Northfield Halversen Pemberly Zielinski'.split(' '),
  lv: 'Krastiņš Vītolnieks Dzirkale Ķeizars Smiltnieks Zvaigznīte Brencis Jaunpuķe Apsesdēls Griķis'.split(' '),
  ru: 'Краснощёков Дубровин Лихачёва Мещеряков Загорск Вяземцев Тимошкин Рыбинск Полунин Шаповал'.split(' '),
};
/** Facts that are attached to a sentence of a text that has none, then changed; `|` parts what is true from what is planted. */
const WORDS: Record<string, readonly string[]> = {
  en: 'yesterday always terrible cheaper never quickly'.split(' '),
  lv: 'vakar vienmēr briesmīgi lētāk nekad ātri'.split(' '),
  ru: 'всегда ужасно дешевле никогда быстро завтра'.split(' '),
};

const plans: Record<string, Plan> = {
  number: ({ sentence, article }, _, random) => {
    const found = random.pick([
      ...sentence.matchAll(
        /(?<![\p{L}\d.,:/-])\d{1,3}(?:[.,\u00a0 ]\d{3})*(?:[.,]\d{1,2})?(?![\d%]|[.,:/-]\d|\p{L})/gu,
      ),
    ]);
    if (found === undefined) return null;
    const digits = found[0].match(/\d/gu)?.length ?? 1;
    const put = found[0].replace(/\d/u, (digit) => String((Number(digit) % 9) + 1)) + (digits === 1 ? '7' : '');
    return article.includes(put) ? null : { at: found.index, old: found[0], put };
  },
  percent: ({ sentence, article }, _, random) => {
    const found = random.pick([
      ...sentence.matchAll(/(\d{1,3}(?:[.,]\d+)?)(?=\s?(?:%|percent|per cent|procent|процент))/gu),
    ]);
    if (found === undefined) return null;
    const put = `${(Number.parseInt(found[0], 10) + 13) % 97}`;
    return article.includes(put) ? null : { at: found.index, old: found[0], put };
  },
  currency: ({ sentence, article }) => {
    const found =
      /[$€£](?=\d)|(?<=\d[\d.,]*\s(?:million |billion |miljoniem |miljonus |miljonu |milj\. |миллионов |миллиона |млн |млрд )?)(?:eiro|евро|dollars|euros|pounds|рублей)/u.exec(
        sentence,
      );
    if (found === null) return null;
    const put =
      (
        {
          $: '€',
          '€': '$',
          '£': '€',
          eiro: 'mārciņas',
          евро: 'фунтов',
          dollars: 'euros',
          euros: 'dollars',
          pounds: 'dollars',
          рублей: 'долларов',
        } as Record<string, string>
      )[found[0]] ?? '';
    return article.includes(put) ? null : { at: found.index, old: found[0], put };
  },
  month: ({ sentence, article }, language, random) => {
    const months = MONTHS[language] ?? [];
    const found = random.pick(
      [...sentence.matchAll(/\p{L}+/gu)].filter(
        (word) => months.includes(word[0]) && !/^(?:May|March)$/u.test(word[0]),
      ),
    );
    if (found === undefined) return null;
    const put = months[(months.indexOf(found[0]) + 5) % 12] ?? '';
    return article.toLowerCase().includes(put.toLowerCase().slice(0, 4))
      ? null
      : { at: found.index, old: found[0], put };
  },
  weekday: ({ sentence, article }, language, random) => {
    const days = WEEKDAYS[language] ?? [];
    const found = random.pick([...sentence.matchAll(/\p{L}+/gu)].filter((word) => days.includes(word[0])));
    if (found === undefined) return null;
    const put = days[(days.indexOf(found[0]) + 3) % 7] ?? '';
    return article.toLowerCase().includes(put.toLowerCase().slice(0, 4))
      ? null
      : { at: found.index, old: found[0], put };
  },
  year: ({ sentence, article }) => {
    const found = /(?<![\d.,$€£])(?:19|20)\d\d(?![\d,])/u.exec(sentence);
    if (found === null) return null;
    const put = String(Number(found[0]) + 3);
    return article.includes(put) ? null : { at: found.index, old: found[0], put };
  },
  name: ({ sentence, article }, language, random) => {
    const found = random.pick([...sentence.matchAll(/(?<=\p{Ll},? )\p{Lu}\p{Ll}{3,}(?![\p{L}'’])/gu)]);
    const put = random.pick(NAMES[language] ?? []) ?? '';
    return found === undefined ||
      article.includes(put) ||
      MONTHS[language]?.includes(found[0]) ||
      WEEKDAYS[language]?.includes(found[0])
      ? null
      : { at: found.index, old: found[0], put };
  },
  'name first': ({ sentence, article }, language, random) => {
    // Only what stands inside a sentence elsewhere is surely a name.
    const found = /^\p{Lu}\p{Ll}{3,}(?![\p{L}'’])/u.exec(sentence);
    if (found === null || !new RegExp(`\\p{Ll} ${found[0]}(?!\\p{L})`, 'u').test(article)) return null;
    const put = random.pick(NAMES[language] ?? []) ?? '';
    return article.includes(put) ? null : { at: 0, old: found[0], put };
  },
  quote: ({ sentence, article }, language, random) => {
    const found = /["“„«]([^"“”„«»]{25,250})["”“»]/u.exec(sentence);
    if (found === null) return null;
    const words = [...(found[1] ?? '').matchAll(/\p{L}{4,}/gu)];
    const word = random.pick(words);
    const put = random.pick(WORDS[language] ?? []) ?? '';
    if (word === undefined || article.includes(put)) return null;
    return { at: found.index + 1 + word.index, old: word[0], put };
  },
  'quotation marks': ({ sentence }, language, random) => {
    // Words that nobody said so: a sentence of the article, changed, between quotation marks.
    if (/["“”„«»]/u.test(sentence) || sentence.length > 200) return null;
    const word = random.pick([...sentence.matchAll(/(?<= )\p{Ll}{5,}(?= )/gu)]);
    const put = random.pick(WORDS[language] ?? []) ?? '';
    return word === undefined ? null : { at: word.index, old: word[0], put };
  },
  url: ({ sentence }, _, random) => ({
    at: sentence.length,
    old: '',
    put: ` ${random.pick(['https://bit.ly/3xYzAbc', 'www.best-offer.example.com', 'promo-deals.io/win', 'https://t.me/joinchat/AAAA', 'news24.lv'])}`,
  }),
};
const MARKS: Record<string, readonly [string, string]> = { en: ['“', '”'], lv: ['„', '”'], ru: ['«', '»'] };

/** The passage's sentence with one thing changed that the article doesn't have anywhere; null where nothing fits. */
export function plant(passage: Passage, language: string, random: Seeded): Fault | null {
  // What is rare comes first, or there would be none of it; what any sentence takes comes last and seldom.
  const rare = random.shuffled(['percent', 'currency', 'month', 'weekday', 'year', 'quote', 'name first', 'number']);
  const kinds = [
    ...rare,
    'name',
    ...(random.below(6) === 0 ? ['quotation marks'] : []),
    ...(random.below(10) === 0 ? ['url'] : []),
  ];
  for (const kind of kinds) {
    const change = plans[kind]?.(passage, language, random) ?? null;
    if (change === null) continue;
    const { at, old, put } = change;
    const changed = passage.sentence.slice(0, at) + put + passage.sentence.slice(at + old.length);
    if (kind !== 'quotation marks') return { kind, text: changed, start: at, end: at + put.length };
    const [open, close] = MARKS[language] ?? ['“', '”'];
    return { kind, text: open + changed + close, start: at + 1, end: at + 1 + put.length };
  }
  return null;
}
