import { html } from 'hono/html';
import { DAY, HOUR, MINUTE } from '../lib/clock.ts';
import type { Html } from './page.ts';

/** A moment as a person of the brand writes it, with the exact instant behind it. */
export function instant(moment: Date, timeZone: string, language = 'en'): Html {
  const words = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(moment);
  return html`<time datetime="${moment.toISOString()}">${words}</time>`;
}

/** A moment in words of English. */
export function words(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(moment);
}

/** When something is due, in words, with the exact moment on hover. */
export function until(moment: Date, now: Date, timeZone: string): Html {
  return html`<time datetime="${moment.toISOString()}" title="${words(moment, timeZone)}">${untilWords(moment.getTime() - now.getTime())}</time>`;
}

function untilWords(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'now';
  const relative = new Intl.RelativeTimeFormat('en');
  if (milliseconds < 2 * HOUR) return relative.format(Math.ceil(milliseconds / MINUTE), 'minute');
  return relative.format(Math.round(milliseconds / HOUR), 'hour');
}

/** How long ago, in words, with the exact moment on hover. */
export function ago(moment: Date, now: Date, timeZone: string): Html {
  return html`<time datetime="${moment.toISOString()}" title="${words(moment, timeZone)}">${agoWords(now.getTime() - moment.getTime())}</time>`;
}

function agoWords(milliseconds: number): string {
  if (milliseconds < MINUTE) return milliseconds < -MINUTE ? 'in the future' : 'just now';
  const [amount, unit] =
    milliseconds < HOUR
      ? [milliseconds / MINUTE, 'minute' as const]
      : milliseconds < DAY
        ? [milliseconds / HOUR, 'hour' as const]
        : [milliseconds / DAY, 'day' as const];
  return new Intl.RelativeTimeFormat('en').format(-Math.floor(amount), unit);
}

/** A link to somewhere else, or only its words when the address is not http(s): `javascript:` must never become a link. */
export function webAddress(url: string, words: string): Html {
  return /^https?:\/\//iu.test(url) ? html`<a href="${url}" rel="noopener noreferrer">${words}</a>` : html`${words}`;
}

/** `1 article`, `2 articles`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-GB')} ${amount === 1 ? one : many}`;
}
