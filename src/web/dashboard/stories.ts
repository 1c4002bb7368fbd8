import { html } from 'hono/html';
import type { ArticleView, PostView } from '../../ports/store/index.ts';
import type { Html } from '../page.ts';
import { type DashboardTools, inOrder, story } from './story.ts';

/** How many articles the dashboard shows at once. */
const SHOWN = 20;

/**
 * The latest articles, newest first. The first element asks for those that came after `newest`, and answers replace it,
 * so that new articles appear on top and what a person is working on below stays as it is.
 */
export async function stories(tools: DashboardTools, options: { after?: number; before?: number } = {}): Promise<Html> {
  const { store } = tools.ports;
  const latest = await store.articles.list({
    brandId: tools.brand.id,
    limit: SHOWN + 1,
    ...(options.before === undefined ? {} : { before: options.before }),
  });
  const articles = latest
    .slice(0, SHOWN)
    .filter((article) => article.id > (options.after ?? 0))
    .sort(byNews);
  const posts =
    articles.length === 0
      ? []
      : await store.posts.list({
          brandId: tools.brand.id,
          articleIds: articles.map((article) => article.id),
          limit: SHOWN * 50,
        });
  const newest = Math.max(options.after ?? 0, ...latest.map((article) => article.id));
  const oldest = Math.min(...articles.map((article) => article.id));
  return html`${options.before === undefined ? watcher(newest) : ''}
    ${articles.map((article) => story(tools, article, postsOf(article, posts)))}
    ${latest.length > SHOWN && options.after === undefined ? html`<p class="more"><a class="button" href="/?before=${oldest}#articles">Older articles</a></p>` : ''}`;
}

function watcher(newest: number): Html {
  return html`<div class="watch" hx-get="/articles?after=${newest}" hx-trigger="every ${newest === 0 ? '1s' : '10s'}" hx-swap="outerHTML">
    ${newest === 0 ? html`<p class="empty">No articles yet. New ones appear here by themselves.</p>` : ''}
  </div>`;
}

/** What came in together is in the order of publication. */
function byNews(left: ArticleView, right: ArticleView): number {
  const published = (article: ArticleView) => (article.publishedAt ?? article.seenAt).getTime();
  return right.seenAt.getTime() - left.seenAt.getTime() || published(right) - published(left) || right.id - left.id;
}

function postsOf(article: ArticleView, posts: readonly PostView[]): PostView[] {
  return inOrder(posts.filter((view) => view.post.articleId === article.id));
}
