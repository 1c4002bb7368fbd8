import { html } from 'hono/html';
import { sourceName } from '../../domain/chat-source.ts';
import { FILTER_SETTINGS } from '../../domain/filter-setting.ts';
import { mayActAs } from '../../domain/member.ts';
import { settingLines } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import { pushWords } from '../../domain/subscription.ts';
import type { SourceCounts } from '../../ports/store/index.ts';
import { type Html, page } from '../page.ts';
import { ago, instant, until, webAddress, words } from '../show.ts';
import { type FilterDraft, filterForm } from './filter-form.ts';
import { filterPreview } from './filter-preview.ts';
import { sourceStanding } from './places.ts';
import type { DashboardTools } from './story.ts';

/** One source: how it is, what became of everything it carried, and what of it the brand wants. */
export async function sourcePage(
  tools: DashboardTools,
  source: Source & { counts: SourceCounts },
  draft: FilterDraft,
  saved: boolean,
): Promise<Html> {
  const { brand, ports, member } = tools;
  const { feed, counts } = source;
  const now = ports.clock.now();
  const standing = sourceStanding(source);
  const name = sourceName(source);
  const ofBrand = settingLines(FILTER_SETTINGS, brand.filter);
  return page(
    { title: `${name} · Sources · ${brand.name}`, viewer: tools },
    html`<section class="card source">
      <p><a href="/#sources">All sources</a></p>
      <h1>${name}</h1>
      <p class="meta"><span class="pill ${standing.tone}">${standing.words}</span> ${webAddress(feed.url, feed.url)}${source.tags.map((tag) => html` <span>${tag}</span>`)}</p>
      ${feed.reason ? html`<p class="notice">${feed.reason}</p>` : ''}
      <dl class="account" aria-label="What became of its articles">
        <div><dt>Seen</dt><dd>${counts.seen}</dd></div>
        <div><dt>Posted</dt><dd>${counts.posted}</dd></div>
        <div><dt>Left out</dt><dd>${counts.filtered}</dd></div>
        <div><dt>Waiting</dt><dd>${counts.waiting}</dd></div>
        <div><dt>Failed</dt><dd>${counts.failed}</dd></div>
      </dl>
      ${feed.kind === 'chat' ? chatFacts(source, now, brand.timeZone) : await pollFacts(tools, source, now)}
    </section>
    <section class="card" aria-labelledby="filter"><h2 id="filter">Which of its articles are wanted</h2>
      ${savedNotice(saved)}
      ${ofBrand.length > 0 ? html`<p class="small">The <a href="/filter">filter of the brand</a> comes first: ${ofBrand.join('; ')}.</p>` : html`<p class="small">For all sources at once there is the <a href="/filter">filter of the brand</a>.</p>`}
      ${
        mayActAs(member.role, 'marketer')
          ? filterForm(
              `/sources/${source.id}/filter`,
              draft,
              await filterPreview(tools, draft, { sourceId: source.id, other: brand.filter }),
            )
          : filterWords(settingLines(FILTER_SETTINGS, source.filter))
      }
    </section>`,
  );
}

/** The brand's filter, for every source. */
export async function brandFilterPage(tools: DashboardTools, draft: FilterDraft, saved: boolean): Promise<Html> {
  const { brand, member } = tools;
  return page(
    { title: `Filter · ${brand.name} · Crier`, viewer: tools },
    html`<section class="card">
      <p><a href="/#sources">All sources</a></p>
      <h1>Which articles ${brand.name} wants</h1>
      <p class="small">This holds for every source. A source may leave out more: open it from the list of sources.</p>
      ${savedNotice(saved)}
      ${
        mayActAs(member.role, 'marketer')
          ? filterForm('/filter', draft, await filterPreview(tools, draft))
          : filterWords(settingLines(FILTER_SETTINGS, brand.filter))
      }
    </section>`,
  );
}

function savedNotice(saved: boolean): Html | '' {
  if (!saved) return '';
  return html`<p class="notice" role="status">Saved. It decides over what comes in from now on; what was decided stays decided.</p>`;
}

function filterWords(lines: readonly string[]): Html {
  if (lines.length === 0) return html`<p>Every article is wanted.</p>`;
  return html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** A chat is heard: there is only the last link. */
function chatFacts({ feed }: Source, now: Date, timeZone: string): Html {
  return html`<dl class="facts">
    <dt>Last link</dt><dd>${feed.lastGoodAt ? html`${ago(feed.lastGoodAt, now, timeZone)} (${instant(feed.lastGoodAt, timeZone)})` : 'none yet: forward one while Crier runs'}</dd>
  </dl>`;
}

/** When it was polled and will be, and how its news is pushed. */
async function pollFacts({ ports, brand }: DashboardTools, source: Source, now: Date): Promise<Html> {
  const { feed } = source;
  const { timeZone } = brand;
  const asked = source.state === 'active' && feed.state !== 'gone';
  const [subscription] = await ports.store.subscriptions.ofFeeds([feed.id]);
  return html`<dl class="facts">
    <dt>Last good poll</dt><dd>${feed.lastGoodAt ? html`${ago(feed.lastGoodAt, now, timeZone)} (${instant(feed.lastGoodAt, timeZone)})` : 'never'}</dd>
    <dt>Last try</dt><dd>${feed.lastPolledAt ? ago(feed.lastPolledAt, now, timeZone) : 'never'}${feed.failures > 1 ? html`, ${feed.failures} failures in a row` : ''}</dd>
    <dt>Next try</dt><dd>${asked ? html`${until(feed.nextPollAt, now, timeZone)} (${instant(feed.nextPollAt, timeZone)})` : source.state === 'active' ? 'none: the server says that it is gone' : 'none while it is paused'}</dd>
    ${feed.movingTo ? html`<dt>Moving to</dt><dd>${feed.movingTo}, when the next poll is told the same</dd>` : ''}
    ${subscription ? html`<dt>Push</dt><dd>${pushWords(subscription, now, (at) => words(at, timeZone))}</dd>` : ''}
  </dl>`;
}
