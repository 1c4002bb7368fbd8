import type { Passage } from './passages.ts';
import type { Seeded } from './seeded.ts';

/** A text that says no more than the article. */
export interface Rewrite {
  kind: string;
  text: string;
}
type Plan = (sentence: string, language: string, random: Seeded) => string | null;

const UNITS_EN = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const WORDS: Record<string, readonly string[]> = {
  en: UNITS_EN,
  lv: 'nulle viens divi trīs četri pieci seši septiņi astoņi deviņi desmit vienpadsmit divpadsmit'.split(' '),
  ru: 'ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать'.split(' '),
};
const OPENINGS: Record<string, readonly string[]> = {
  en: ['Today:', 'Good to know:', 'In short:', 'What happened?', 'Breaking news!', 'Worth reading:', '📣'].slice(1),
  lv: ['Īsumā:', 'Vērts zināt:', 'Kas noticis?', 'Svarīgākais:', '📣', 'Uzziniet vairāk:'],
  ru: ['Коротко:', 'Важно знать:', 'Что произошло?', 'Главное:', '📣', 'Подробности:'],
};
const LABEL: Record<string, string> = { en: 'Written by AI', lv: 'Rakstījis MI (AI)', ru: 'Написано ИИ (AI)' };

const plans: Record<string, Plan> = {
  'as it is': (sentence) => sentence,
  opening: (sentence, language, random) => `${random.pick(OPENINGS[language] ?? [])} ${sentence}\n\n${LABEL[language]}`,
  clause: (sentence, _, random) => {
    const pieces = sentence.split(/(?<=\p{L}), (?=\p{Ll})/u);
    if (pieces.length < 2 || /["“”„«»]/u.test(sentence)) return null;
    const piece = random.pick(pieces);
    return `${piece.charAt(0).toUpperCase()}${piece.slice(1)}`;
  },
  'number words': (sentence, language) => {
    const found = /(?<![\p{L}\d.,:/$€£-])(?:[2-9]|1[0-2])(?=\s\p{Ll}{3})/u.exec(sentence);
    if (found === null || /["“”„«»]/u.test(sentence)) return null;
    return (
      sentence.slice(0, found.index) +
      (WORDS[language]?.[Number(found[0])] ?? '') +
      sentence.slice(found.index + found[0].length)
    );
  },
  'number digits': (sentence, language) => {
    const found = new RegExp(`(?<!\\p{L})(?:${WORDS[language]?.slice(2).join('|')})(?= \\p{Ll}{3})`, 'u').exec(
      sentence,
    );
    if (found === null || /["“”„«»]/u.test(sentence)) return null;
    return sentence.replace(found[0], String(WORDS[language]?.indexOf(found[0])));
  },
  'thousands mark': (sentence, _, random) => {
    if (/["“”„«»]/u.test(sentence) || !/(?<![\d.,])\d{1,3}[,\u00a0 ]\d{3}(?![\d.,]\d)/u.test(sentence)) return null;
    const mark = random.pick(['\u00a0', ' ', '\u202f', '.', "'", '’', '']);
    return sentence.replace(/(?<![\d.,])(\d{1,3})[,\u00a0 ](\d{3})(?![\d.,]\d)/gu, `$1${mark}$2`);
  },
  'scale short': (sentence, language) => {
    const short = sentence.replace(
      /(?<=\d )(?:million|billion|miljon\p{L}*|miljard\p{L}*|миллион\p{L}*|миллиард\p{L}*)/u,
      (word) =>
        ({ million: 'mn', billion: 'bn' })[word] ??
        (language === 'lv'
          ? word.startsWith('miljo')
            ? 'milj.'
            : 'mljrd.'
          : word.startsWith('миллион')
            ? 'млн'
            : 'млрд'),
    );
    return short === sentence || /["“”„«»]/u.test(sentence) ? null : short;
  },
  'percent sign': (sentence) => {
    const other = sentence.replace(/(?<=\d)(?:\s?%| percent| per cent| procent\p{L}*| процент\p{L}*)/u, (sign) =>
      sign.includes('%') ? ' percent' : '\u00a0%',
    );
    return other === sentence || /["“”„«»]/u.test(sentence) ? null : other;
  },
  'currency word': (sentence) => {
    const other = sentence.replace(
      /([$€£])(\d[\d.,]*\d|\d)( (?:million|billion))?(?![\d\p{L}])/u,
      (_, sign, amount, scale) =>
        `${amount}${scale ?? ''} ${{ $: 'dollars', '€': 'euros', '£': 'pounds' }[sign as '$']}`,
    );
    if (other !== sentence && !/["“”]/u.test(sentence)) return other;
    const sign = sentence.replace(/(?<=\d )(?:eiro|евро)(?!\p{L})/u, '€');
    return sign === sentence || /["“”„«»]/u.test(sentence) ? null : sign;
  },
  'date numeric': (sentence, language) => {
    const months: Record<string, RegExp> = {
      en: /(?<!\d )(January|February|April|June|July|August|September|October|November|December) (\d{1,2})(?!\d)/u,
      lv: /(\d{1,2})\. (janvār|februār|mart|aprīl|maij|jūnij|jūlij|august|septembr|oktobr|novembr|decembr)\p{L}+/u,
      ru: /(\d{1,2}) (январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)\p{L}+/u,
    };
    const found = months[language]?.exec(sentence);
    if (found == null || /["“”„«»]/u.test(sentence)) return null;
    const put =
      language === 'en' ? `${found[2]} ${found[1]}` : `${found[1]}. ${found[2]}${language === 'lv' ? 'ā' : ''}`;
    return language === 'en' ? sentence.replace(found[0], put) : null;
  },
  'quotation style': (sentence, _, random) => {
    if (!/[“"„«]/u.test(sentence)) return null;
    const [open, close] = random.pick([
      ['“', '”'],
      ['„', '“'],
      ['«', '»'],
      ['"', '"'],
    ] as const);
    const other = sentence.replace(/["“„«]([^"“”„«»]{3,300})["”“»]/gu, `${open}$1${close}`);
    return other === sentence ? null : other;
  },
  'quotation part': (sentence) => {
    const found = /["“„«]([^"“”„«»]{40,300})["”“»]/u.exec(sentence);
    const words = found?.[1]?.split(' ') ?? [];
    return words.length < 8 ? null : `“${words.slice(1, 7).join(' ')} …”`;
  },
};

/** Another text with the meaning of the passage's sentence, or a part of it; null where nothing fits. */
export function rewrite({ sentence }: Passage, language: string, random: Seeded): Rewrite | null {
  for (const kind of random.shuffled(Object.keys(plans))) {
    const text = plans[kind]?.(sentence, language, random) ?? null;
    if (text !== null) return { kind: `written: ${kind}`, text };
  }
  return null;
}
