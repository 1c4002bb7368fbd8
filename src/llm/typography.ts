import type { WrittenText } from '../ports/writer.ts';
import { numbers } from './claims/numbers.ts';
import { HABITS, type Habits } from './habits.ts';
import { quotations, wordsOf } from './quotations.ts';
import { phoneKey } from './source.ts';
import { links, mentions, phones, type Span } from './spans.ts';

/** Stands for what must stay as it is; a text that has it already is not touched. */
const MASK = '\ue000';
const HASHTAG = /(?<![\p{L}\p{N}&])[#＃][\p{L}\p{M}\p{N}_]+/gu;
const CODE = /`[^`\n]*`/gu;

/** What makes of a number a quantity, so that its marks can only be those of thousands and decimals. */
const UNIT = String.raw`(?:%|‰|€|\$|£|₽|°C?|(?:km|m|cm|mm|kg|g|mg|t|l|ml|ha|kWh|MWh|GWh|TWh|kW|MW|GW|MB|GB|TB|km²|m²|km/h|км|м|см|кг|г|т|л|га|кВт|МВт|МБ|ГБ|h|min|EUR|USD|GBP|Mio|Mrd|Tsd|mln|mlrd|milj|mljrd|tūkst|млн|млрд|тыс|трлн|руб|eur|eiro|евро|bn)(?![\p{L}\p{M}])|(?:euro|eiro|dol[āl]|доллар|рубл|miljon|miljard|milijon|milijard|million|milliard|billion|tūksto|tūkstan|тысяч|миллион|миллиард|tausend|tuhat|tuhand|thousand|procent|процент|prozent|protsen|percent|per cent|minūt|stund|dien|nedēļ|mēneš|gad|минут|час|дн|ден|недел|месяц|лет|год|minute|hour|day|week|month|year|stunde|tag|woche|monat|jahr|valand|savait|mėnes|met|tund|päev|nädal|kuu|aasta|tonn|тонн|kilom|килом|meter|metr|метр|lit[re]|литр)[\p{L}\p{M}]*)`;
const CURRENCY_BEFORE = String.raw`(?<=[$€£]\p{Zs}?)`;
/** Neither in a word, nor in a longer number, version, code or time. */
const ALONE = String.raw`(?<![\p{L}\p{M}\p{N}_.,:/'’#№+-]|[\p{L}\p{N}]\p{Zs}?[-–])`;

const DECIMAL = new RegExp(
  String.raw`(?:${ALONE}|${CURRENCY_BEFORE})(\d{1,3})[.,](\d{1,2})(?=[\p{Zs}-]?${UNIT})`,
  'giu',
);
const COMMA_GROUPS = new RegExp(
  String.raw`(?:${ALONE}|${CURRENCY_BEFORE})[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d{1,2})?(?![\d.,:/-]*\d)`,
  'gu',
);
const DOT_GROUPS = new RegExp(
  String.raw`(?:${ALONE}|${CURRENCY_BEFORE})[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d{1,2})?(?=\p{Zs}?${UNIT})`,
  'giu',
);
const UNGROUPED = new RegExp(String.raw`${ALONE}([1-9]\d{4,8})(?=\p{Zs}?${UNIT})`, 'giu');
const SPACED_GROUPS = new RegExp(String.raw`${ALONE}[1-9]\d{0,2}(?: \d{3})+(?![\d.,:/-]*\d)(?=\p{Zs}?${UNIT})`, 'giu');
const RANGE = new RegExp(
  String.raw`${ALONE}(\d{1,3}(?:[.,]\d{1,2})?)-(\d{1,3}(?:[.,]\d{1,2})?)(?=\p{Zs}?${UNIT})`,
  'giu',
);
const YEARS = new RegExp(String.raw`${ALONE}((?:1[5-9]|20)\d\d)-((?:1[5-9]|20)\d\d)(?![\p{L}\p{N}_/-]|[.,:]\d)`, 'gu');
const PERCENT = /(?<=\d)\p{Zs}?(?=%)/gu;
const BEFORE_UNIT = new RegExp(String.raw`(?<=\d) (?=${UNIT})`, 'giu');
const ISO_DATE = new RegExp(
  String.raw`${ALONE}((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\p{L}\p{N}_/:-]|\.\d)(\.?)`,
  'gu',
);
const APOSTROPHE = /(?<=\p{L})'(?=\p{L})/gu;

/**
 * `text` with the marks of `language`: quotation marks, decimal mark and thousands, the percent sign, dashes in ranges,
 * ISO dates, spaces that don't break before units, apostrophes. Words, links, mentions, hashtags, phone numbers and
 * emoji stay; so do years, versions, codes and times. It never says anything new, is idempotent, and leaves a text
 * alone where it isn't sure. Languages without known habits stay as they are.
 */
export function typeset(text: string, language: string): string {
  const habits = Object.hasOwn(HABITS, language) ? HABITS[language] : undefined;
  if (habits === undefined || text.includes(MASK)) return text;
  const set = apply(text, habits);
  return apply(set, habits) === set ? set : text;
}

/** A written text, its headline and body typeset. */
export function typesetText<Text extends Pick<WrittenText, 'headline' | 'body'>>(text: Text, language: string): Text {
  return { ...text, headline: typeset(text.headline, language), body: typeset(text.body, language) };
}

function apply(text: string, habits: Habits): string {
  const steps = [
    // What is quoted keeps its figures as they are: it was said or written so.
    (current: string) =>
      changed(current, [...untouchable(current), ...quotations(current)], (open) => withFigures(open, habits)),
    (current: string) => changed(current, untouchable(current), (open) => withQuotes(open, habits)),
    (current: string) => changed(current, untouchable(current), (open) => open.replace(APOSTROPHE, '’')),
  ];
  return steps.reduce((current, step) => {
    const next = step(current);
    return next === current || saysTheSame(current, next) ? next : current;
  }, text);
}

function withFigures(text: string, { decimal, group, beforePercent, date }: Habits): string {
  const regrouped = (digits: string) => digits.replace(/\B(?=(?:\d{3})+$)/gu, group);
  const whole = (number: string, from: RegExp, mark: string) => {
    const [integer = '', fraction] = number.split(mark);
    return regrouped(integer.replace(from, '')) + (fraction === undefined ? '' : decimal + fraction);
  };
  return text
    .replace(ISO_DATE, (_, year: string, month: string, day: string, stop: string) => {
      const short = date(year, month, day);
      return short.endsWith('.') ? short : short + stop;
    })
    .replace(COMMA_GROUPS, (number) => whole(number, /,/gu, '.'))
    .replace(DOT_GROUPS, (number) => whole(number, /\./gu, ','))
    .replace(UNGROUPED, regrouped)
    .replace(SPACED_GROUPS, (number) =>
      // Two groups may be two numbers; a space that doesn't break says no more than one that does.
      /^\s$/u.test(group) || number.split(' ').length > 2 ? regrouped(number.replace(/ /gu, '')) : number,
    )
    .replace(DECIMAL, (number, integer: string, fraction: string) =>
      decimal === ',' && mayBeTime(integer, fraction) ? number : integer + decimal + fraction,
    )
    .replace(RANGE, (range, from: string, to: string) => (value(from) < value(to) ? `${from}–${to}` : range))
    .replace(YEARS, (range, from: string, to: string) => (from < to ? `${from}–${to}` : range))
    .replace(PERCENT, beforePercent)
    .replace(BEFORE_UNIT, '\u00a0');
}

/** `12.45` is also a quarter to one, and `15.02` a day in February. */
function mayBeTime(integer: string, fraction: string): boolean {
  return fraction.length === 2 && Number(integer) <= 31 && Number(fraction) <= 59;
}

function value(number: string): number {
  return Number(number.replace(',', '.'));
}

/** The outermost pairs of double quotation marks in the language's own; those that hold others are left. */
function withQuotes(text: string, { quotes: [open, close] }: Habits): string {
  let set = '';
  let end = 0;
  for (const { span, index } of quotations(text)) {
    const closeAt = index + span.length;
    // An inch, a mark of unknown kind, or marks within: not sure.
    if (/["„“”«»]/u.test(span) || span.trim() === '' || /[「『]/u.test(text.charAt(index - 1))) continue;
    set += text.slice(end, index - 1) + open + span + close;
    end = closeAt + 1;
  }
  return set + text.slice(end);
}

function untouchable(text: string): Span[] {
  const found = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map((match) => ({ span: match[0], index: match.index }));
  return [...links(text), ...mentions(text), ...phones(text), ...found(HASHTAG), ...found(CODE)];
}

/** `text` changed everywhere but in `spans`, which the change sees as one mask each. */
function changed(text: string, spans: readonly Span[], change: (open: string) => string): string {
  const kept: string[] = [];
  let open = '';
  let end = 0;
  for (const { span, index } of [...spans].sort((left, right) => left.index - right.index)) {
    if (index < end || span === '') continue;
    open += text.slice(end, index) + MASK;
    kept.push(span);
    end = index + span.length;
  }
  let next = 0;
  return change(open + text.slice(end)).replaceAll(MASK, () => kept[next++] ?? '');
}

/** Whether two texts claim the same: addresses, accounts, phone numbers, quotations, and numbers by value. */
function saysTheSame(before: string, after: string): boolean {
  const claims = (text: string) =>
    JSON.stringify([
      links(text).map(({ span }) => span),
      mentions(text).map(({ span }) => span),
      phones(text).map(({ span }) => phoneKey(span)),
      quotations(text).map(({ span }) => wordsOf(span)),
    ]);
  if (claims(before) !== claims(after)) return false;
  const said = numbers(before);
  const plain = new Set(said.filter(({ unit }) => unit === null).flatMap(({ values }) => values));
  return numbers(after).every(
    ({ values, pieces, unit }) =>
      said.some(
        (one) =>
          one.unit === unit &&
          one.values.every((each) => values.includes(each)) &&
          (one.values.length > 0 || pieces.length > 0) &&
          (one.pieces.length === 0 || one.pieces.join() === pieces.join()),
      ) ||
      (unit === null && pieces.length > 0 && pieces.every((piece) => plain.has(piece))),
  );
}
