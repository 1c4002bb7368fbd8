import { html } from 'hono/html';
import { type Filter, filteredBy } from '../../domain/filter.ts';
import type { ArticleView } from '../../ports/store/index.ts';
import type { Html } from '../page.ts';
import { ago, count, webAddress } from '../show.ts';
import { type FilterDraft, faultLines } from './filter-form.ts';
import type { DashboardTools } from './story.ts';
import { reasonWords } from './words.ts';

/** Of so many latest articles the preview tells what a filter would do. */
const LOOKED_AT = 50;
/** So many of those left out are named; the others are counted. */
const NAMED = 20;

/**
 * What a filter would have left out of the latest articles, decided as when each came in. `other`: the brand's filter,
 * for a source's, which leaves out what it leaves out whatever this one says.
 */
export async function filterPreview(
  tools: DashboardTools,
  draft: FilterDraft,
  { sourceId, other }: { sourceId?: number; other?: Filter } = {},
): Promise<Html> {
  if (draft.faults.size > 0)
    return shown(html`<p>What it would do is shown when ${draft.faults.size === 1 ? 'that field is' : 'those fields are'} in order:</p>
      <ul>${faultLines(draft).map((line) => html`<li>${line}</li>`)}</ul>`);
  const articles = await tools.ports.store.articles.list({
    brandId: tools.brand.id,
    limit: LOOKED_AT,
    ...(sourceId === undefined ? {} : { sourceId }),
  });
  if (articles.length === 0) return shown(html`<p>There are no articles yet to try it on.</p>`);
  const left: { article: ArticleView; rule: string }[] = [];
  let byOther = 0;
  for (const article of articles) {
    const came = article.frozenAt ?? article.seenAt;
    const rule = filteredBy(draft.filter, article, came);
    if (rule !== null) left.push({ article, rule });
    else if (other && filteredBy(other, article, came) !== null) byOther += 1;
  }
  const latest = articles.length === 1 ? 'the only article' : `the last ${articles.length} articles`;
  return shown(html`
    <p>${
      left.length === 0
        ? html`Of ${latest}, this would leave out <b>none</b>.`
        : html`Of ${latest}, this would leave out <b>${left.length === articles.length ? (left.length === 1 ? 'it' : `all ${left.length}`) : left.length}</b>:`
    }${byOther > 0 ? html` The brand’s own filter leaves out ${count(byOther, 'more', 'more')}.` : ''}</p>
    ${
      left.length > 0
        ? html`<ul class="left-out">${left.slice(0, NAMED).map(
            ({
              article,
              rule,
            }) => html`<li><span lang="${article.language}">${webAddress(article.url, article.title || article.url)}</span>
          <span class="reason">${ruleWords(rule)} · ${article.source ?? 'by hand'} · ${ago(article.publishedAt ?? article.seenAt, tools.ports.clock.now(), tools.brand.timeZone)}</span></li>`,
          )}</ul>${left.length > NAMED ? html`<p class="small">and ${left.length - NAMED} more</p>` : ''}`
        : ''
    }${draft.filter.about === null ? '' : html`<p class="small">Whether an article is about “${draft.filter.about}” the model is asked when it comes in, not here.</p>`}`);
}

function shown(content: unknown): Html {
  return html`<section class="trial" id="trial" aria-live="polite" aria-label="What it would do">${content}</section>`;
}

/** `filter max-age: 4 days old, …` → `4 days old, …`. */
function ruleWords(rule: string): string {
  return reasonWords(rule.replace(/^filter /u, ''));
}
