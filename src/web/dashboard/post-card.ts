import { html } from 'hono/html';
import { channelRef, labelPolicy } from '../../domain/channel.ts';
import { mayActAs } from '../../domain/member.ts';
import type { Alternative } from '../../domain/post.ts';
import type { Writing } from '../../domain/writing.ts';
import type { PostView } from '../../ports/store/index.ts';
import { look } from '../look.ts';
import type { Html } from '../page.ts';
import { until, webAddress, words } from '../show.ts';
import type { DashboardTools } from './story.ts';
import { postStanding, reasonWords } from './words.ts';

/** One post as its channel would show it, with its state and, for those who may, the buttons that decide it. */
export function postCard(tools: DashboardTools, view: PostView, place: 'story' | 'alone' = 'story'): Html {
  const { post, channel, delivery, writing } = view;
  const standing = postStanding(view);
  const now = tools.ports.clock.now();
  const reason = post.state === 'approved' ? view.messages.at(-1)?.reason : post.reason;
  const where = channelRef(channel);
  const decides = post.state === 'review' && mayActAs(tools.member.role, 'marketer');
  return html`<section class="post" id="post-${post.id}" aria-label="${`Post ${post.id} for ${where}`}">
    <p class="meta"><b>${where}</b> <span class="pill ${standing.tone}">${standing.words}</span></p>
    <div class="shown" lang="${post.language}" tabindex="0" role="group" aria-label="${`As it looks in ${where}`}">${look(tools.ports, channel, post, delivery?.confirmedAt ?? null)}</div>
    ${
      post.articleCorrectedAt && post.state === 'approved'
        ? html`<p class="reason">The article was corrected after this was sent. It stays as it is; whether to answer with a correction is yours to decide.</p>`
        : ''
    }
    ${delivery?.state === 'waiting' && delivery.dueAt > now ? html`<p class="small">goes out ${until(delivery.dueAt, now, tools.brand.timeZone)} (${words(delivery.dueAt, tools.brand.timeZone)})</p>` : ''}
    ${reason ? html`<p class="reason">${reasonWords(reason)}</p>` : ''}
    ${
      post.grounding.ok
        ? ''
        : html`<div class="unfounded"><p>Not in the article:</p><ul>${post.grounding.failures.map((failure) => html`<li><mark>${failure.span}</mark> <small>${failure.reason}</small></li>`)}</ul></div>`
    }
    ${decides && post.alternative !== null ? otherText(tools, view, post.alternative, place === 'story') : ''}
    ${writing === null ? '' : claimList(writing)}
    ${decides ? decision(post.id, place === 'story', post.label !== null && labelPolicy(channel, tools.brand) === 'editorial') : ''}
    <p class="foot">
      ${post.substanceBy ? html`<span>substance checked by ${post.substanceBy}</span>` : ''}
      <span>${post.writer === 'offline' ? 'offline writer' : post.writer === 'person' ? 'edited by a person' : post.writer}</span>
      ${delivery?.url ? html`<span>${webAddress(delivery.url, 'open')}</span>` : ''}
      <a href="/p/${post.code}">provenance</a>
    </p>
  </section>`;
}

/** The other text, folded, with the button that takes it. */
function otherText(tools: DashboardTools, { post, channel }: PostView, other: Alternative, inStory: boolean): Html {
  const address = `/posts/${post.id}/choose`;
  const shown = { ...post, text: other.text };
  return html`<details class="claims"><summary>Another text to choose</summary>
    <div class="shown" lang="${post.language}">${look(tools.ports, channel, shown, null)}</div>
    ${other.reason ? html`<p class="reason">${reasonWords(other.reason)}</p>` : ''}
    ${other.grounding.ok ? '' : html`<p class="reason">Not in the article: ${other.grounding.failures.map((failure) => html`<mark>${failure.span}</mark> `)}</p>`}
    <form method="post" action="${address}" ${swap(address, inStory)}><button>Take this text</button></form>
  </details>`;
}

/** What the posts claim, folded, each with the words of the article behind it. */
function claimList({ summary, claims }: Writing): Html {
  if (summary === '' && claims.length === 0) return html``;
  const doubtful = claims.filter((claim) => claim.support === null || claim.doubt !== null).length;
  return html`<details class="claims"><summary>${claims.length === 1 ? '1 claim' : `${claims.length} claims`} and what they rest on${doubtful > 0 ? html` <mark>${doubtful} without</mark>` : ''}</summary>
    ${summary === '' ? '' : html`<p>${summary}</p>`}
    <ul>${claims.map(
      ({ claim, support, doubt }) => html`<li>${claim}
      ${support === null ? html`<mark>no sentence of the article was given for this</mark>` : html`<q>${support}</q>`}
      ${doubt === null ? '' : html`<mark>doubtful: ${doubt}</mark>`}</li>`,
    )}</ul>
  </details>`;
}

function swap(address: string, inStory: boolean): Html | '' {
  return inStory ? html`hx-post="${address}" hx-target="closest .story" hx-swap="outerHTML"` : '';
}

/** `inStory`: the story around it is replaced by its new state; otherwise the browser goes there. */
function decision(postId: number, inStory: boolean, editorial: boolean): Html {
  return html`<div class="decide">
    <form method="post" action="/posts/${postId}/approve" ${swap(`/posts/${postId}/approve`, inStory)}><button class="primary">Approve</button>${
      editorial
        ? html` <button name="substance" value="yes" title="Your name and the time are kept as its editor">I checked the substance: approve without the AI line</button>`
        : ''
    }</form>
    ${inStory ? html`<a class="button" href="/posts/${postId}">Edit</a>` : ''}
    <details><summary class="button">Reject</summary>
      <form method="post" action="/posts/${postId}/reject" ${swap(`/posts/${postId}/reject`, inStory)}>
        <label for="reason-${postId}">Why?</label>
        <input id="reason-${postId}" name="reason" maxlength="200" autocomplete="off">
        <button class="danger">Reject for good</button>
      </form>
    </details>
  </div>`;
}
