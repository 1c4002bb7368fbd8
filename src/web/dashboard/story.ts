import { html } from 'hono/html';
import { isUnjudged } from '../../domain/article.ts';
import type { Brand } from '../../domain/brand.ts';
import { type Member, mayActAs } from '../../domain/member.ts';
import { after, MINUTE } from '../../lib/clock.ts';
import { languageName } from '../../lib/language-name.ts';
import type { Ports } from '../../ports/app.ts';
import type { ArticleView, PostView } from '../../ports/store/index.ts';
import type { Html } from '../page.ts';
import { ago, webAddress } from '../show.ts';
import { postCard } from './post-card.ts';
import { fateStanding, reasonWords } from './words.ts';

/** What the parts of the dashboard are drawn with. */
export interface DashboardTools {
  ports: Pick<Ports, 'store' | 'platforms' | 'clock'>;
  member: Member;
  brand: Brand;
}

/** An article still in work after this long is no longer asked for every second. */
const LIVELY_MS = 2 * MINUTE;

/** One article: what became of it, and its posts side by side. It asks for itself again while it is in work. */
export function story(tools: DashboardTools, article: ArticleView, posts: readonly PostView[], notice?: string): Html {
  const { ports, brand } = tools;
  const now = ports.clock.now();
  const standing = article.fate === null ? null : fateStanding(article.fate);
  const lively = standing?.tone === 'busy' && article.fate !== null && after(article.fate.changedAt, LIVELY_MS) > now;
  const reason = article.fate?.reason && article.fate.waitingFor !== 'review' ? reasonWords(article.fate.reason) : null;
  return html`<article class="story" id="article-${article.id}"
    ${lively ? html`hx-get="/articles/${article.id}" hx-trigger="load delay:1s" hx-swap="outerHTML"` : ''}>
    <header>
      <h3 lang="${article.language}">${webAddress(article.url, article.title || article.url)}</h3>
      <p class="meta">
        ${standing ? html`<span class="pill ${standing.tone}">${standing.words}</span>` : ''}
        <span>${article.source ?? 'by hand'}</span>
        <span>${languageName(article.language)}</span>
        <span>${ago(article.publishedAt ?? article.seenAt, now, brand.timeZone)}</span>
        ${reason ? html`<span class="reason">${reason}</span>` : ''}
        ${article.textFrom === 'feed' && article.pageProblem ? html`<span class="reason">only the feed’s text: ${article.pageProblem}</span>` : ''}
      </p>
      ${notice ? html`<p class="notice" role="status">${notice}</p>` : ''}
      ${article.fate !== null && isUnjudged(article.fate) && mayActAs(tools.member.role, 'marketer') ? decideForm(article.id) : ''}
    </header>
    ${posts.length > 0 ? html`<div class="posts">${posts.map((view) => postCard(tools, view))}</div>` : ''}
  </article>`;
}

/** For an article that a filter "only if about" keeps waiting. */
function decideForm(articleId: number): Html {
  return html`<form class="decide" method="post" action="/articles/${articleId}/judge">
    <button class="primary" name="verdict" value="take">Post about it</button>
    <button name="verdict" value="leave">Leave it out</button>
  </form>`;
}

/** The story of one article of the viewer's brand; null when there is none. */
export async function storyOf(tools: DashboardTools, articleId: number, notice?: string): Promise<Html | null> {
  const { store } = tools.ports;
  const [article, posts] = await Promise.all([
    store.articles.view(tools.brand.id, articleId),
    store.posts.list({ brandId: tools.brand.id, articleIds: [articleId], limit: 100 }),
  ]);
  // Articles are shared between brands: one without a fate here is another brand's.
  if (article === null || (article.fate === null && posts.length === 0)) return null;
  return story(tools, article, inOrder(posts), notice);
}

/** The same order of channels under every article. */
export function inOrder(posts: readonly PostView[]): PostView[] {
  return [...posts].sort((left, right) => left.channel.id - right.channel.id);
}
