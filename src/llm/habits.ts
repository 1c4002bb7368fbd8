/** How a language sets its texts. Sources: docs/decisions/0015-offline.md. */
export interface Habits {
  quotes: readonly [string, string];
  decimal: '.' | ',';
  /** Between thousands. */
  group: string;
  /** Between a number and the percent sign. */
  beforePercent: '' | '\u00a0';
  /** A date in its short form. */
  date(year: string, month: string, day: string): string;
}

const SPACE = '\u00a0';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];
const dotted = (year: string, month: string, day: string) => `${day}.${month}.${year}`;

/** The languages that texts are set in; others stay as they were written. */
export const HABITS: Readonly<Record<string, Habits>> = {
  en: {
    quotes: ['“', '”'],
    decimal: '.',
    group: ',',
    beforePercent: '',
    date: (year, month, day) => `${Number(day)}${SPACE}${MONTHS[Number(month) - 1]} ${year}`,
  },
  lv: {
    quotes: ['„', '”'],
    decimal: ',',
    group: SPACE,
    beforePercent: SPACE,
    date: (year, month, day) => `${dotted(year, month, day)}.`,
  },
  ru: { quotes: ['«', '»'], decimal: ',', group: SPACE, beforePercent: '', date: dotted },
  de: { quotes: ['„', '“'], decimal: ',', group: '.', beforePercent: SPACE, date: dotted },
  lt: {
    quotes: ['„', '“'],
    decimal: ',',
    group: SPACE,
    beforePercent: SPACE,
    date: (year, month, day) => `${year}-${month}-${day}`,
  },
  et: { quotes: ['„', '”'], decimal: ',', group: SPACE, beforePercent: '', date: dotted },
};
