import { html } from 'hono/html';
import type { FunnelRow, Report } from '../../domain/report.ts';
import { dollars } from '../../domain/spending.ts';
import { costLines } from '../../pipeline/report/index.ts';
import { STEPS } from '../chart/funnel.ts';
import type { Html } from '../page.ts';
import { webAddress } from '../show.ts';

/** How many posts the page shows; the downloads have all. */
const POSTS_SHOWN = 25;

/** The report per source, channel and post, with its downloads. */
export function reportTables(report: Report): Html {
  const posts = [...report.posts].sort(
    (left, right) => right.leads - left.leads || right.clicks - left.clicks || right.id - left.id,
  );
  return html`<p class="small">The last ${report.days} days. Download: <a href="/report.csv?days=${report.days}" download>CSV</a>, <a href="/report.json?days=${report.days}" download>JSON</a></p>
  ${costLines(report).map((line) => html`<p>${line}.</p>`)}
  <h3>By source</h3>${funnelTable('Source', report.sources)}
  <h3>By channel</h3>${funnelTable('Channel', report.channels)}
  <h3>By post</h3>
  ${
    posts.length === 0
      ? NOTHING
      : html`<div class="wide"><table>
    <thead><tr><th scope="col">Post</th><th scope="col">Channel</th><th scope="col" class="num">Clicks</th><th scope="col" class="num">Bots</th><th scope="col" class="num">Reactions</th><th scope="col" class="num">Replies</th><th scope="col" class="num">Leads</th><th scope="col" class="num">Cost</th></tr></thead>
    <tbody>${posts.slice(0, POSTS_SHOWN).map(
      (post) => html`<tr>
        <th scope="row">${webAddress(post.url, post.title)}<br><small>post ${post.id}${post.delivered ? '' : `, ${post.state}`}</small></th>
        <td>${post.channel}</td><td class="num">${post.clicks}</td><td class="num quiet">${post.otherHits}</td><td class="num">${post.reactions}</td><td class="num">${post.replies}</td><td class="num">${post.leads}</td><td class="num">${post.costMicros === null ? 'unknown' : dollars(post.costMicros)}</td>
      </tr>`,
    )}</tbody>
  </table></div>${posts.length > POSTS_SHOWN ? html`<p class="small">${posts.length - POSTS_SHOWN} more in the downloads.</p>` : ''}`
  }`;
}

const NOTHING = html`<p class="empty">Nothing in these days.</p>`;

function funnelTable(title: string, rows: readonly FunnelRow[]): Html {
  if (rows.length === 0) return NOTHING as Html;
  return html`<div class="wide"><table>
    <thead><tr><th scope="col">${title}</th>${STEPS.map(({ name }) => html`<th scope="col" class="num">${name}</th>`)}<th scope="col" class="num">Cost</th><th scope="col" class="num">A post</th><th scope="col" class="num">A lead</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row">${row.name}</th>${STEPS.map(({ key }) => html`<td class="num">${row[key]}</td>`)}${[row.costMicros, row.perPostMicros, row.perLeadMicros].map((micros) => html`<td class="num">${micros === null ? '–' : dollars(micros)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
