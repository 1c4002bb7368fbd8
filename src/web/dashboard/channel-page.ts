import { html } from 'hono/html';
import { type Channel, channelRef } from '../../domain/channel.ts';
import { CHANNEL_SETTINGS, type ChannelSetting } from '../../domain/channel-settings.ts';
import { mayActAs } from '../../domain/member.ts';
import type { PostView } from '../../ports/store/index.ts';
import { look } from '../look.ts';
import { type Html, page } from '../page.ts';
import type { DashboardTools } from './story.ts';

/** What a person sees of the settings: how they are called here. */
const TITLES: Record<string, string> = {
  name: 'Name',
  language: 'Language',
  auto: 'Approval',
  label: 'AI label',
  'exempt-reason': 'Why no label is due',
  links: 'Links',
  colour: 'Colour of the box',
  thread: 'Threads',
  'budget-month': 'Budget a month',
};

/**
 * The settings of one channel, and its latest post as they make it look. `draft` holds values that were refused, for the
 * reason in `problem`.
 */
export function channelPage(
  tools: DashboardTools,
  channel: Channel,
  latest: PostView | null,
  draft?: { values: ReadonlyMap<string, string>; problem: string },
): Html {
  const changes = mayActAs(tools.member.role, 'marketer');
  const valueIn = (setting: ChannelSetting) => draft?.values.get(setting.key) ?? setting.read(channel);
  return page(
    { title: `${channel.name} · Channels · Crier`, viewer: tools },
    html`<section>
      <p><a href="/#channels">All channels</a></p>
      <h1>${channel.name}</h1>
      <p>${channelRef(channel)}</p>
      <div class="edit">
        <form method="post" action="/channels/${channel.id}" class="settings">
          ${draft ? html`<p class="faults" role="alert">${draft.problem}</p>` : ''}
          <fieldset ${changes ? '' : 'disabled'}><legend class="visually-hidden">Settings</legend>
          ${CHANNEL_SETTINGS.map((setting) => field(setting, valueIn(setting)))}
          </fieldset>
          ${changes ? html`<button class="primary">Save</button>` : ''}
          <p class="small">They count for posts that are written from now on; how the box looks also for those that aren’t sent yet.</p>
        </form>
        <div>${
          latest === null
            ? html`<p class="empty">No post yet. The latest one is shown here as it will look.</p>`
            : html`<h2>The latest post, as it looks now</h2><div class="shown" lang="${latest.post.language}" tabindex="0" role="group" aria-label="The latest post">${look(tools.ports, channel, latest.post, latest.delivery?.confirmedAt ?? null)}</div>`
        }</div>
      </div>
    </section>`,
  );
}

function field(setting: ChannelSetting, value: string): Html {
  const { key, meaning, choices } = setting;
  const title = TITLES[key] ?? 'Preview of the article';
  const hint = html`<span class="small" id="hint-${key}">${meaning}</span>`;
  if (choices === null)
    return html`<p><label for="set-${key}">${title}</label>${hint}
      <input id="set-${key}" name="${key}" value="${value}" maxlength="300" autocomplete="off" aria-describedby="hint-${key}"></p>`;
  return html`<p><label for="set-${key}">${title}</label>${hint}
    <select id="set-${key}" name="${key}" aria-describedby="hint-${key}">${Object.entries(choices).map(
      ([choice, means]) =>
        html`<option value="${choice}" ${choice === value ? 'selected' : ''}>${choice}: ${means}</option>`,
    )}</select></p>`;
}
