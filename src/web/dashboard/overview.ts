import { html } from 'hono/html';
import { mayActAs } from '../../domain/member.ts';
import { moneyOf, report } from '../../pipeline/report/index.ts';
import { type Html, page } from '../page.ts';
import { banner, type Mode } from './banner.ts';
import { moneyBars } from './money.ts';
import { numbers } from './numbers.ts';
import { channelsTable, sourcesTable } from './places.ts';
import { reportTables } from './report-tables.ts';
import { stories } from './stories.ts';
import type { DashboardTools } from './story.ts';
import { unclearDeliveries } from './unclear.ts';

/** Unclear deliveries shown at once. */
const UNCLEAR_SHOWN = 12;

/** The first page: numbers, what needs a person, articles with their posts, sources, channels, report. */
export async function overview(
  tools: DashboardTools,
  mode: Mode,
  options: { days: number; before?: number },
): Promise<Html> {
  const { ports, brand } = tools;
  const now = ports.clock.now();
  const [figures, unclear, articles, sources, channels, notices, money] = await Promise.all([
    report(ports, brand, options.days),
    ports.store.deliveries.list({ brandId: brand.id, state: 'unclear', limit: UNCLEAR_SHOWN }),
    stories(tools, options.before === undefined ? {} : { before: options.before }),
    ports.store.sources.list(brand.id),
    ports.store.channels.list(brand.id),
    ports.store.notices.current(brand.id, now),
    moneyOf(ports, brand),
  ]);
  const subscriptions = await ports.store.subscriptions.ofFeeds(sources.map((source) => source.feed.id));
  const inWork = sources.some((source) => source.counts.waiting > 0 || source.feed.state === 'new');
  return page(
    { title: `${brand.name} · Crier`, viewer: tools, ...(inWork ? { reloadSeconds: 5 } : {}) },
    html`<h1 class="visually-hidden">${brand.name}</h1>
    ${banner(mode)}
    ${notices.map(({ text }) => html`<p class="notice" role="status">${text}</p>`)}
    ${brand.paused ? html`<p class="notice" role="status">This brand is paused: nothing is written or sent.</p>` : ''}
    ${
      brand.controller.contact === '' && !mode.preview
        ? html`<p class="notice">Readers can’t see how to reach you about their data. Say it: <code>npm run crier -- brand set controller-contact privacy@your-domain</code></p>`
        : ''
    }
    ${unclearDeliveries(tools, unclear)}
    ${await numbers(figures)}
    <section aria-labelledby="articles"><h2 id="articles">Articles and their posts</h2><div class="stories">${articles}</div></section>
    <section class="card" aria-labelledby="sources"><h2 id="sources">Sources</h2>${sourcesTable(sources, subscriptions, now, brand.timeZone)}</section>
    <section class="card" aria-labelledby="channels"><h2 id="channels">Channels</h2>${channelsTable(channels)}</section>
    <section class="card" aria-labelledby="report"><h2 id="report">Report</h2>${moneyBars(money)}${reportTables(figures)}${
      mayActAs(tools.member.role, 'manager') && figures.total.leads > 0
        ? html`<p><a class="button" href="/leads">See the leads</a></p>`
        : ''
    }</section>`,
  );
}
