import { html } from 'hono/html';
import { dollars } from '../../domain/spending.ts';
import { CAP_WORDS, type Money } from '../../pipeline/report/index.ts';
import type { Html } from '../page.ts';

/** What the model cost, a bar for each cap. */
export function moneyBars({ dayMicros, monthMicros, caps }: Money): Html | '' {
  if (caps.length === 0 && monthMicros === 0) return '';
  if (caps.length === 0)
    return html`<p class="small">The model cost ${dollars(dayMicros)} today and ${dollars(monthMicros)} this month. To set a limit: <code>npm run crier -- brand set budget-month=20</code></p>`;
  return html`<dl class="money">${caps.map(
    ({ name, usedMicros, capMicros, renews }) => html`<div>
      <dt>${CAP_WORDS[name]}</dt>
      <dd><meter min="0" max="${capMicros}" high="${Math.round(capMicros * 0.8)}" value="${usedMicros}" aria-label="${CAP_WORDS[name]}">${dollars(usedMicros)}</meter> ${dollars(usedMicros)} of ${dollars(capMicros)}, anew ${renews}</dd>
    </div>`,
  )}</dl>`;
}
