import { html } from 'hono/html';
import { channelRef } from '../../domain/channel.ts';
import type { PostView } from '../../ports/store/index.ts';
import { type Html, page } from '../page.ts';
import { webAddress } from '../show.ts';
import { postCard } from './post-card.ts';
import type { DashboardTools } from './story.ts';

/** One post with its text to change. `draft` is a text that was refused, for the reason in `problem`. */
export function editPage(
  tools: DashboardTools,
  view: PostView,
  draft?: { text: string; problem: string },
  notice?: string,
): Html {
  const { post, channel, article } = view;
  const form = tools.ports.platforms.get(channel.platform)?.form(channel.address, channel.style);
  const text = draft?.text ?? post.text;
  return page(
    { title: `Post ${post.id} for ${channelRef(channel)}`, viewer: tools },
    html`<section>
      <p><a href="/#article-${article.id}">Back to the articles</a></p>
      <h1>Post for ${channelRef(channel)}</h1>
      <p>From the article <span lang="${article.language}">${webAddress(article.url, article.title)}</span></p>
      ${notice ? html`<p class="notice" role="status">${notice}</p>` : ''}
      <div class="edit">
        ${
          post.state === 'review'
            ? html`<form method="post" action="/posts/${post.id}/edit">
          ${draft ? html`<p class="faults" role="alert">${draft.problem}</p>` : ''}
          <label for="text">Text (${post.format === 'html' ? 'HTML' : post.format === 'markdown' ? 'Markdown' : 'plain'})</label>
          <textarea id="text" name="text" rows="14" lang="${post.language}" spellcheck="true">${text}</textarea>
          ${form ? html`<p class="small">${form.limits.count(text)} of ${form.limits.text} ${form.limits.unit}. The text is compared with the article again when you save.${channel.style.thread === 'no' ? '' : ' A line of --- parts a thread.'}</p>` : ''}
          <button class="primary">Save</button>
        </form>`
            : html`<p>This post is ${post.state} and can’t be changed any more.</p>`
        }
        ${postCard(tools, view, 'alone')}
      </div>
      <details class="source-text"><summary>Text of the article</summary><div lang="${article.language}">${article.text.split(/\n{2,}/u).map((paragraph) => html`<p>${paragraph}</p>`)}</div></details>
    </section>`,
  );
}
