import { plainLine } from '../../lib/text.ts';
import { entities } from './weight.ts';

/** X allows programs one. */
export const CASHTAGS = 1;

/** Stands after the dots of what X would take for a link: nothing shows, no line breaks there, and X finds none. Weighs 2. */
const LINK_BREAK = '\u2060';

/** What of a text from outside may stay alive. */
export interface Alive {
  cashtags: number;
  links: boolean;
}

/**
 * Takes the life out of text that came from outside: `@name` → `@ name` (a full-width ＠ would still ping), `#word` →
 * `word`, `$ACME` → `ACME` beyond the first `cashtags`, and without `links` what X would bill as one (`Booking.com`).
 */
export function tame(text: string, alive: Alive): string {
  let tamed = text;
  for (;;) {
    let seen = 0;
    const live = entities(tamed).find((entity) => {
      if ('cashtag' in entity) seen += 1;
      return (
        'screenName' in entity || 'hashtag' in entity || ('url' in entity && !alive.links) || seen > alive.cashtags
      );
    });
    if (!live) return tamed;
    const [start, end] = live.indices;
    if ('url' in live) {
      tamed = tamed.slice(0, start) + tamed.slice(start, end).replaceAll('.', `.${LINK_BREAK}`) + tamed.slice(end);
      continue;
    }
    const sign = 'screenName' in live ? `${tamed.charAt(start)} ` : '';
    tamed = tamed.slice(0, start) + sign + tamed.slice(start + 1);
  }
}

/** The text as people read it. */
export function untamed(text: string): string {
  return text.replaceAll(LINK_BREAK, '');
}

/** One line of text from outside, composed and without what X refuses. */
export function line(text: string): string {
  const whole = text.toWellFormed().normalize('NFC');
  return plainLine(whole.replace(/[\ufffe\uffff]/gu, ''));
}

/** The pieces that aren't empty. */
export function joined(separator: string, ...pieces: string[]): string {
  return pieces.filter((piece) => piece !== '').join(separator);
}
