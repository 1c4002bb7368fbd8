import { html, raw } from 'hono/html';
import type { Report } from '../../domain/report.ts';
import { dailyChart, dayWords, SERIES } from '../chart/daily.ts';
import { funnelChart, STEPS } from '../chart/funnel.ts';
import type { Html } from '../page.ts';

/** The days a report can cover. */
export const DAYS = [7, 30, 90] as const;

/** The two charts, each with the same numbers as a table. They ask for themselves again when an article changed. */
export async function numbers(report: Report): Promise<Html> {
  const [funnel, daily] = await Promise.all([funnelChart(report.total), dailyChart(report.daily)]);
  return html`<section class="numbers" id="numbers" aria-label="Numbers" hx-get="/numbers?days=${report.days}" hx-trigger="story-changed from:body throttle:2s" hx-swap="outerHTML">
    <figure class="card">
      <figcaption><h2>From article to lead</h2>${daysForm(report.days)}</figcaption>
      ${raw(funnel)}
      <details><summary>As a table</summary><table>
        <thead><tr><th scope="col">Step</th><th scope="col" class="num">Count</th><th scope="col">What it counts</th></tr></thead>
        <tbody>${STEPS.map(({ key, name, meaning }) => html`<tr><th scope="row">${name}</th><td class="num">${report.total[key]}</td><td>${meaning}</td></tr>`)}</tbody>
      </table></details>
    </figure>
    <figure class="card">
      <figcaption><h2>Day by day</h2><p class="legend">${SERIES.map(({ key, name }) => html`<span class="key-${key}">${name}</span>`)}</p></figcaption>
      ${raw(daily)}
      <details><summary>As a table</summary><table>
        <thead><tr><th scope="col">Day</th>${SERIES.map(({ name }) => html`<th scope="col" class="num">${name}</th>`)}</tr></thead>
        <tbody>${[...report.daily].reverse().map((day) => html`<tr><th scope="row">${dayWords(day.day)}</th>${SERIES.map(({ key }) => html`<td class="num">${day[key]}</td>`)}</tr>`)}</tbody>
      </table></details>
    </figure>
  </section>`;
}

function daysForm(chosen: number): Html {
  return html`<nav class="days" aria-label="Days">${DAYS.map((days) => html`<a href="/?days=${days}"${days === chosen ? html` aria-current="true"` : ''}>${days} days</a>`)}</nav>`;
}

/** The days a request asks for: a whole number from 1 to 366, otherwise 7. */
export function daysOf(asked: string | undefined): number {
  const days = Number(asked);
  return Number.isInteger(days) && days >= 1 && days <= 366 ? days : DAYS[0];
}
