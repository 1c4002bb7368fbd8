import { html } from 'hono/html';
import { channelRef, labelPolicy } from '../../domain/channel.ts';
import { mayActAs } from '../../domain/member.ts';
import type { PostView } from '../../ports/store/index.ts';
import { look } from '../look.ts';
import type { Html } from '../page.ts';
import { webAddress } from '../show.ts';
import type { DashboardTools } from './story.ts';
import { postStanding, reasonWords } from './words.ts';

/** One post as its channel would show it, with its state and, for those who may, the buttons that decide it. */
export function postCard(tools: DashboardTools, view: PostView, place: 'story' | 'alone' = 'story'): Html {
  const { post, channel, delivery } = view;
  const standing = postStanding(view);
  const reason = post.state === 'approved' ? view.messages.at(-1)?.reason : post.reason;
  const where = channelRef(channel);
  const decides = post.state === 'review' && mayActAs(tools.member.role, 'marketer');
  return html`<section class="post" id="post-${post.id}" aria-label="${`Post ${post.id} for ${where}`}">
    <p class="meta"><b>${where}</b> <span class="pill ${standing.tone}">${standing.words}</span></p>
    <div class="shown" lang="${post.language}" tabindex="0" role="group" aria-label="${`As it looks in ${where}`}">${look(tools.ports, channel, post, delivery?.confirmedAt ?? null)}</div>
    ${reason ? html`<p class="reason">${reasonWords(reason)}</p>` : ''}
    ${
      post.grounding.ok
        ? ''
        : html`<div class="unfounded"><p>Not in the article:</p><ul>${post.grounding.failures.map((failure) => html`<li><mark>${failure.span}</mark> <small>${failure.reason}</small></li>`)}</ul></div>`
    }
    ${decides ? decision(post.id, place === 'story', post.label !== null && labelPolicy(channel, tools.brand) === 'editorial') : ''}
    <p class="foot">
      ${post.substanceBy ? html`<span>substance checked by ${post.substanceBy}</span>` : ''}
      <span>${post.writer === 'offline' ? 'offline writer' : post.writer === 'person' ? 'edited by a person' : post.writer}</span>
      ${delivery?.url ? html`<span>${webAddress(delivery.url, 'open')}</span>` : ''}
      <a href="/p/${post.code}">provenance</a>
    </p>
  </section>`;
}

/** `inStory`: the story around it is replaced by its new state; otherwise the browser goes there. */
function decision(postId: number, inStory: boolean, editorial: boolean): Html {
  const swap = (address: string) =>
    inStory ? html`hx-post="${address}" hx-target="closest .story" hx-swap="outerHTML"` : '';
  return html`<div class="decide">
    <form method="post" action="/posts/${postId}/approve" ${swap(`/posts/${postId}/approve`)}><button class="primary">Approve</button>${
      editorial
        ? html` <button name="substance" value="yes" title="Your name and the time are kept as its editor">I checked the substance: approve without the AI line</button>`
        : ''
    }</form>
    ${inStory ? html`<a class="button" href="/posts/${postId}">Edit</a>` : ''}
    <details><summary class="button">Reject</summary>
      <form method="post" action="/posts/${postId}/reject" ${swap(`/posts/${postId}/reject`)}>
        <label for="reason-${postId}">Why?</label>
        <input id="reason-${postId}" name="reason" maxlength="200" autocomplete="off">
        <button class="danger">Reject for good</button>
      </form>
    </details>
  </div>`;
}
