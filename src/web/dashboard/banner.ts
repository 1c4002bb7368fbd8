import { html } from 'hono/html';
import type { Html } from '../page.ts';

/** What is real in this installation; `missing` are lines for `.env`. */
export interface Mode {
  /** True while nothing can leave this machine. */
  preview: boolean;
  missing: readonly string[];
}

/** Says that this is a rehearsal, and how to make it real. */
export function banner(mode: Mode): Html | '' {
  if (!mode.preview) return '';
  return html`<aside class="banner" aria-label="Preview mode">
    <div>
      <p><b>Preview mode.</b> Nothing leaves this machine: posts are shown here and nowhere else.</p>
      ${
        mode.missing.length > 0
          ? html`<p>To make it real, put ${mode.missing.length === 1 ? 'this line' : `these ${numberWords(mode.missing.length)} lines`} into <code>.env</code> with your own values and start again. Then add a source and a channel.</p>`
          : ''
      }
    </div>
    ${mode.missing.length > 0 ? html`<pre tabindex="0"><code>${mode.missing.join('\n')}</code></pre>` : ''}
  </aside>`;
}

function numberWords(amount: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five'][amount] ?? String(amount);
}
